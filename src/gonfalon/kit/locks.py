"""Advisory locks of PostgreSQL, by name: for limits and for the first of its kind, where no row could be locked yet.

All of them end with the transaction. A name is one key for every process on the database.
"""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection


def name_of(*what: object) -> str:
    """Make the name of a lock, for statements that lock by `hashtextextended(%(lock)s, 0)` themselves."""
    return " ".join(str(part) for part in what)


async def one_at_a_time(connection: AsyncConnection, *what: object) -> None:
    """Make transactions that name the same thing follow one another: what is counted here is counted right."""
    lock = text("select pg_advisory_xact_lock(hashtextextended(:name, 0))")
    await connection.execute(lock, {"name": name_of(*what)})


async def is_first(connection: AsyncConnection, *what: object) -> bool:
    """Take the lock unless another transaction has it; whether it was taken. Waits for nobody."""
    lock = text("select pg_try_advisory_xact_lock(hashtextextended(:name, 0))")
    return bool(await connection.scalar(lock, {"name": name_of(*what)}))
