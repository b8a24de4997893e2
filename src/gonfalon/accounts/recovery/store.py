"""Database calls of links for a new password."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.model import User
from gonfalon.accounts.passwords import NO_ENTRY
from gonfalon.accounts.tables import password_links, users
from gonfalon.kit.rows import first_of
from gonfalon.kit.secrets import digest, random_token
from gonfalon.kit.sql import run


async def choose_house(connection: AsyncConnection) -> int | None:
    """Return the workspace whose way of mailing brings a link, None where there is none."""
    chosen: int | None = (await run(connection, __package__, "choose_house")).scalar_one_or_none()
    return chosen


async def insert_link(connection: AsyncConnection, user_id: UUID, minutes: int) -> tuple[str, datetime]:
    """Write a link for the user; return its token, and when it ends."""
    token = random_token()
    made = await connection.execute(
        insert(password_links)
        .values(
            token_hash=digest(token), user_id=user_id, expires_at=func.now() + text(f"interval '{minutes} minutes'")
        )
        .returning(password_links.c.expires_at)
    )
    return token, made.scalar_one()


async def delete_link(connection: AsyncConnection, token: str) -> bool:
    """Make a link useless; False when it was already."""
    gone = await connection.execute(
        delete(password_links).where(
            password_links.c.token_hash == digest(token), password_links.c.expires_at > func.now()
        )
    )
    return gone.rowcount > 0


async def find_user(connection: AsyncConnection, email: str) -> User | None:
    """Return who signs in with the address; members of a demo who are nobody do not."""
    query = select(users).where(
        users.c.email == email, users.c.disabled_at.is_(None), users.c.password_hash != NO_ENTRY
    )
    return await first_of(connection, query, User)


async def user_of(connection: AsyncConnection, token: str) -> User | None:
    """Return whose link it is, None when it can no longer be used."""
    query = (
        select(users)
        .join(password_links, password_links.c.user_id == users.c.id)
        .where(
            password_links.c.token_hash == digest(token),
            password_links.c.expires_at > func.now(),
            users.c.disabled_at.is_(None),
        )
    )
    return await first_of(connection, query, User)
