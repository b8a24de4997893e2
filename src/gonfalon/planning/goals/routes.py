"""Goals and the priorities of a year over HTTP."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import Row

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.planning.campaigns.schemas import CampaignOut, campaign_out
from gonfalon.planning.campaigns.store import find_campaign
from gonfalon.planning.goals import actions, approval, store
from gonfalon.planning.goals.model import GoalMetric, PriorityKind
from gonfalon.planning.goals.schemas import (
    CampaignGoalOut,
    GoalAboveIn,
    GoalAboveOut,
    GoalAboveSave,
    GoalFound,
    GoalIn,
    GoalOwner,
    GoalPriorityIn,
    GoalPriorityOut,
    GoalPrioritySave,
    GoalTell,
    GoalToldOut,
    GoalTreeOut,
    goal_values,
)

__all__ = ["approval", "router"]

router = APIRouter(tags=["goals"])
_GOALS = "/workspaces/{workspace}/goals"
_PRIORITIES = "/workspaces/{workspace}/priorities"
_OF_CAMPAIGN = "/workspaces/{workspace}/campaigns/{campaign_id}/goal"


@router.put(_OF_CAMPAIGN, operation_id="set_goal")
async def set_goal(campaign_id: UUID, body: GoalIn, ctx: Ctx) -> CampaignOut:
    """Sets the campaign's one goal."""
    await actions.set_goal(ctx, campaign_id, body.goal(), body.version, body.place())
    return await _campaign(ctx, campaign_id)


@router.delete(_OF_CAMPAIGN, operation_id="remove_goal", status_code=204)
async def remove_goal(campaign_id: UUID, ctx: Ctx) -> None:
    """Takes the campaign's goal away."""
    await actions.remove_goal(ctx, campaign_id)


@router.post(_OF_CAMPAIGN + "/tell", operation_id="tell_goal")
async def tell_goal(campaign_id: UUID, body: GoalTell, ctx: Ctx) -> GoalToldOut:
    """Tells the campaign's people of its goal; 409 while it needs an approval that it does not have."""
    return GoalToldOut(people=await actions.tell_campaign_goal(ctx, campaign_id, body.note))


@router.get(_GOALS, operation_id="list_goals")
async def list_goals(ctx: Ctx, year: Annotated[int | None, Query(ge=2000, le=2100)] = None) -> GoalTreeOut:
    """The goals of a year, this one by default: priorities, goals above campaigns, and campaigns' goals."""
    ctx.require(Permission.CAMPAIGNS_READ)
    today = ctx.today
    async with ctx.reading() as connection:
        tree = await store.load_tree(ctx, connection, year or today.year, today)
    return GoalTreeOut(
        year=year or today.year,
        years=tree.years,
        priorities=[_priority(row) for row in tree.priorities],
        goals=[_above(row) for row in tree.goals],
        campaigns=[
            CampaignGoalOut(
                **goal_values(row),
                campaign_id=row.campaign_id,
                campaign_name=row.campaign_name,
                campaign_state=row.campaign_state,
                starts_on=row.starts_on,
            )
            for row in tree.campaigns
        ],
    )


@router.post(_GOALS, operation_id="create_goal_above", status_code=201)
async def create_goal(body: GoalAboveIn, ctx: Ctx) -> GoalAboveOut:
    """Sets a goal above campaigns."""
    return await _shown(ctx, await actions.create_goal_above(ctx, body.goal(), body.place()))


