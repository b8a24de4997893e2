"""What the report asks of PostgreSQL: the plan, and the people behind a figure by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import case, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.versions import not_found
from gonfalon.audiences.tables import audiences
from gonfalon.channels.offers import hears_back, sent_here
from gonfalon.delivery.history import IMPORTED
from gonfalon.delivery.tables import dispatches
from gonfalon.insights.report.plan import CampaignPlan, LinkPlan, Rate, Touch, TouchpointPlan
from gonfalon.kit.errors import Invalid
from gonfalon.kit.queries import among
from gonfalon.kit.rows import all_of
from gonfalon.kit.sql import run
from gonfalon.people.attributes.model import AttributeType
from gonfalon.people.attributes.store import attributes_of
from gonfalon.people.profiles.model import Person
from gonfalon.people.profiles.store import people_by_id
from gonfalon.planning.campaigns.reading import find_overviews
from gonfalon.planning.model import Basis, CampaignState
from gonfalon.planning.tables.budget import budget_lines, exchange_rates
from gonfalon.planning.tables.campaigns import campaigns
from gonfalon.planning.tables.touchpoints import IN_USE, touchpoints
from gonfalon.planning.touchpoints.rules import link_tags
from gonfalon.planning.touchpoints.store import STATE
from gonfalon.tracking.links.utm import Utm
from gonfalon.tracking.tables import links

_PACKAGE = "gonfalon.insights.report"
BEGUN = or_(touchpoints.c.launched_at.is_not(None), touchpoints.c.done_on.is_not(None))


async def load_plan(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> CampaignPlan:
    """Return everything about the campaign but its people; raises NotFound."""
    found = await load_plans(ctx, connection, [campaign_id])
    if not found:
        raise not_found("campaign")
    return replace(found[0], links=await _links(ctx, connection, found[0].touchpoints))


async def load_plans(ctx: Context, connection: AsyncConnection, ids: Sequence[UUID]) -> list[CampaignPlan]:
    """Return everything about several campaigns but their links and people, the newest first, by a statement a
    table."""
    rows = await find_overviews(ctx, connection, ids)
    planned = await _touchpoints(ctx, connection, [row.id for row in rows])
    launched = {each.id: owner for owner, listed in planned.items() for each in listed if each.launched_at is not None}
    unsubscribed: dict[UUID, list[int]] = {}
    if launched:
        found = await run(
            connection, _PACKAGE, "list_unsubscribed", workspace_id=ctx.workspace.id, touchpoints=list(launched)
        )
        for row in found:
            unsubscribed.setdefault(launched[row.touchpoint_id], []).append(row.id)
    rivals = await _rivals(ctx, connection)
    rates = await rates_of(ctx, connection)
    back = await hears_back(connection, ctx.services, ctx.workspace.id)
    return [
        CampaignPlan(
            workspace_id=ctx.workspace.id,
            currency=ctx.workspace.currency,
            id=row.id,
            name=row.name,
            state=row.state,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            attribution=row.attribution,
            goal=row.goal,
            cost_planned=row.budget.planned_minor,
            cost=row.budget.spent_minor + sum(each.loose_cost for each in planned.get(row.id, ())),
            touchpoints=tuple(planned.get(row.id, ())),
            rivals=rivals,
            links=(),
            unsubscribed=tuple(unsubscribed.get(row.id, ())),
            rates=rates,
            hears_back=back,
            leader=row.leader.name if row.leader else "",
        )
        for row in rows
    ]


async def launched_campaigns(
    ctx: Context, connection: AsyncConnection, after: UUID | None, limit: int, words: str
) -> list[UUID]:
    """Return ids of campaigns that are not archived and of which something was launched or carried out, the newest
    first."""
    query = select(campaigns.c.id).where(
        campaigns.c.workspace_id == ctx.workspace.id,
        campaigns.c.state != CampaignState.ARCHIVED.value,
        select(touchpoints.c.id).where(touchpoints.c.campaign_id == campaigns.c.id, BEGUN).exists(),
    )
    if after is not None:
        query = query.where(campaigns.c.id < after)
    for word in words.split():
        query = query.where(campaigns.c.name.icontains(word, autoescape=True))
    return list((await connection.execute(query.order_by(campaigns.c.id.desc()).limit(limit))).scalars())


async def _touchpoints(
    ctx: Context, connection: AsyncConnection, campaign_ids: Sequence[UUID]
) -> dict[UUID, list[TouchpointPlan]]:
    alone = func.count().over(partition_by=touchpoints.c.budget_line_id) == 1
    rows = await connection.execute(
        select(
            touchpoints,
            STATE.label("state"),
            dispatches.c.link_set_id,
            (func.coalesce(dispatches.c.state_reason, "") != IMPORTED).label("tracked"),
            case((alone, budget_lines.c.planned_minor)).label("line_planned"),
            case((alone, budget_lines.c.spent_minor)).label("line_spent"),
            func.coalesce(audiences.c.name, "").label("audience"),
        )
        .outerjoin(audiences, audiences.c.id == touchpoints.c.audience_id)
        .outerjoin(dispatches, dispatches.c.touchpoint_id == touchpoints.c.id)
        .outerjoin(budget_lines, budget_lines.c.id == touchpoints.c.budget_line_id)
        .where(among(touchpoints.c.campaign_id, campaign_ids), touchpoints.c.workspace_id == ctx.workspace.id, IN_USE)
        .order_by(touchpoints.c.id)
    )
    sends = sent_here(ctx.services)
    found: dict[UUID, list[TouchpointPlan]] = {}
    for row in rows:
        found.setdefault(row.campaign_id, []).append(
            TouchpointPlan(
                id=row.id,
                name=row.name,
                channel=row.channel,
                state=row.state,
                launched_at=row.launched_at,
                holdout_percent=row.holdout_percent,
                link_set_id=row.link_set_id,
                tracked=row.tracked,
                done_on=row.done_on,
                done_at=None if row.done_on is None else start_of(row.done_on, ctx.zone) + timedelta(hours=12),
                told_reach=row.reached,
                told_conversions=row.told_conversions if row.done_on else None,
                told_revenue=row.told_revenue_minor if row.done_on else None,
                costs=(row.line_planned, row.line_spent if row.cost_minor is None else row.cost_minor),
                audience=row.audience,
                sent_here=row.channel in sends or row.launched_at is not None,
                loose_cost=(row.cost_minor or 0) if row.done_on and row.budget_line_id is None else 0,
            )
        )
    return found


async def _rivals(ctx: Context, connection: AsyncConnection) -> tuple[Touch, ...]:
    """The workspace's touchpoints that were launched or are carried out elsewhere.

    Those of campaigns that count other events too: a visit may be of one of them.
    """
    c = campaigns.c
    begun = await all_of(
        connection,
        select(
            touchpoints,
            dispatches.c.utm.label("sent_utm"),
            c.name.label("campaign"),
            c.conversion_event,
            c.attribution_basis,
            c.attribution_days,
            c.starts_on,
            c.ends_on,
        )
        .join(campaigns, c.id == touchpoints.c.campaign_id)
        .outerjoin(dispatches, dispatches.c.touchpoint_id == touchpoints.c.id)
        .where(
            touchpoints.c.workspace_id == ctx.workspace.id,
            IN_USE,
            or_(BEGUN, touchpoints.c.channel.not_in(sent_here(ctx.services))),
        ),
        _Begun,
    )
    return tuple(_touch(ctx, each) for each in begun)


@dataclass(frozen=True, slots=True)
class _Begun:
    id: UUID
    campaign_id: UUID
    name: str
    campaign: str
    channel: str
    utm: dict[str, Any] | None
    sent_utm: dict[str, Any] | None
    code: str
    launched_at: datetime | None
    done_on: date | None
    conversion_event: str
    attribution_basis: Basis
    attribution_days: int
    starts_on: date | None
    ends_on: date | None


def _touch(ctx: Context, row: _Begun) -> Touch:
    if row.sent_utm is not None:
        tags = Utm(**row.sent_utm)
    else:
        tags = link_tags(
            row.utm,
            workspace=ctx.workspace.slug,
            channel=row.channel,
            campaign=row.campaign,
            touchpoint=row.name,
        )
    done = None if row.done_on is None else start_of(row.done_on, ctx.zone)
    opens = done if row.starts_on is None else start_of(row.starts_on, ctx.zone)
    return Touch(
        touchpoint_id=row.id,
        campaign_id=row.campaign_id,
        event=row.conversion_event,
        basis=row.attribution_basis,
        days=row.attribution_days,
        channel=row.channel,
        tags=tags.parameters(),
        code=row.code.strip().lower(),
        began=row.launched_at,
        opens=opens,
        closes=None if row.ends_on is None else start_of(row.ends_on + timedelta(days=1), ctx.zone),
    )


async def rates_of(ctx: Context, connection: AsyncConnection) -> tuple[Rate, ...]:
    """Return the workspace's dated rates, each from the first instant of its day."""
    rows = await connection.execute(select(exchange_rates).where(exchange_rates.c.workspace_id == ctx.workspace.id))
    return tuple(Rate(row.currency, start_of(row.day, ctx.zone), row.rate) for row in rows)


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the first instant of a day in a zone."""
    return datetime.combine(day, time(), zone)


async def _links(ctx: Context, connection: AsyncConnection, planned: Sequence[TouchpointPlan]) -> tuple[LinkPlan, ...]:
    sets = {touchpoint.link_set_id: touchpoint.id for touchpoint in planned if touchpoint.link_set_id is not None}
    rows = await connection.execute(
        select(links)
        .where(links.c.link_set_id.in_(sets), links.c.workspace_id == ctx.workspace.id)
        .order_by(links.c.link_set_id, links.c.number)
    )
    return tuple(LinkPlan(sets[row.link_set_id], row.number, row.url, row.label) for row in rows)


async def attribute_kind(ctx: Context, connection: AsyncConnection, key: str) -> AttributeType:
    """Return the declared type of an attribute; raises Invalid for one that is not declared."""
    declared = await attributes_of(connection, ctx.workspace.id)
    if key not in declared:
        raise Invalid(
            "attribute_unknown", f"There is no attribute “{key[:100]}” in this workspace any more.", key=key[:100]
        )
    return declared[key].type


async def present_snapshot(connection: AsyncConnection) -> str:
    """Return what the analytics copy must have to be up to date with this transaction."""
    return str((await connection.execute(text("select pg_current_snapshot()::text"))).scalar_one())


async def list_people(ctx: Context, connection: AsyncConnection, ids: Sequence[int]) -> list[Person]:
    """Return these people of the workspace in the order of the ids; erased ones are no longer anybody and are left
    out."""
    return [each for each in await people_by_id(ctx, connection, ids) if each.erased_at is None]


async def conversion_events(ctx: Context, connection: AsyncConnection) -> set[str]:
    """Return the names of events that campaigns count as conversions."""
    query = select(campaigns.c.conversion_event).where(campaigns.c.workspace_id == ctx.workspace.id).distinct()
    return set((await connection.execute(query)).scalars())
