"""Database calls of shared rows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.content.tables import shared_rows, templates
from gonfalon.kit.errors import NotFound
from gonfalon.kit.sql import run


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A shared row with its source and in how many mails it stands."""

    id: UUID
    name: str
    version: int
    source: str
    mails: int


async def list_rows(ctx: Context, connection: AsyncConnection) -> list[HeldRow]:
    """Return all shared rows, by name."""
    found = await run(
        connection, __package__, "count_holders", workspace_id=ctx.workspace.id, before="{% # row ", behind=" %}"
    )
    return [HeldRow(row.id, row.name, row.version, row.source, row.mails) for row in found]


async def count_rows(ctx: Context, connection: AsyncConnection) -> int:
    """Return how many shared rows there are."""
    mine = (shared_rows.c.workspace_id == ctx.workspace.id) & shared_rows.c.archived_at.is_(None)
    return int((await connection.execute(select(func.count()).where(mine))).scalar_one())


async def add_row(ctx: Context, connection: AsyncConnection, row_id: UUID, name: str, source: str) -> None:
    """Write a new shared row."""
    await connection.execute(
        insert(shared_rows).values(id=row_id, workspace_id=ctx.workspace.id, name=name, source=source, version=1)
    )


async def lock_row(ctx: Context, connection: AsyncConnection, row_id: UUID) -> Any:
    """Return a row that nobody else changes meanwhile; raises NotFound."""
    mine = (shared_rows.c.id == row_id) & (shared_rows.c.workspace_id == ctx.workspace.id)
    query = select(shared_rows).where(mine, shared_rows.c.archived_at.is_(None)).with_for_update()
    row = (await connection.execute(query)).first()
    if row is None:
        raise NotFound("mail_row_unknown", "There is no such shared row; it may have been removed.")
    return row


async def change_row(ctx: Context, connection: AsyncConnection, row_id: UUID, **values: Any) -> None:
    """Change what is known of a row."""
    await connection.execute(
        update(shared_rows)
        .where(shared_rows.c.id == row_id, shared_rows.c.workspace_id == ctx.workspace.id)
        .values(**values, updated_at=func.now())
    )


async def archive_row(ctx: Context, connection: AsyncConnection, row_id: UUID) -> None:
    """Take a row out of what is offered."""
    await change_row(ctx, connection, row_id, archived_at=func.now())


async def rewrite_holders(
    ctx: Context, connection: AsyncConnection, row_id: UUID, source: str, beside: UUID | None, by: str
) -> int:
    """Write a row's source into every mail that holds it; returns how many there are."""
    # First, and alone: a mail that is being saved just now is looked at again once that is done.
    mine = (templates.c.workspace_id == ctx.workspace.id) & templates.c.archived_at.is_(None)
    await connection.execute(select(templates.c.id).where(mine).order_by(templates.c.id).with_for_update())
    begin, end = f"{{% # row {row_id} %}}", f"{{% # end {row_id} %}}"
    changed = await run(
        connection,
        __package__,
        "rewrite_holders",
        workspace_id=ctx.workspace.id,
        beside=beside,
        begin=begin,
        pattern=f"{re.escape(begin)}.*?{re.escape(end)}",
        written=f"{begin}\n{source}{end}".replace("\\", "\\\\"),
        by=by,
        by_id=ctx.actor.id if ctx.actor.kind == "member" else None,
    )
    return len(changed.all())
