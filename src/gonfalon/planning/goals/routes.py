"""Goals and the priorities of a year over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.planning.campaigns.reading import find_overview
from gonfalon.planning.campaigns.schemas import CampaignOut
from gonfalon.planning.goals import actions, store
from gonfalon.planning.goals.model import GoalFound
from gonfalon.planning.goals.schemas import (
    CampaignGoalOut,
    GoalAboveIn,
    GoalAboveOut,
    GoalAboveSave,
    GoalIn,
    GoalPriorityIn,
    GoalPriorityOut,
    GoalPrioritySave,
    GoalTell,
    GoalToldOut,
    GoalTreeOut,
)

router = APIRouter(tags=["goals"])
_GOALS = "/workspaces/{workspace}/goals"
_PRIORITIES = "/workspaces/{workspace}/priorities"
_OF_CAMPAIGN = "/workspaces/{workspace}/campaigns/{campaign_id}/goal"


@router.put(_OF_CAMPAIGN, operation_id="set_goal")
async def set_goal(campaign_id: UUID, body: GoalIn, ctx: Ctx) -> CampaignOut:
    """Set the campaign's one goal."""
    await actions.set_goal(ctx, campaign_id, body.goal(), body.version, body.place())
    return await _campaign(ctx, campaign_id)


@router.delete(_OF_CAMPAIGN, operation_id="remove_goal", status_code=204)
async def remove_goal(campaign_id: UUID, ctx: Ctx) -> None:
    """Take the campaign's goal away."""
    await actions.remove_goal(ctx, campaign_id)


@router.post(_OF_CAMPAIGN + "/tell", operation_id="tell_goal")
async def tell_goal(campaign_id: UUID, body: GoalTell, ctx: Ctx) -> GoalToldOut:
    """Tell the campaign's people of its goal; 409 while it needs an approval that it does not have."""
    return GoalToldOut(people=await actions.tell_campaign_goal(ctx, campaign_id, body.note))


@router.get(_GOALS, operation_id="list_goals")
async def list_goals(ctx: Ctx, year: Annotated[int | None, Query(ge=2000, le=2100)] = None) -> GoalTreeOut:
    """Return the goals of a year, this one by default: priorities, goals above campaigns, and campaigns' goals."""
    ctx.require(Permission.CAMPAIGNS_READ)
    today = ctx.today
    async with ctx.reading() as connection:
        tree = await store.load_tree(ctx, connection, year or today.year, today)
    return GoalTreeOut(
        year=year or today.year,
        years=tree.years,
        priorities=[GoalPriorityOut.model_validate(each, from_attributes=True) for each in tree.priorities],
        goals=[GoalAboveOut.model_validate(each, from_attributes=True) for each in tree.goals],
        campaigns=[CampaignGoalOut.model_validate(each, from_attributes=True) for each in tree.campaigns],
    )


@router.post(_GOALS, operation_id="create_goal_above", status_code=201)
async def create_goal(body: GoalAboveIn, ctx: Ctx) -> GoalAboveOut:
    """Set a goal above campaigns."""
    return await _shown(ctx, await actions.create_goal_above(ctx, body.goal(), body.place()))


@router.get(_GOALS + "/search", operation_id="find_goals")
async def find_goals(
    ctx: Ctx,
    q: Annotated[str, Query(min_length=1, max_length=200, description="Words in the goal, or its campaign's name")],
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> list[GoalFound]:
    """Return goals of all years by their words, the newest first."""
    ctx.require(Permission.CAMPAIGNS_READ)
    return await ctx.read(store.find_goals, q, limit)


@router.get(_GOALS + "/archived", operation_id="list_archived_goals")
async def list_archived(ctx: Ctx) -> list[GoalAboveOut]:
    """Return the archived goals above campaigns, of all years."""
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        found = await store.list_archived(ctx, connection)
    return [GoalAboveOut.model_validate(each, from_attributes=True) for each in found]


@router.get(_GOALS + "/{goal_id}", operation_id="get_goal_above")
async def get_goal(goal_id: UUID, ctx: Ctx) -> GoalAboveOut:
    """Return one goal above campaigns."""
    ctx.require(Permission.CAMPAIGNS_READ)
    return await _shown(ctx, goal_id)


@router.put(_GOALS + "/{goal_id}", operation_id="update_goal_above")
async def update_goal(goal_id: UUID, body: GoalAboveSave, ctx: Ctx) -> GoalAboveOut:
    """Save a goal above campaigns; 409 when somebody else has saved since `version`."""
    await actions.update_goal_above(ctx, goal_id, body.version, body.goal(), body.place())
    return await _shown(ctx, goal_id)


@router.delete(_GOALS + "/{goal_id}", operation_id="archive_goal_above", status_code=204)
async def archive_goal(goal_id: UUID, ctx: Ctx) -> None:
    """Archive a goal above campaigns; the campaigns' own goals stay, and serve it again once it is restored."""
    await actions.archive_goal_above(ctx, goal_id)


@router.post(_GOALS + "/{goal_id}/restore", operation_id="restore_goal_above")
async def restore_goal(goal_id: UUID, ctx: Ctx) -> GoalAboveOut:
    """Bring an archived goal above campaigns back."""
    await actions.archive_goal_above(ctx, goal_id, archived=False)
    return await _shown(ctx, goal_id)


@router.post(_GOALS + "/{goal_id}/tell", operation_id="tell_goal_above")
async def tell_goal_above(goal_id: UUID, body: GoalTell, ctx: Ctx) -> GoalToldOut:
    """Tell its owner and the leaders of the campaigns that serve it."""
    return GoalToldOut(people=await actions.tell_goal_above(ctx, goal_id, body.note))


@router.post(_PRIORITIES, operation_id="create_priority", status_code=201)
async def create_priority(body: GoalPriorityIn, ctx: Ctx) -> GoalPriorityOut:
    """Add a priority to a year."""
    return await _found(ctx, await actions.create_priority(ctx, body))


@router.put(_PRIORITIES + "/{priority_id}", operation_id="update_priority")
async def update_priority(priority_id: UUID, body: GoalPrioritySave, ctx: Ctx) -> GoalPriorityOut:
    """Save a priority; 409 when somebody else has saved since `version`."""
    await actions.update_priority(ctx, priority_id, body.version, body)
    return await _found(ctx, priority_id)


@router.delete(_PRIORITIES + "/{priority_id}", operation_id="delete_priority", status_code=204)
async def delete_priority(priority_id: UUID, ctx: Ctx) -> None:
    """Delete a priority; its goals stay, without one."""
    await actions.delete_priority(ctx, priority_id)


async def _campaign(ctx: Context, campaign_id: UUID) -> CampaignOut:
    async with ctx.reading() as connection:
        return CampaignOut.model_validate(await find_overview(ctx, connection, campaign_id), from_attributes=True)


async def _shown(ctx: Context, goal_id: UUID) -> GoalAboveOut:
    async with ctx.reading() as connection:
        return GoalAboveOut.model_validate(await store.find_above(ctx, connection, goal_id), from_attributes=True)


async def _found(ctx: Context, priority_id: UUID) -> GoalPriorityOut:
    async with ctx.reading() as connection:
        found = await store.find_priority(ctx, connection, priority_id)
    return GoalPriorityOut.model_validate(found, from_attributes=True)
