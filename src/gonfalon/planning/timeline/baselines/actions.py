"""Keep, choose and remove snapshots of a campaign's dates."""

from __future__ import annotations

from uuid import UUID

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.accounts.versions import delete_row, insert_row
from gonfalon.kit.errors import Invalid
from gonfalon.planning.tables.timeline import baselines
from gonfalon.planning.timeline.baselines import store
from gonfalon.planning.timeline.store import lock_plan

MOST_BASELINES = 20


async def set_baseline(ctx: Context, campaign_id: UUID, name: str) -> UUID:
    """Keep the present dates under a name and hold the tasks to them; return the snapshot's id."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    if not name.strip():
        raise Invalid("name_missing", "Give the baseline a name.")
    async with ctx.transaction() as connection:
        campaign, plan = await lock_plan(ctx, connection, campaign_id)
        if not plan.tasks:
            raise Invalid("baseline_empty", "There are no tasks whose dates could be kept; add some first.")
        if await store.count_baselines(connection, campaign_id) >= MOST_BASELINES:
            raise Invalid(
                "baselines_many",
                f"A campaign keeps at most {MOST_BASELINES} baselines; remove one first.",
                most=MOST_BASELINES,
            )
        id = await insert_row(
            ctx,
            connection,
            baselines,
            campaign_id=campaign_id,
            name=name.strip(),
            dates={
                str(task.id): [task.starts_on.isoformat(), task.ends_on.isoformat()] for task in plan.tasks.values()
            },
            created_by=ctx.actor.name,
        )
        await store.choose_baseline(ctx, connection, campaign_id, id)
        await ctx.audit(connection, "baseline.set", "campaign", campaign_id, campaign.name, name=name.strip())
    return id


async def choose_baseline(ctx: Context, baseline_id: UUID) -> None:
    """Hold the tasks to an earlier snapshot."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        found = await store.find_baseline(ctx, connection, baseline_id)
        campaign, _ = await lock_plan(ctx, connection, found.campaign_id)
        await store.choose_baseline(ctx, connection, found.campaign_id, baseline_id)
        await ctx.audit(connection, "baseline.chosen", "campaign", campaign.id, campaign.name, name=found.name)


async def remove_baseline(ctx: Context, baseline_id: UUID) -> None:
    """Delete a snapshot; if tasks were held to it, they are held to none."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        found = await store.find_baseline(ctx, connection, baseline_id)
        campaign, _ = await lock_plan(ctx, connection, found.campaign_id)
        await delete_row(ctx, connection, baselines, baseline_id)
        if found.chosen:
            await store.hold_to_baseline(ctx, connection, found.campaign_id)
        await ctx.audit(connection, "baseline.removed", "campaign", campaign.id, campaign.name, name=found.name)
