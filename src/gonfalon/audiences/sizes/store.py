"""Database calls of audiences' sizes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.kit.rows import all_of
from gonfalon.kit.sql import run

from ..model import StoredAudience
from ..tables import audience_sizes, audiences
from .model import Size

_PACKAGE = "gonfalon.audiences.sizes"


async def due_workspaces(connection: AsyncConnection, now: datetime) -> list[int]:
    """Return those with audiences that have not been counted on their present day."""
    return list((await run(connection, _PACKAGE, "list_due", now=now)).scalars())


async def due_audiences(connection: AsyncConnection, workspace_id: int, day: date) -> list[StoredAudience]:
    """Return the audiences in use that have not been counted on a day."""
    counted = exists().where(audience_sizes.c.audience_id == audiences.c.id, audience_sizes.c.day == day)
    query = select(audiences).where(
        audiences.c.workspace_id == workspace_id, audiences.c.archived_at.is_(None), ~counted
    )
    return await all_of(connection, query.order_by(audiences.c.id), StoredAudience)


async def write_sizes(connection: AsyncConnection, workspace_id: int, day: date, sizes: Mapping[UUID, int]) -> None:
    """Note the sizes of a day; the first count of a day stays."""
    rows = [{"audience_id": id_, "day": day, "workspace_id": workspace_id, "size": n} for id_, n in sizes.items()]
    if rows:
        await connection.execute(upsert(audience_sizes).on_conflict_do_nothing(), rows)


async def sizes_of(connection: AsyncConnection, workspace_id: int, audience_id: UUID, since: date) -> list[Size]:
    """Return the sizes of an audience from a day on, by day."""
    c = audience_sizes.c
    query = select(c.day, c.size).where(c.workspace_id == workspace_id, c.audience_id == audience_id, c.day >= since)
    return await all_of(connection, query.order_by(c.day), Size)
