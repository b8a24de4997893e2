"""Database calls of moments and of campaigns' priorities."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.versions import known
from gonfalon.kit.rows import all_of, first_of
from gonfalon.planning.calendar.model import StoredMoment
from gonfalon.planning.tables.calendar import campaign_priorities, moments

NORMAL = 2
"""The priority of a campaign that nobody gave one."""


async def list_moments(ctx: Context, connection: AsyncConnection) -> list[StoredMoment]:
    """List the workspace's moments as they were written down, by their first day."""
    query = select(moments).where(moments.c.workspace_id == ctx.workspace.id)
    return await all_of(connection, query.order_by(moments.c.starts_on, moments.c.id), StoredMoment)


async def find_moment(ctx: Context, connection: AsyncConnection, moment_id: UUID) -> StoredMoment:
    """Find one moment; raises NotFound."""
    query = select(moments).where(moments.c.id == moment_id, moments.c.workspace_id == ctx.workspace.id)
    return known(await first_of(connection, query, StoredMoment), "moment")


async def count_moments(ctx: Context, connection: AsyncConnection) -> int:
    """Count the moments of the workspace."""
    counted = await connection.execute(
        select(func.count()).select_from(moments).where(moments.c.workspace_id == ctx.workspace.id)
    )
    return int(counted.scalar_one())


async def write_priority(ctx: Context, connection: AsyncConnection, campaign_id: UUID, priority: int) -> None:
    """Write a campaign's priority; the usual one is no row."""
    if priority == NORMAL:
        await connection.execute(
            delete(campaign_priorities).where(
                campaign_priorities.c.campaign_id == campaign_id,
                campaign_priorities.c.workspace_id == ctx.workspace.id,
            )
        )
        return
    await connection.execute(
        upsert(campaign_priorities)
        .values(campaign_id=campaign_id, workspace_id=ctx.workspace.id, priority=priority)
        .on_conflict_do_update(index_elements=["campaign_id"], set_={"priority": priority})
    )
