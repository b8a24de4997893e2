"""Keeping, choosing and dropping snapshots of a campaign's dates."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.errors import Invalid
from gonfalon.kit.ids import new_id
from gonfalon.kit.sql import run
from gonfalon.planning.store import not_found
from gonfalon.planning.timeline import store
from gonfalon.planning.timeline.tables import baselines

MOST_BASELINES = 20


async def set_baseline(ctx: Context, campaign_id: UUID, name: str) -> UUID:
    """Keeps the present dates under a name and holds the tasks to them; returns the snapshot's id."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    if not name.strip():
        raise Invalid("name_missing", "Give the baseline a name.")
    id = new_id()
    async with ctx.transaction() as connection:
        campaign, plan = await store.lock_plan(ctx, connection, campaign_id)
        if not plan.tasks:
            raise Invalid("baseline_empty", "There are no tasks whose dates could be kept; add some first.")
        count = select(func.count()).where(baselines.c.campaign_id == campaign_id)
        if (await connection.execute(count)).scalar_one() >= MOST_BASELINES:
            raise Invalid("baselines_many", f"A campaign keeps at most {MOST_BASELINES} baselines; remove one first.")
        await connection.execute(
            insert(baselines).values(
                id=id,
                workspace_id=ctx.workspace.id,
                campaign_id=campaign_id,
                name=name.strip(),
                dates={
                    str(task.id): [task.starts_on.isoformat(), task.ends_on.isoformat()] for task in plan.tasks.values()
                },
                created_by=ctx.actor.name,
            )
        )
        await _choose(ctx, connection, campaign_id, id)
        await ctx.audit(connection, "baseline.set", "campaign", campaign_id, campaign.name, name=name.strip())
    return id


async def choose_baseline(ctx: Context, baseline_id: UUID) -> None:
    """Holds the tasks to an earlier snapshot."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        found = await _find(ctx, connection, baseline_id)
        campaign, _ = await store.lock_plan(ctx, connection, found.campaign_id)
        await _choose(ctx, connection, found.campaign_id, baseline_id)
        await ctx.audit(connection, "baseline.chosen", "campaign", campaign.id, campaign.name, name=found.name)


async def remove_baseline(ctx: Context, baseline_id: UUID) -> None:
    """Forgets a snapshot; if tasks were held to it, they are held to none."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        found = await _find(ctx, connection, baseline_id)
        campaign, _ = await store.lock_plan(ctx, connection, found.campaign_id)
        await connection.execute(
            delete(baselines).where(baselines.c.id == baseline_id, baselines.c.workspace_id == ctx.workspace.id)
        )
        if found.chosen:
            await _hold(ctx, connection, found.campaign_id)
        await ctx.audit(connection, "baseline.removed", "campaign", campaign.id, campaign.name, name=found.name)


async def list_baselines(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[Row[Any]]:
    """A campaign's snapshots without their dates, the newest first."""
    b = baselines.c
    found = await connection.execute(
        select(b.id, b.name, (b.chosen == 1).label("chosen"), b.created_at, b.created_by)
        .where(b.campaign_id == campaign_id, b.workspace_id == ctx.workspace.id)
        .order_by(b.id.desc())
    )
    rows: list[Row[Any]] = [*found]
    return rows


async def _find(ctx: Context, connection: AsyncConnection, baseline_id: UUID) -> Any:
    b = baselines.c
    found = await connection.execute(
        select(b.campaign_id, b.name, b.chosen).where(b.id == baseline_id, b.workspace_id == ctx.workspace.id)
    )
    row = found.first()
    if row is None:
        raise not_found("baseline")
    return row


async def _choose(ctx: Context, connection: AsyncConnection, campaign_id: UUID, baseline_id: UUID) -> None:
    mine = (baselines.c.campaign_id == campaign_id) & (baselines.c.workspace_id == ctx.workspace.id)
    await connection.execute(update(baselines).where(mine).values(chosen=0))
    await connection.execute(update(baselines).where(mine, baselines.c.id == baseline_id).values(chosen=1))
    await _hold(ctx, connection, campaign_id)


async def _hold(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> None:
    """Copies the chosen snapshot's dates (none: nulls) to the tasks."""
    await run(
        connection, "gonfalon.planning.timeline", "hold_to_baseline", workspace=ctx.workspace.id, campaign=campaign_id
    )
