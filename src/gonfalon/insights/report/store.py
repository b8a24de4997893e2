"""What the report asks of PostgreSQL: the plan, and the people behind a figure by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.delivery.history import IMPORTED
from gonfalon.delivery.tables import dispatches
from gonfalon.insights.report.model import CampaignPlan, LinkPlan, Touch, TouchpointPlan
from gonfalon.kit.errors import Invalid
from gonfalon.kit.sql import run
from gonfalon.people.tables import attribute_definitions, people
from gonfalon.planning.campaigns.store import find_campaigns
from gonfalon.planning.goals.model import Goal, GoalMetric
from gonfalon.planning.model import Attribution, Basis, CampaignState
from gonfalon.planning.store import among, not_found
from gonfalon.planning.tables import campaigns, touchpoints
from gonfalon.planning.touchpoints.store import STATE
from gonfalon.tracking.tables import links

_PACKAGE = "gonfalon.insights.report"


async def load_plan(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> CampaignPlan:
    """Everything about the campaign but its people; raises NotFound."""
    found = await load_plans(ctx, connection, [campaign_id])
    if not found:
        raise not_found("campaign")
    return replace(found[0], links=await _links(ctx, connection, found[0].touchpoints))


async def load_plans(ctx: Context, connection: AsyncConnection, ids: Sequence[UUID]) -> list[CampaignPlan]:
    """Everything about several campaigns but their links and people, the newest first, by a statement a table."""
    rows = await find_campaigns(ctx, connection, ids)
    planned = await _touchpoints(ctx, connection, [row.id for row in rows])
    launched = {each.id: owner for owner, listed in planned.items() for each in listed if each.launched_at is not None}
    unsubscribed: dict[UUID, list[int]] = {}
    if launched:
        found = await run(
            connection, _PACKAGE, "list_unsubscribed", workspace_id=ctx.workspace.id, touchpoints=list(launched)
        )
        for row in found:
            unsubscribed.setdefault(launched[row.touchpoint_id], []).append(row.id)
    rivals = await _rivals(ctx, connection, {row.conversion_event for row in rows})
    return [
        CampaignPlan(
            workspace_id=ctx.workspace.id,
            currency=ctx.workspace.currency,
            id=row.id,
            name=row.name,
            state=row.state,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            attribution=Attribution(Basis(row.attribution_basis), row.attribution_days, row.conversion_event),
            goal=None
            if row.goal_metric is None
            else Goal(GoalMetric(row.goal_metric), row.goal_target, row.goal_deadline, row.goal_baseline),
            cost_planned=int(row.planned_minor),
            cost=int(row.spent_minor),
            touchpoints=tuple(planned.get(row.id, ())),
            rivals=rivals.get(row.conversion_event, ()),
            links=(),
            unsubscribed=tuple(unsubscribed.get(row.id, ())),
        )
        for row in rows
    ]


async def launched_campaigns(
    ctx: Context, connection: AsyncConnection, after: UUID | None, limit: int, words: str
) -> list[UUID]:
    """Ids of campaigns that are not archived and of which something was launched, the newest first."""
    query = select(campaigns.c.id).where(
        campaigns.c.workspace_id == ctx.workspace.id,
        campaigns.c.state != CampaignState.ARCHIVED.value,
        select(touchpoints.c.id)
        .where(touchpoints.c.campaign_id == campaigns.c.id, touchpoints.c.launched_at.is_not(None))
        .exists(),
    )
    if after is not None:
        query = query.where(campaigns.c.id < after)
    for word in words.split():
        query = query.where(campaigns.c.name.icontains(word, autoescape=True))
    return list((await connection.execute(query.order_by(campaigns.c.id.desc()).limit(limit))).scalars())


async def _touchpoints(
    ctx: Context, connection: AsyncConnection, campaign_ids: Sequence[UUID]
) -> dict[UUID, list[TouchpointPlan]]:
    rows = await connection.execute(
        select(
            touchpoints.c.campaign_id,
            touchpoints.c.id,
            touchpoints.c.name,
            touchpoints.c.channel,
            STATE.label("state"),
            touchpoints.c.launched_at,
            touchpoints.c.holdout_percent,
            dispatches.c.link_set_id,
            (func.coalesce(dispatches.c.state_reason, "") != IMPORTED).label("tracked"),
        )
        .outerjoin(dispatches, dispatches.c.touchpoint_id == touchpoints.c.id)
        .where(among(touchpoints.c.campaign_id, campaign_ids), touchpoints.c.workspace_id == ctx.workspace.id)
        .order_by(touchpoints.c.id)
    )
    found: dict[UUID, list[TouchpointPlan]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(TouchpointPlan(*row[1:]))
    return found


async def _rivals(ctx: Context, connection: AsyncConnection, events: set[str]) -> dict[str, tuple[Touch, ...]]:
    """By event: the launched touchpoints of every campaign that counts it."""
    rows = await connection.execute(
        select(
            touchpoints.c.id,
            campaigns.c.conversion_event,
            campaigns.c.attribution_basis,
            campaigns.c.attribution_days,
        )
        .join(campaigns, campaigns.c.id == touchpoints.c.campaign_id)
        .where(
            touchpoints.c.workspace_id == ctx.workspace.id,
            touchpoints.c.launched_at.is_not(None),
            campaigns.c.conversion_event.in_(events),
        )
    )
    found: dict[str, list[Touch]] = {}
    for touchpoint, event, basis, days in rows:
        found.setdefault(event, []).append(Touch(touchpoint, event, Basis(basis), days))
    return {event: tuple(touches) for event, touches in found.items()}


async def _links(ctx: Context, connection: AsyncConnection, planned: Sequence[TouchpointPlan]) -> tuple[LinkPlan, ...]:
    sets = {touchpoint.link_set_id: touchpoint.id for touchpoint in planned if touchpoint.link_set_id is not None}
    rows = await connection.execute(
        select(links)
        .where(links.c.link_set_id.in_(sets), links.c.workspace_id == ctx.workspace.id)
        .order_by(links.c.link_set_id, links.c.number)
    )
    return tuple(LinkPlan(sets[row.link_set_id], row.number, row.url, row.label) for row in rows)


async def attribute_kind(ctx: Context, connection: AsyncConnection, key: str) -> str:
    """The declared type of an attribute; raises Invalid for one that is not declared."""
    found = await connection.execute(
        select(attribute_definitions.c.type).where(
            attribute_definitions.c.workspace_id == ctx.workspace.id,
            attribute_definitions.c.key == key,
            attribute_definitions.c.deleted_at.is_(None),
        )
    )
    kind = found.scalar_one_or_none()
    if kind is None:
        raise Invalid("attribute_unknown", f"There is no attribute “{key[:100]}” in this workspace any more.")
    return str(kind)


async def present_snapshot(connection: AsyncConnection) -> str:
    """What the analytics copy must have to be up to date with this transaction."""
    return str((await connection.execute(text("select pg_current_snapshot()::text"))).scalar_one())


async def people_by_id(ctx: Context, connection: AsyncConnection, ids: Sequence[int]) -> list[Row[Any]]:
    """These people of the workspace, by id; erased ones are no longer anybody and are left out."""
    found = await connection.execute(
        select(people)
        .where(people.c.id.in_(ids), people.c.workspace_id == ctx.workspace.id, people.c.erased_at.is_(None))
        .order_by(people.c.id)
    )
    return list(found.all())


async def attribute_columns(ctx: Context, connection: AsyncConnection) -> list[Row[str, str, str]]:
    """Key, label and type of every declared attribute, in the order they were declared."""
    found = await connection.execute(
        select(attribute_definitions.c.key, attribute_definitions.c.label, attribute_definitions.c.type)
        .where(attribute_definitions.c.workspace_id == ctx.workspace.id, attribute_definitions.c.deleted_at.is_(None))
        .order_by(attribute_definitions.c.id)
    )
    return list(found.all())
