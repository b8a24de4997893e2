"""The verbs of goals: a campaign's one goal, the goals above campaigns, and telling the team."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.accounts.tables import members, users
from gonfalon.kit.errors import Conflict, Invalid
from gonfalon.kit.ids import new_id
from gonfalon.planning.approvals.model import Subject, SubjectKind
from gonfalon.planning.approvals.subjects import check_approved
from gonfalon.planning.campaigns.store import list_parts, lock_campaign
from gonfalon.planning.goals import store
from gonfalon.planning.goals.model import Goal, Place
from gonfalon.planning.goals.rules import check_dates, check_goal
from gonfalon.planning.goals.tables import priorities
from gonfalon.planning.store import not_found, save_version
from gonfalon.planning.tables import goals
from gonfalon.teamwork.actions import forget_thing, notify, notify_followers
from gonfalon.teamwork.model import NoticeKind, Thing, ThingKind

MOST_GOALS = 5_000


async def set_goal(
    ctx: Context, campaign_id: UUID, goal: Goal, version: int | None, place: Place | None = None
) -> None:
    """Gives the campaign its goal; `version` is that of the goal it had, None if it had none."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    check_goal(goal)
    place = place or Place()
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        found = await connection.execute(select(goals).where(goals.c.campaign_id == campaign_id))
        present = found.first()
        if present is None or present.deadline != goal.deadline:
            begins, ends = campaign.starts_on, campaign.ends_on
            if campaign.state == "planned" or (begins is not None and goal.deadline < begins):
                check_dates(goal.deadline, ctx.today, begins, ends)
        if present is None or place.owner_id != present.owner_id:
            await _check_owner(ctx, connection, place.owner_id)
        if present is None or place.parent_id != present.parent_id:
            await _check_parent(ctx, connection, place.parent_id)
        values = _values(goal, place)
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
            **_told(goal),
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


async def create_goal_above(ctx: Context, goal: Goal, place: Place) -> UUID:
    """A goal above campaigns; returns its id."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    check_goal(goal)
    check_dates(goal.deadline, ctx.today, place.starts_on)
    goal_id = new_id()
    async with ctx.transaction() as connection:
        await _check_owner(ctx, connection, place.owner_id)
        await _check_priority(ctx, connection, place.priority_id)
        counted = await connection.execute(
            select(func.count()).where(goals.c.workspace_id == ctx.workspace.id, goals.c.campaign_id.is_(None))
        )
        if counted.scalar_one() >= MOST_GOALS:
            raise Invalid("goals_many", f"There can be at most {MOST_GOALS:,} goals above campaigns.")
        await connection.execute(
            insert(goals).values(
                id=goal_id,
                workspace_id=ctx.workspace.id,
                priority_id=place.priority_id,
                starts_on=place.starts_on,
                updated_by=ctx.actor.name,
                **_values(goal, place),
            )
        )
        await ctx.audit(connection, "goal.created", "goal", goal_id, place.name, **_told(goal))
    return goal_id


async def update_goal_above(ctx: Context, goal_id: UUID, version: int, goal: Goal, place: Place) -> None:
    """Saves a goal above campaigns as it was at `version`; raises Conflict when somebody else was first."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    check_goal(goal)
    async with ctx.transaction() as connection:
        before = await store.lock_above(ctx, connection, goal_id)
        if (goal.deadline, place.starts_on) != (before.deadline, before.starts_on):
            check_dates(goal.deadline, ctx.today, place.starts_on)
        if place.owner_id != before.owner_id:
            await _check_owner(ctx, connection, place.owner_id)
        if place.priority_id != before.priority_id:
            await _check_priority(ctx, connection, place.priority_id)
        values = {**_values(goal, place), "priority_id": place.priority_id, "starts_on": place.starts_on}
        await save_version(ctx, connection, goals, goal_id, version, values)
        await ctx.audit(
            connection,
            "goal.changed",
            "goal",
            goal_id,
            place.name,
            **_told(goal),
            before={"metric": before.metric, "target": str(before.target)},
        )


async def delete_goal_above(ctx: Context, goal_id: UUID) -> None:
    """Deletes a goal above campaigns; the campaigns' own goals stay and serve none."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        present = await store.lock_above(ctx, connection, goal_id)
        await forget_thing(ctx, connection, Thing(ThingKind.GOAL, goal_id))
        await connection.execute(delete(goals).where(goals.c.id == goal_id, goals.c.workspace_id == ctx.workspace.id))
        await ctx.audit(connection, "goal.deleted", "goal", goal_id, present.name)


async def tell_campaign_goal(ctx: Context, campaign_id: UUID, note: str) -> list[str]:
    """Tells everybody with a part in the campaign, its leader, the goal's owner and who follows it; returns the names.

    Raises Conflict (`approval_needed`) while the goal waits for a yes that the rules ask for.
    """
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        goal = await store.find_campaign_goal(ctx, connection, campaign_id)
        await check_approved(ctx, connection, Subject(SubjectKind.GOAL, campaign_id))
        parts = await list_parts(ctx, connection, campaign_id)
        to = ({row.id for row in parts} | {goal.owner_id, campaign.leader_id}) - {None}
        thing = Thing(ThingKind.CAMPAIGN, campaign_id)
        about: dict[str, Any] = {"thing": thing, "title": campaign.name, "campaign_id": campaign_id, "note": note}
        told = await notify(ctx, connection, NoticeKind.CAMPAIGN_CHANGED, to=to, **about)
        told += await notify_followers(ctx, connection, NoticeKind.CAMPAIGN_CHANGED, but=told, **about)
        return await _write_told(ctx, connection, goal.id, "campaign", campaign_id, campaign.name, told)


async def tell_goal_above(ctx: Context, goal_id: UUID, note: str) -> list[str]:
    """Tells the goal's owner, who follows it, and the leaders of the campaigns that serve it; returns the names."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        goal = await store.lock_above(ctx, connection, goal_id)
        below = await store.serving(ctx, connection, goal_id)
        to = ({row.leader_id for row in below} | {goal.owner_id}) - {None}
        about: dict[str, Any] = {"thing": Thing(ThingKind.GOAL, goal_id), "title": goal.name, "note": note}
        told = await notify(ctx, connection, NoticeKind.CAMPAIGN_CHANGED, to=to, **about)
        told += await notify_followers(ctx, connection, NoticeKind.CAMPAIGN_CHANGED, but=told, **about)
        return await _write_told(ctx, connection, goal_id, "goal", goal_id, goal.name, told)


