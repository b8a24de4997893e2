"""A campaign's goal over HTTP."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from gonfalon.accounts.auth import Ctx
from gonfalon.planning.campaigns.schemas import CampaignOut, campaign_out
from gonfalon.planning.campaigns.store import find_campaign
from gonfalon.planning.goals import actions
from gonfalon.planning.goals.model import Goal
from gonfalon.planning.goals.schemas import GoalIn

router = APIRouter(tags=["campaigns"])


@router.put("/workspaces/{workspace}/campaigns/{campaign_id}/goal", operation_id="set_goal")
async def set_goal(campaign_id: UUID, body: GoalIn, ctx: Ctx) -> CampaignOut:
    """Sets the campaign's one goal."""
    goal = Goal(body.metric, body.target, body.deadline, body.baseline)
    await actions.set_goal(ctx, campaign_id, goal, body.version)
    async with ctx.reading() as connection:
        return campaign_out(await find_campaign(ctx, connection, campaign_id), ctx.workspace.currency)


@router.delete("/workspaces/{workspace}/campaigns/{campaign_id}/goal", operation_id="remove_goal", status_code=204)
async def remove_goal(campaign_id: UUID, ctx: Ctx) -> None:
    """Takes the campaign's goal away."""
    await actions.remove_goal(ctx, campaign_id)
