"""Set, change and delete goals of campaigns and above them, and tell the team."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.members.store import check_members
from gonfalon.accounts.model import Permission
from gonfalon.accounts.versions import check_reference, delete_row, insert_row, save_version
from gonfalon.approvals.model import Subject, SubjectKind
from gonfalon.approvals.subjects import check_approved
from gonfalon.kit.errors import Conflict, Invalid
from gonfalon.kit.locks import one_at_a_time
from gonfalon.planning.campaigns.store import list_parts, lock_campaign
from gonfalon.planning.goals import store
from gonfalon.planning.goals.model import BareGoal, GoalPlace
from gonfalon.planning.goals.rules import check_dates, check_goal
from gonfalon.planning.goals.schemas import GoalPriorityIn
from gonfalon.planning.model import Goal
from gonfalon.planning.tables.goals import goals, priorities
from gonfalon.teamwork.actions import notify, notify_followers
from gonfalon.teamwork.model import NoticeKind, Thing, ThingKind

MOST_GOALS = 5_000


async def set_goal(
    ctx: Context, campaign_id: UUID, goal: Goal, version: int | None, place: GoalPlace | None = None
) -> None:
    """Set the campaign's goal; `version` is that of the goal it had, None if it had none."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    check_goal(goal)
    place = place or GoalPlace()
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        present = await store.find_bare_goal(ctx, connection, campaign_id)
        if present is None or present.deadline != goal.deadline:
            begins, ends = campaign.starts_on, campaign.ends_on
            if campaign.state == "planned" or (begins is not None and goal.deadline < begins):
                check_dates(goal.deadline, ctx.today, begins, ends)
        if present is None or place.owner_id != present.owner_id:
            await check_members(ctx, connection, [place.owner_id])
        if present is None or place.parent_id != present.parent_id:
            await store.check_parent(ctx, connection, place.parent_id)
        values = _values(goal, place)
        if present is None:
            await insert_row(ctx, connection, goals, campaign_id=campaign_id, **values)
        elif version is None:
            raise Conflict(
                "goal_exists",
                f"{present.updated_by or 'Somebody else'} has set a goal for this campaign; load it first.",
                current_version=present.version,
                saved_by=present.updated_by,
            )
        else:
            await save_version(ctx, connection, goals, present.id, version, values)
        await ctx.audit(
            connection,
            "goal.set",
            "campaign",
            campaign_id,
            campaign.name,
            **_told(goal),
            before=None if present is None else {"metric": present.metric.value, "target": str(present.target)},
        )


async def remove_goal(ctx: Context, campaign_id: UUID) -> None:
    """Remove the campaign's goal; raises NotFound when there is none."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        await store.delete_goal_of(ctx, connection, campaign_id)
        await ctx.audit(connection, "goal.removed", "campaign", campaign_id, campaign.name)


async def create_goal_above(ctx: Context, goal: Goal, place: GoalPlace) -> UUID:
    """Create a goal that belongs to no campaign; return its id."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    check_goal(goal)
    check_dates(goal.deadline, ctx.today, place.starts_on)
    async with ctx.transaction() as connection:
        await check_members(ctx, connection, [place.owner_id])
        await check_reference(ctx, connection, priorities, place.priority_id, "priority")
        await one_at_a_time(connection, "goals", ctx.workspace.id)
        if await store.count_above(ctx, connection) >= MOST_GOALS:
            raise Invalid("goals_many", f"There can be at most {MOST_GOALS:,} goals above campaigns.", most=MOST_GOALS)
        goal_id = await insert_row(ctx, connection, goals, **_values_above(goal, place))
        await ctx.audit(connection, "goal.created", "goal", goal_id, place.name, **_told(goal))
    return goal_id


async def update_goal_above(ctx: Context, goal_id: UUID, version: int, goal: Goal, place: GoalPlace) -> None:
    """Save a goal above campaigns as it was at `version`; raises Conflict when somebody else was first."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    check_goal(goal)
    async with ctx.transaction() as connection:
        before = await store.lock_above(ctx, connection, goal_id)
        _check_in_use(before)
        if (goal.deadline, place.starts_on) != (before.deadline, before.starts_on):
            check_dates(goal.deadline, ctx.today, place.starts_on)
        if place.owner_id != before.owner_id:
            await check_members(ctx, connection, [place.owner_id])
        if place.priority_id != before.priority_id:
            await check_reference(ctx, connection, priorities, place.priority_id, "priority")
        await save_version(ctx, connection, goals, goal_id, version, _values_above(goal, place))
        await ctx.audit(
            connection,
            "goal.changed",
            "goal",
            goal_id,
            place.name,
            **_told(goal),
            before={"metric": before.metric.value, "target": str(before.target)},
        )


async def archive_goal_above(ctx: Context, goal_id: UUID, *, archived: bool = True) -> None:
    """Archive a goal above campaigns, or restore it; meanwhile the campaigns' own goals serve none."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        present = await store.lock_above(ctx, connection, goal_id)
        if (present.archived_at is not None) == archived:
            return
        values = {"archived_at": ctx.now if archived else None}
        await save_version(ctx, connection, goals, goal_id, present.version, values)
        verb = "goal.archived" if archived else "goal.restored"
        await ctx.audit(connection, verb, "goal", goal_id, present.name)