@router.get(_GOALS + "/search", operation_id="find_goals")
async def find_goals(
    ctx: Ctx,
    q: Annotated[str, Query(min_length=1, max_length=200, description="Words in the goal, or its campaign's name")],
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> list[GoalFound]:
    """Goals of all years by their words, the newest first."""
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        rows = await store.find_goals(ctx, connection, q, limit)
    return [GoalFound.model_validate(row, from_attributes=True) for row in rows]


@router.get(_GOALS + "/{goal_id}", operation_id="get_goal_above")
async def get_goal(goal_id: UUID, ctx: Ctx) -> GoalAboveOut:
    """One goal above campaigns."""
    ctx.require(Permission.CAMPAIGNS_READ)
    return await _shown(ctx, goal_id)


@router.put(_GOALS + "/{goal_id}", operation_id="update_goal_above")
async def update_goal(goal_id: UUID, body: GoalAboveSave, ctx: Ctx) -> GoalAboveOut:
    """Saves a goal above campaigns; 409 when somebody else has saved since `version`."""
    await actions.update_goal_above(ctx, goal_id, body.version, body.goal(), body.place())
    return await _shown(ctx, goal_id)


@router.delete(_GOALS + "/{goal_id}", operation_id="delete_goal_above", status_code=204)
async def delete_goal(goal_id: UUID, ctx: Ctx) -> None:
    """Deletes a goal above campaigns; the campaigns' own goals stay."""
    await actions.delete_goal_above(ctx, goal_id)


@router.post(_GOALS + "/{goal_id}/tell", operation_id="tell_goal_above")
async def tell_goal_above(goal_id: UUID, body: GoalTell, ctx: Ctx) -> GoalToldOut:
    """Tells its owner and the leaders of the campaigns that serve it."""
    return GoalToldOut(people=await actions.tell_goal_above(ctx, goal_id, body.note))


@router.post(_PRIORITIES, operation_id="create_priority", status_code=201)
async def create_priority(body: GoalPriorityIn, ctx: Ctx) -> GoalPriorityOut:
    """Adds a priority to a year."""
    return await _found(ctx, await actions.create_priority(ctx, _values(body)))


@router.put(_PRIORITIES + "/{priority_id}", operation_id="update_priority")
async def update_priority(priority_id: UUID, body: GoalPrioritySave, ctx: Ctx) -> GoalPriorityOut:
    """Saves a priority; 409 when somebody else has saved since `version`."""
    await actions.update_priority(ctx, priority_id, body.version, _values(body))
    return await _found(ctx, priority_id)


@router.delete(_PRIORITIES + "/{priority_id}", operation_id="delete_priority", status_code=204)
async def delete_priority(priority_id: UUID, ctx: Ctx) -> None:
    """Deletes a priority; its goals stay, without one."""
    await actions.delete_priority(ctx, priority_id)


def _values(body: GoalPriorityIn) -> dict[str, Any]:
    return {
        "year": body.year,
        "name": body.name.strip(),
        "kind": body.kind.value,
        "owner_id": body.owner_id,
        "position": body.position,
    }


async def _campaign(ctx: Context, campaign_id: UUID) -> CampaignOut:
    async with ctx.reading() as connection:
        return campaign_out(await find_campaign(ctx, connection, campaign_id), ctx.workspace.currency)


async def _shown(ctx: Context, goal_id: UUID) -> GoalAboveOut:
    async with ctx.reading() as connection:
        return _above(await store.find_above(ctx, connection, goal_id))


async def _found(ctx: Context, priority_id: UUID) -> GoalPriorityOut:
    async with ctx.reading() as connection:
        return _priority(await store.find_priority(ctx, connection, priority_id))


def _above(row: Row[Any]) -> GoalAboveOut:
    return GoalAboveOut(
        **goal_values(row),
        priority_id=row.priority_id,
        starts_on=row.starts_on,
        roll_up=GoalMetric(row.metric).roll_up,
    )


def _priority(row: Row[Any]) -> GoalPriorityOut:
    kind = PriorityKind(row.kind)
    return GoalPriorityOut(
        id=row.id,
        year=row.year,
        name=row.name,
        kind=kind,
        metrics=[*kind.metrics],
        owner=GoalOwner(id=row.owner_id, name=row.owner_name) if row.owner_id else None,
        position=row.position,
        version=row.version,
    )
