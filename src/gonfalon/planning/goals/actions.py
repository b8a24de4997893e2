"""Setting and taking away a campaign's goal."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, insert, select

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.errors import Conflict
from gonfalon.kit.ids import new_id
from gonfalon.planning.campaigns.store import lock_campaign
from gonfalon.planning.goals.model import Goal
from gonfalon.planning.goals.rules import check_goal
from gonfalon.planning.store import not_found, save_version
from gonfalon.planning.tables import goals


async def set_goal(ctx: Context, campaign_id: UUID, goal: Goal, version: int | None) -> None:
    """Gives the campaign its goal; `version` is that of the goal it had, None if it had none."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    check_goal(goal)
    values = {
        "metric": goal.metric.value,
        "baseline": goal.baseline,
        "target": goal.target,
        "deadline": goal.deadline,
    }
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        present = (await connection.execute(select(goals).where(goals.c.campaign_id == campaign_id))).first()
        if present is None:
            await connection.execute(
                insert(goals).values(
                    id=new_id(),
                    workspace_id=ctx.workspace.id,
                    campaign_id=campaign_id,
                    updated_by=ctx.actor.name,
                    **values,
                )
            )
        elif version is None:
            raise Conflict(
                "goal_exists",
                f"{present.updated_by or 'Somebody else'} has set a goal for this campaign; load it first.",
                current_version=present.version,
            )
        else:
            await save_version(ctx, connection, goals, present.id, version, values)
        await ctx.audit(
            connection,
            "goal.set",
            "campaign",
            campaign_id,
            campaign.name,
            metric=goal.metric.value,
            target=str(goal.target),
            baseline=None if goal.baseline is None else str(goal.baseline),
            deadline=goal.deadline.isoformat(),
            before=None if present is None else {"metric": present.metric, "target": str(present.target)},
        )


async def remove_goal(ctx: Context, campaign_id: UUID) -> None:
    """Takes the goal away; raises NotFound when there is none."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        gone = await connection.execute(
            delete(goals).where(goals.c.campaign_id == campaign_id, goals.c.workspace_id == ctx.workspace.id)
        )
        if not gone.rowcount:
            raise not_found("goal")
        await ctx.audit(connection, "goal.removed", "campaign", campaign_id, campaign.name)