async def tell_campaign_goal(ctx: Context, campaign_id: UUID, note: str) -> list[str]:
    """Tell everybody with a part in the campaign, its leader, the goal's owner and who follows it; return the names.

    Raises Conflict (`approval_needed`) while the goal waits for a yes that the rules ask for.
    """
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        goal = await store.find_campaign_goal(ctx, connection, campaign_id)
        await check_approved(ctx, connection, Subject(SubjectKind.GOAL, campaign_id))
        parts = await list_parts(ctx, connection, campaign_id)
        to = {row.id for row in parts} | _there(goal.owner.id if goal.owner else None, campaign.leader_id)
        thing = Thing(ThingKind.CAMPAIGN, campaign_id)
        about: dict[str, Any] = {"thing": thing, "title": campaign.name, "campaign_id": campaign_id, "note": note}
        told = await notify(ctx, connection, NoticeKind.CAMPAIGN_CHANGED, to=to, **about)
        told += await notify_followers(ctx, connection, NoticeKind.CAMPAIGN_CHANGED, but=told, **about)
        return await _write_told(ctx, connection, goal.id, "campaign", campaign_id, campaign.name, told)


async def tell_goal_above(ctx: Context, goal_id: UUID, note: str) -> list[str]:
    """Tell the goal's owner, who follows it, and the leaders of the campaigns that serve it; return the names."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        goal = await store.lock_above(ctx, connection, goal_id)
        _check_in_use(goal)
        below = await store.list_serving(ctx, connection, goal_id)
        to = _there(goal.owner_id, *(row.leader_id for row in below))
        about: dict[str, Any] = {"thing": Thing(ThingKind.GOAL, goal_id), "title": goal.name, "note": note}
        told = await notify(ctx, connection, NoticeKind.CAMPAIGN_CHANGED, to=to, **about)
        told += await notify_followers(ctx, connection, NoticeKind.CAMPAIGN_CHANGED, but=told, **about)
        return await _write_told(ctx, connection, goal_id, "goal", goal_id, goal.name, told)


def _check_in_use(goal: BareGoal) -> None:
    if goal.archived_at is not None:
        raise Conflict("goal_archived", f"“{goal.name}” is archived; restore it first.", name=goal.name)


def _there(*ids: UUID | None) -> set[UUID]:
    return {each for each in ids if each is not None}


async def _write_told(
    ctx: Context, connection: AsyncConnection, goal_id: UUID, kind: str, target: UUID, title: str, told: list[UUID]
) -> list[str]:
    await store.note_told(ctx, connection, goal_id)
    names = await store.name_people(connection, told)
    await ctx.audit(connection, "goal.told", kind, target, title, people=names)
    return names


async def create_priority(ctx: Context, priority: GoalPriorityIn) -> UUID:
    """Create a priority of a year; return its id."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    values = _priority_values(priority)
    async with ctx.transaction() as connection:
        await check_members(ctx, connection, [priority.owner_id])
        priority_id = await insert_row(ctx, connection, priorities, **values)
        await ctx.audit(connection, "priority.created", "priority", priority_id, values["name"], year=priority.year)
    return priority_id


async def update_priority(ctx: Context, priority_id: UUID, version: int, priority: GoalPriorityIn) -> None:
    """Save a priority as it was at `version`."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    values = _priority_values(priority)
    async with ctx.transaction() as connection:
        before = await store.find_priority(ctx, connection, priority_id)
        if priority.owner_id != (before.owner.id if before.owner else None):
            await check_members(ctx, connection, [priority.owner_id])
        await save_version(ctx, connection, priorities, priority_id, version, values)
        await ctx.audit(connection, "priority.changed", "priority", priority_id, values["name"], year=priority.year)


async def delete_priority(ctx: Context, priority_id: UUID) -> None:
    """Delete a priority; its goals stay, without one."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        present = await store.find_priority(ctx, connection, priority_id)
        await delete_row(ctx, connection, priorities, priority_id)
        await ctx.audit(connection, "priority.deleted", "priority", priority_id, present.name, year=present.year)


def _priority_values(priority: GoalPriorityIn) -> dict[str, Any]:
    values = priority.model_dump(exclude={"version"})
    return values | {"name": priority.name.strip(), "kind": priority.kind.value}


def _values(goal: Goal, place: GoalPlace) -> dict[str, Any]:
    return {
        "metric": goal.metric.value,
        "baseline": goal.baseline,
        "target": goal.target,
        "deadline": goal.deadline,
        "name": place.name,
        "owner_id": place.owner_id,
        "parent_id": place.parent_id,
    }


def _values_above(goal: Goal, place: GoalPlace) -> dict[str, Any]:
    return {**_values(goal, place), "priority_id": place.priority_id, "starts_on": place.starts_on}


def _told(goal: Goal) -> dict[str, Any]:
    return {
        "metric": goal.metric.value,
        "target": str(goal.target),
        "baseline": None if goal.baseline is None else str(goal.baseline),
        "deadline": goal.deadline.isoformat(),
    }
