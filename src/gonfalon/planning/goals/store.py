"""Database calls of goals and priorities."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    case,
    cast,
    delete,
    extract,
    func,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.access import seen_campaigns
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission, Role
from gonfalon.accounts.tables import users
from gonfalon.accounts.versions import known, not_found
from gonfalon.kit.errors import Invalid
from gonfalon.kit.queries import among, has_words
from gonfalon.kit.rows import all_of, first_of
from gonfalon.planning.goals.model import BareGoal, CampaignGoal, GoalAbove, GoalFound, Priority, Serving, Tree
from gonfalon.planning.tables.campaigns import campaigns
from gonfalon.planning.tables.goals import goals, priorities
from gonfalon.teamwork.model import Seen

above = goals.alias("above")
_SERVES = and_(above.c.id == goals.c.parent_id, above.c.archived_at.is_(None))
"""What a campaign's goal serves: nothing while that is archived, and again once it is restored."""

_YEAR: ColumnElement[int] = func.coalesce(priorities.c.year, cast(extract("year", goals.c.deadline), Integer))
STARTS_ON = func.coalesce(goals.c.starts_on, func.make_date(_YEAR, 1, 1))
"""From when a goal above counts: as it says, else from the first day of its year."""


def _seen_above(ctx: Context) -> ColumnElement[bool]:
    """Return the condition for goals above that the actor may see: guests those that a campaign of theirs serves."""
    if ctx.actor.role is not Role.GUEST:
        return true()
    served = goals.alias("served")
    return goals.c.id.in_(
        select(served.c.parent_id).where(
            served.c.workspace_id == ctx.workspace.id, seen_campaigns(ctx, served.c.campaign_id)
        )
    )


def _seen(ctx: Context) -> ColumnElement[bool]:
    """Return the condition for goals of any kind that the actor may see."""
    above_seen = and_(goals.c.campaign_id.is_(None), _seen_above(ctx))
    return or_(above_seen, and_(goals.c.campaign_id.is_not(None), seen_campaigns(ctx, goals.c.campaign_id)))


def _select_above(ctx: Context) -> Select[Any]:
    return (
        select(
            *(column for column in goals.c if column.name != "starts_on"),
            STARTS_ON.label("starts_on"),
            _YEAR.label("year"),
            users.c.name.label("owner_name"),
            goals.c.name.label("parent_name"),
        )
        .outerjoin(priorities, priorities.c.id == goals.c.priority_id)
        .outerjoin(users, users.c.id == goals.c.owner_id)
        .where(goals.c.workspace_id == ctx.workspace.id, goals.c.campaign_id.is_(None), _seen_above(ctx))
    )


def _select_campaigns(ctx: Context) -> Select[Any]:
    return (
        select(
            *(column for column in goals.c if column.name not in ("starts_on", "parent_id")),
            users.c.name.label("owner_name"),
            above.c.id.label("parent_id"),
            above.c.name.label("parent_name"),
            campaigns.c.name.label("campaign_name"),
            campaigns.c.state.label("campaign_state"),
            campaigns.c.starts_on,
        )
        .join(campaigns, campaigns.c.id == goals.c.campaign_id)
        .outerjoin(above, _SERVES)
        .outerjoin(users, users.c.id == goals.c.owner_id)
        .where(goals.c.workspace_id == ctx.workspace.id, seen_campaigns(ctx, goals.c.campaign_id))
    )


def _select_priorities(ctx: Context) -> Select[Any]:
    return (
        select(*priorities.c, users.c.name.label("owner_name"))
        .outerjoin(users, users.c.id == priorities.c.owner_id)
        .where(priorities.c.workspace_id == ctx.workspace.id)
    )


