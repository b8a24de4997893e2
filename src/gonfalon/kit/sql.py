"""Fixed statements live in `sql/*.sql` beside the store that runs them."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from sqlalchemy import CursorResult
from sqlalchemy.ext.asyncio import AsyncConnection


@cache
def statement(package: str, name: str) -> str:
    """Return the text of `<package>/sql/<name>.sql`, with psycopg's %(name)s parameters."""
    return (resources.files(package) / "sql" / f"{name}.sql").read_text(encoding="utf-8")


async def run(connection: AsyncConnection, package: str, name: str, **params: Any) -> CursorResult[Any]:
    """Run the room's statement `name` with bound parameters in the connection's transaction."""
    return await connection.exec_driver_sql(statement(package, name), params)
