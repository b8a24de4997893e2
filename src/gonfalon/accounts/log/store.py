"""Database calls of the account log."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.log.model import LogLine
from gonfalon.accounts.tables import account_log, api_keys, members, users
from gonfalon.kit.paging import PageRequest
from gonfalon.kit.rows import all_of


async def list_of_user(connection: AsyncConnection, user_id: UUID, page: PageRequest) -> list[LogLine]:
    """Return a user's lines, the newest first, one more than the page holds."""
    return await _list(connection, account_log.c.user_id == user_id, page)


async def list_of_workspace(ctx: Context, connection: AsyncConnection, page: PageRequest) -> list[LogLine]:
    """Return lines of this workspace, and of its members at the door, the newest first, one more than the page
    holds."""
    log = account_log.c
    here = select(members.c.user_id).where(members.c.workspace_id == ctx.workspace.id)
    at_the_door = log.workspace_id.is_(None) & log.user_id.in_(here)
    return await _list(connection, or_(log.workspace_id == ctx.workspace.id, at_the_door), page)


async def _list(connection: AsyncConnection, which: ColumnElement[bool], page: PageRequest) -> list[LogLine]:
    query = (
        select(
            account_log,
            func.coalesce(users.c.name, api_keys.c.name, "").label("who"),
            account_log.c.key_id.is_not(None).label("by_key"),
        )
        .outerjoin(users, users.c.id == account_log.c.user_id)
        .outerjoin(api_keys, api_keys.c.id == account_log.c.key_id)
        .where(which)
        .order_by(account_log.c.id.desc())
        .limit(page.fetch)
    )
    if page.after:
        query = query.where(account_log.c.id < page.after[0])
    return await all_of(connection, query, LogLine)


async def insert_line(connection: AsyncConnection, **values: Any) -> None:
    """Write a line, or add to the count of the same line of this hour."""
    line = upsert(account_log).values(hour=func.date_trunc("hour", func.now()), **values)
    await connection.execute(
        line.on_conflict_do_update(
            index_elements=["user_id", "key_id", "workspace_id", "kind", "detail", "ip", "hour"],
            set_={"count": account_log.c.count + 1, "at": func.now(), "user_agent": line.excluded.user_agent},
        )
    )