async def load_tree(ctx: Context, connection: AsyncConnection, year: int, today: date) -> Tree:
    """Load everything of a year. A goal belongs to its priority's year, else to its deadline's; a campaign's goal to
    that of the goal it serves.
    """
    in_use = goals.c.archived_at.is_(None)
    upper = _select_above(ctx).where(_YEAR.in_((year,)), in_use).order_by(goals.c.deadline, goals.c.id)
    found = await all_of(connection, upper, GoalAbove)
    shown = _select_priorities(ctx).where(priorities.c.year == year).order_by(priorities.c.position, priorities.c.id)
    listed = await all_of(connection, shown, Priority)
    if ctx.actor.role is Role.GUEST:
        served = {goal.priority_id for goal in found}
        listed = [priority for priority in listed if priority.id in served]
    lower = (
        _select_campaigns(ctx)
        .where(
            campaigns.c.state != "archived",
            or_(
                among(above.c.id, [goal.id for goal in found]),
                and_(above.c.id.is_(None), extract("year", goals.c.deadline) == year),
            ),
        )
        .order_by(goals.c.deadline, goals.c.id)
    )
    theirs = await all_of(connection, lower, CampaignGoal)
    return Tree(await _years(ctx, connection, year, today), listed, found, theirs)


async def list_archived(ctx: Context, connection: AsyncConnection) -> list[GoalAbove]:
    """List the archived goals above campaigns, of all years, the newest first."""
    query = _select_above(ctx).where(goals.c.archived_at.is_not(None)).order_by(goals.c.archived_at.desc(), goals.c.id)
    return await all_of(connection, query, GoalAbove)


async def _years(ctx: Context, connection: AsyncConnection, year: int, today: date) -> list[int]:
    of_goals = select(extract("year", goals.c.deadline)).where(
        goals.c.workspace_id == ctx.workspace.id,
        goals.c.archived_at.is_(None),
        case((goals.c.campaign_id.is_(None), true()), else_=seen_campaigns(ctx, goals.c.campaign_id)),
    )
    of_priorities = select(priorities.c.year).where(priorities.c.workspace_id == ctx.workspace.id)
    found = await connection.execute(of_goals.union(of_priorities))
    return sorted({int(value) for value in found.scalars()} | {year, today.year})


async def find_above(ctx: Context, connection: AsyncConnection, goal_id: UUID) -> GoalAbove:
    """Find a goal above campaigns; raises NotFound."""
    return known(await first_of(connection, _select_above(ctx).where(goals.c.id == goal_id), GoalAbove), "goal")