async def _write_told(
    ctx: Context, connection: AsyncConnection, goal_id: UUID, kind: str, target: UUID, title: str, told: list[UUID]
) -> list[str]:
    await connection.execute(
        update(goals)
        .where(goals.c.id == goal_id, goals.c.workspace_id == ctx.workspace.id)
        .values(told_version=goals.c.version, told_at=func.now(), told_by=ctx.actor.name)
    )
    found = await connection.execute(select(users.c.name).where(users.c.id.in_(told)).order_by(users.c.name))
    names = list(found.scalars())
    await ctx.audit(connection, "goal.told", kind, target, title, people=names)
    return names


async def create_priority(ctx: Context, values: dict[str, Any]) -> UUID:
    """A priority of a year, from values by column; returns its id."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    priority_id = new_id()
    async with ctx.transaction() as connection:
        await _check_owner(ctx, connection, values["owner_id"])
        await connection.execute(
            insert(priorities).values(
                id=priority_id, workspace_id=ctx.workspace.id, updated_by=ctx.actor.name, **values
            )
        )
        await ctx.audit(connection, "priority.created", "priority", priority_id, values["name"], year=values["year"])
    return priority_id


async def update_priority(ctx: Context, priority_id: UUID, version: int, values: dict[str, Any]) -> None:
    """Saves a priority as it was at `version`."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        before = await store.find_priority(ctx, connection, priority_id)
        if values["owner_id"] != before.owner_id:
            await _check_owner(ctx, connection, values["owner_id"])
        await save_version(ctx, connection, priorities, priority_id, version, values)
        await ctx.audit(connection, "priority.changed", "priority", priority_id, values["name"], year=values["year"])


async def delete_priority(ctx: Context, priority_id: UUID) -> None:
    """Deletes a priority; its goals stay, without one."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        present = await store.find_priority(ctx, connection, priority_id)
        await connection.execute(
            delete(priorities).where(priorities.c.id == priority_id, priorities.c.workspace_id == ctx.workspace.id)
        )
        await ctx.audit(connection, "priority.deleted", "priority", priority_id, present.name, year=present.year)


def _values(goal: Goal, place: Place) -> dict[str, Any]:
    return {
        "metric": goal.metric.value,
        "baseline": goal.baseline,
        "target": goal.target,
        "deadline": goal.deadline,
        "name": place.name,
        "owner_id": place.owner_id,
        "parent_id": place.parent_id,
    }


def _told(goal: Goal) -> dict[str, Any]:
    return {
        "metric": goal.metric.value,
        "target": str(goal.target),
        "baseline": None if goal.baseline is None else str(goal.baseline),
        "deadline": goal.deadline.isoformat(),
    }


async def _check_owner(ctx: Context, connection: AsyncConnection, owner_id: UUID | None) -> None:
    if owner_id is None:
        return
    found = await connection.execute(
        select(members.c.user_id).where(members.c.workspace_id == ctx.workspace.id, members.c.user_id == owner_id)
    )
    if found.first() is None:
        raise Invalid("owner_unknown", "The owner must be a member of this workspace; invite them first.")


async def _check_priority(ctx: Context, connection: AsyncConnection, priority_id: UUID | None) -> None:
    if priority_id is None:
        return
    found = await connection.execute(
        select(priorities.c.id).where(priorities.c.id == priority_id, priorities.c.workspace_id == ctx.workspace.id)
    )
    if found.first() is None:
        raise Invalid("priority_unknown", "The chosen priority does not exist any more; choose another one.")


async def _check_parent(ctx: Context, connection: AsyncConnection, parent_id: UUID | None) -> None:
    # A parent is of no campaign and has no parent itself, so a circle cannot be made.
    if parent_id is None:
        return
    found = await connection.execute(
        select(goals.c.id)
        .where(goals.c.id == parent_id, goals.c.workspace_id == ctx.workspace.id, goals.c.campaign_id.is_(None))
        .with_for_update(read=True)
    )
    if found.first() is None:
        raise Invalid("goal_unknown", "There is no such goal above campaigns any more; choose another one.")
