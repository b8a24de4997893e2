"""Reading goals and priorities."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Row, Select, and_, case, cast, extract, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.access import seen_campaigns
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission, Role
from gonfalon.accounts.tables import users
from gonfalon.planning.goals.tables import priorities
from gonfalon.planning.store import NOUNS, among, not_found
from gonfalon.planning.tables import campaigns, goals
from gonfalon.teamwork.model import Seen

NOUNS[priorities] = "priority"
above = goals.alias("above")


@dataclass(frozen=True, slots=True)
class Tree:
    """The rows of a year: priorities, goals above, and campaigns' goals."""

    years: list[int]
    priorities: list[Row[Any]]
    goals: list[Row[Any]]
    campaigns: list[Row[Any]]


_YEAR: ColumnElement[int] = func.coalesce(priorities.c.year, extract("year", goals.c.deadline))
STARTS_ON = func.coalesce(goals.c.starts_on, func.make_date(cast(_YEAR, Integer), 1, 1))
"""From when a goal above counts: as it says, else from the first day of its year."""


def _seen_above(ctx: Context) -> ColumnElement[bool]:
    """Goals above that the actor may see: guests those that a campaign of theirs serves."""
    if ctx.actor.role is not Role.GUEST:
        return true()
    served = goals.alias("served")
    return goals.c.id.in_(
        select(served.c.parent_id).where(
            served.c.workspace_id == ctx.workspace.id, seen_campaigns(ctx, served.c.campaign_id)
        )
    )


def _seen(ctx: Context) -> ColumnElement[bool]:
    """Goals of any kind that the actor may see."""
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
            *(column for column in goals.c if column.name != "starts_on"),
            users.c.name.label("owner_name"),
            above.c.name.label("parent_name"),
            campaigns.c.name.label("campaign_name"),
            campaigns.c.state.label("campaign_state"),
            campaigns.c.starts_on,
        )
        .join(campaigns, campaigns.c.id == goals.c.campaign_id)
        .outerjoin(above, above.c.id == goals.c.parent_id)
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
    """Everything of a year. A goal belongs to its priority's year, else to its deadline's; a campaign's goal to that of
    the goal it serves."""
    shown = _select_priorities(ctx).where(priorities.c.year == year).order_by(priorities.c.position, priorities.c.id)
    upper = await connection.execute(
        _select_above(ctx).where(_YEAR.in_((year,))).order_by(goals.c.deadline, goals.c.id)
    )
    found = list(upper.all())
    listed = list((await connection.execute(shown)).all())
    if ctx.actor.role is Role.GUEST:
        served = {row.priority_id for row in found}
        listed = [row for row in listed if row.id in served]
    query: Select[Any] = (
        _select_campaigns(ctx)
        .where(
            campaigns.c.state != "archived",
            or_(
                among(goals.c.parent_id, [row.id for row in found]),
                and_(goals.c.parent_id.is_(None), extract("year", goals.c.deadline) == year),
            ),
        )
        .order_by(goals.c.deadline, goals.c.id)
    )
    theirs = list((await connection.execute(query)).all())
    return Tree(await _years(ctx, connection, year, today), listed, found, theirs)


async def _years(ctx: Context, connection: AsyncConnection, year: int, today: date) -> list[int]:
    of_goals = select(extract("year", goals.c.deadline)).where(
        goals.c.workspace_id == ctx.workspace.id,
        case((goals.c.campaign_id.is_(None), true()), else_=seen_campaigns(ctx, goals.c.campaign_id)),
    )
    of_priorities = select(priorities.c.year).where(priorities.c.workspace_id == ctx.workspace.id)
    found = await connection.execute(of_goals.union(of_priorities))
    return sorted({int(value) for value in found.scalars()} | {year, today.year})


async def find_above(ctx: Context, connection: AsyncConnection, goal_id: UUID) -> Row[Any]:
    """A goal above campaigns; raises NotFound."""
    row: Row[Any] | None = (await connection.execute(_select_above(ctx).where(goals.c.id == goal_id))).first()
    if row is None:
        raise not_found("goal")
    return row


async def find_campaign_goal(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> Row[Any]:
    """A campaign's goal; raises NotFound where it has none, or where the campaign is not to be seen."""
    found = await connection.execute(_select_campaigns(ctx).where(goals.c.campaign_id == campaign_id))
    row: Row[Any] | None = found.first()
    if row is None:
        raise not_found("goal")
    return row


async def lock_above(ctx: Context, connection: AsyncConnection, goal_id: UUID) -> Row[Any]:
    """The bare row of a goal above campaigns, locked until the transaction ends; raises NotFound."""
    found = await connection.execute(
        select(goals)
        .where(
            goals.c.id == goal_id,
            goals.c.workspace_id == ctx.workspace.id,
            goals.c.campaign_id.is_(None),
            _seen_above(ctx),
        )
        .with_for_update()
    )
    row = found.first()
    if row is None:
        raise not_found("goal")
    return row


async def find_priority(ctx: Context, connection: AsyncConnection, priority_id: UUID) -> Row[Any]:
    """A priority with its owner's name; raises NotFound."""
    found = await connection.execute(_select_priorities(ctx).where(priorities.c.id == priority_id))
    row: Row[Any] | None = found.first()
    if row is None:
        raise not_found("priority")
    return row


async def serving(ctx: Context, connection: AsyncConnection, goal_id: UUID) -> list[Row[Any]]:
    """The campaigns whose goals hang on a goal above: id, name, leader."""
    query: Select[Any] = (
        select(campaigns.c.id, campaigns.c.name, campaigns.c.leader_id)
        .join(goals, goals.c.campaign_id == campaigns.c.id)
        .where(goals.c.parent_id == goal_id, goals.c.workspace_id == ctx.workspace.id)
        .order_by(campaigns.c.id)
    )
    return list((await connection.execute(query)).all())


async def look_at_goal(ctx: Context, connection: AsyncConnection, goal_id: UUID) -> Seen:
    """How teamwork finds a goal; raises NotFound for one that is not to be seen."""
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
    """What a goal is called: its words, else its campaign's name; raises NotFound for one that is not to be seen."""
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


async def find_goals(ctx: Context, connection: AsyncConnection, words: str, limit: int) -> list[Row[Any]]:
    """Goals that the actor may see whose words, or whose campaign's name, have the words; the newest first."""
    query: Select[Any] = (
        select(
            goals.c.id,
            goals.c.name,
            cast(_YEAR, Integer).label("year"),
            goals.c.campaign_id,
            campaigns.c.name.label("campaign_name"),
        )
        .outerjoin(priorities, priorities.c.id == goals.c.priority_id)
        .outerjoin(campaigns, campaigns.c.id == goals.c.campaign_id)
        .where(goals.c.workspace_id == ctx.workspace.id, _seen(ctx))
        .order_by(goals.c.id.desc())
        .limit(limit)
    )
    for word in words.split():
        query = query.where(
            or_(goals.c.name.icontains(word, autoescape=True), campaigns.c.name.icontains(word, autoescape=True))
        )
    return list((await connection.execute(query)).all())