async def find_campaign_goal(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> CampaignGoal:
    """Find a campaign's goal; raises NotFound where it has none, or where the campaign is not to be seen."""
    query = _select_campaigns(ctx).where(goals.c.campaign_id == campaign_id)
    return known(await first_of(connection, query, CampaignGoal), "goal")


async def lock_above(ctx: Context, connection: AsyncConnection, goal_id: UUID) -> BareGoal:
    """Lock a goal above campaigns, archived or not, until the transaction ends; raises NotFound."""
    mine = and_(goals.c.id == goal_id, goals.c.workspace_id == ctx.workspace.id, goals.c.campaign_id.is_(None))
    query = select(goals).where(mine, _seen_above(ctx)).with_for_update()
    return known(await first_of(connection, query, BareGoal), "goal")


async def find_bare_goal(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> BareGoal | None:
    """Find the goal of a campaign that the transaction has locked; None where it has none."""
    query = select(goals).where(goals.c.campaign_id == campaign_id, goals.c.workspace_id == ctx.workspace.id)
    return await first_of(connection, query, BareGoal)


async def find_priority(ctx: Context, connection: AsyncConnection, priority_id: UUID) -> Priority:
    """Find a priority with its owner; raises NotFound."""
    query = _select_priorities(ctx).where(priorities.c.id == priority_id)
    return known(await first_of(connection, query, Priority), "priority")


async def list_serving(ctx: Context, connection: AsyncConnection, goal_id: UUID) -> list[Serving]:
    """List the campaigns whose goals hang on a goal above."""
    query = (
        select(campaigns.c.id, campaigns.c.name, campaigns.c.leader_id)
        .join(goals, goals.c.campaign_id == campaigns.c.id)
        .where(goals.c.parent_id == goal_id, goals.c.workspace_id == ctx.workspace.id)
        .order_by(campaigns.c.id)
    )
    return await all_of(connection, query, Serving)


async def look_at_goal(ctx: Context, connection: AsyncConnection, goal_id: UUID) -> Seen:
    """Return how teamwork finds a goal; raises NotFound for one that is not to be seen."""
    ctx.require(Permission.CAMPAIGNS_READ)
    found = await connection.execute(
        select(goals.c.name, goals.c.campaign_id).where(
            goals.c.id == goal_id,
            goals.c.workspace_id == ctx.workspace.id,
            or_(goals.c.campaign_id.is_not(None), _seen_above(ctx)),
        )
    )
    row = found.first()
    if row is None:
        raise not_found("goal")
    return Seen(row.name, row.campaign_id)


async def name_goal(ctx: Context, connection: AsyncConnection, goal_id: UUID) -> str:
    """Return what a goal is called: its words, else its campaign's name; raises NotFound for one not to be seen."""
    found = await connection.execute(
        select(func.coalesce(func.nullif(goals.c.name, ""), campaigns.c.name))
        .outerjoin(campaigns, campaigns.c.id == goals.c.campaign_id)
        .where(
            goals.c.id == goal_id,
            goals.c.workspace_id == ctx.workspace.id,
            _seen(ctx),
        )
    )
    name = found.scalar_one_or_none()
    if name is None:
        raise not_found("goal")
    return str(name)


async def find_goals(ctx: Context, connection: AsyncConnection, words: str, limit: int) -> list[GoalFound]:
    """Find goals that the actor may see whose words, or whose campaign's name, have the words; the newest first."""
    query = (
        select(
            goals.c.id,
            goals.c.name,
            _YEAR.label("year"),
            goals.c.campaign_id,
            campaigns.c.name.label("campaign_name"),
        )
        .outerjoin(priorities, priorities.c.id == goals.c.priority_id)
        .outerjoin(campaigns, campaigns.c.id == goals.c.campaign_id)
        .where(
            goals.c.workspace_id == ctx.workspace.id,
            goals.c.archived_at.is_(None),
            _seen(ctx),
            has_words(words, goals.c.name, func.coalesce(campaigns.c.name, "")),
        )
        .order_by(goals.c.id.desc())
        .limit(limit)
    )
    return await all_of(connection, query, GoalFound)


async def delete_goal_of(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> None:
    """Delete a campaign's goal; raises NotFound when it has none."""
    gone = await connection.execute(
        delete(goals).where(goals.c.campaign_id == campaign_id, goals.c.workspace_id == ctx.workspace.id)
    )
    if not gone.rowcount:
        raise not_found("goal")


async def count_above(ctx: Context, connection: AsyncConnection) -> int:
    """Count the goals of the workspace that belong to no campaign."""
    counted = await connection.execute(
        select(func.count()).where(goals.c.workspace_id == ctx.workspace.id, goals.c.campaign_id.is_(None))
    )
    return int(counted.scalar_one())


async def note_told(ctx: Context, connection: AsyncConnection, goal_id: UUID) -> None:
    """Note that the team was told of the goal as it is now."""
    await connection.execute(
        update(goals)
        .where(goals.c.id == goal_id, goals.c.workspace_id == ctx.workspace.id)
        .values(told_version=goals.c.version, told_at=func.now(), told_by=ctx.actor.name)
    )


async def name_people(connection: AsyncConnection, ids: list[UUID]) -> list[str]:
    """Name these users, in order of the alphabet."""
    found = await connection.execute(select(users.c.name).where(users.c.id.in_(ids)).order_by(users.c.name))
    return [*found.scalars()]


async def check_parent(ctx: Context, connection: AsyncConnection, parent_id: UUID | None) -> None:
    """Raise Invalid unless `parent_id` is None or a goal above campaigns, which stays until the transaction ends.

    A parent is of no campaign and has no parent itself, so a circle cannot be made.
    """
    if parent_id is None:
        return
    found = await connection.execute(
        select(goals.c.id)
        .where(
            goals.c.id == parent_id,
            goals.c.workspace_id == ctx.workspace.id,
            goals.c.campaign_id.is_(None),
            goals.c.archived_at.is_(None),
        )
        .with_for_update(read=True)
    )
    if found.first() is None:
        raise Invalid("goal_unknown", "There is no such goal above campaigns any more; choose another one.")
