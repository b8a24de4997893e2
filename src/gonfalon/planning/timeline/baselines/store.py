"""Database calls of baselines."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.versions import known
from gonfalon.kit.rows import all_of, first_of
from gonfalon.kit.sql import run
from gonfalon.planning.tables.timeline import baselines
from gonfalon.planning.timeline.model import Baseline, BaselineOfCampaign

_B = baselines.c


_COLUMNS = (_B.id, _B.campaign_id, _B.name, (_B.chosen == 1).label("chosen"), _B.created_at, _B.created_by)


async def list_baselines(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[Baseline]:
    """List a campaign's snapshots without their dates, the newest first."""
    query = select(*_COLUMNS).where(_B.campaign_id == campaign_id, _B.workspace_id == ctx.workspace.id)
    return await all_of(connection, query.order_by(_B.id.desc()), Baseline)


async def find_baseline(ctx: Context, connection: AsyncConnection, baseline_id: UUID) -> BaselineOfCampaign:
    """Find a snapshot without its dates; raises NotFound."""
    query = select(*_COLUMNS).where(_B.id == baseline_id, _B.workspace_id == ctx.workspace.id)
    return known(await first_of(connection, query, BaselineOfCampaign), "baseline")


async def count_baselines(connection: AsyncConnection, campaign_id: UUID) -> int:
    """Count the snapshots of the campaign."""
    return int((await connection.execute(select(func.count()).where(_B.campaign_id == campaign_id))).scalar_one())


async def choose_baseline(ctx: Context, connection: AsyncConnection, campaign_id: UUID, baseline_id: UUID) -> None:
    """Choose the snapshot among the campaign's, and hold the tasks to it."""
    mine = (_B.campaign_id == campaign_id) & (_B.workspace_id == ctx.workspace.id)
    await connection.execute(update(baselines).where(mine).values(chosen=0))
    await connection.execute(update(baselines).where(mine, _B.id == baseline_id).values(chosen=1))
    await hold_to_baseline(ctx, connection, campaign_id)


async def hold_to_baseline(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> None:
    """Copy the chosen snapshot's dates to the tasks; without one, tasks are held to none."""
    await run(
        connection, "gonfalon.planning.timeline", "hold_to_baseline", workspace=ctx.workspace.id, campaign=campaign_id
    )
