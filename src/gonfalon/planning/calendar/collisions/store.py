"""Database calls of collisions."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.access import seen_campaigns
from gonfalon.accounts.context import Context
from gonfalon.accounts.versions import not_found
from gonfalon.audiences.segments.language import Member, Rule, RuleInvalid, parse
from gonfalon.audiences.tables import audiences
from gonfalon.delivery.caps import read_limit
from gonfalon.delivery.tables import dispatches
from gonfalon.kit.errors import Invalid
from gonfalon.kit.rows import all_of
from gonfalon.planning.calendar import rules
from gonfalon.planning.calendar.collisions.model import PeopleSet, Planned, Touch, TouchpointNow
from gonfalon.planning.calendar.settings import load_settings
from gonfalon.planning.calendar.store import NORMAL
from gonfalon.planning.tables.calendar import campaign_priorities
from gonfalon.planning.tables.campaigns import campaigns
from gonfalon.planning.tables.touchpoints import IN_USE, touchpoints
from gonfalon.planning.touchpoints.store import GOES_AT

MOST_TOUCHES = 1_000
MOST_UNDATED = 100


async def load_planned(ctx: Context, connection: AsyncConnection) -> Planned:
    """Load what is planned from today on, what was launched shortly before, and the newest drafts without a day.

    Of the whole workspace, so it is for a context that may see all of it.
    """
    settings = await load_settings(connection, ctx.workspace.id)
    limit = await read_limit(connection, ctx.workspace.id)
    zone = ctx.zone
    today = rules.starts(ctx.today, zone)
    back = timedelta(days=max(settings.days, *settings.pairs.values(), limit.days if limit else 0, 1))
    open_draft = and_(touchpoints.c.launched_at.is_(None), touchpoints.c.done_on.is_(None))
    planned = and_(open_draft, touchpoints.c.send_at >= today)
    launched = and_(
        touchpoints.c.launched_at.is_not(None),
        or_(touchpoints.c.launched_at >= today - back, touchpoints.c.send_at >= today - back),
        func.coalesce(dispatches.c.state, "") != "cancelled",
    )
    done = touchpoints.c.done_on >= rules.local_day(today, zone) - back
    undated = and_(open_draft, touchpoints.c.send_at.is_(None))
    query = (
        select(
            touchpoints.c.id,
            touchpoints.c.name,
            touchpoints.c.campaign_id,
            campaigns.c.name.label("campaign"),
            touchpoints.c.channel,
            touchpoints.c.audience_id,
            touchpoints.c.topic_id,
            touchpoints.c.launched_at,
            touchpoints.c.done_on,
            dispatches.c.started_at,
            GOES_AT.label("at"),
            audiences.c.name.label("audience"),
            audiences.c.rule,
            func.coalesce(campaign_priorities.c.priority, NORMAL).label("priority"),
            campaigns.c.starts_on,
            campaigns.c.ends_on,
        )
        .join(campaigns, campaigns.c.id == touchpoints.c.campaign_id)
        .outerjoin(dispatches, dispatches.c.touchpoint_id == touchpoints.c.id)
        .outerjoin(audiences, audiences.c.id == touchpoints.c.audience_id)
        .outerjoin(campaign_priorities, campaign_priorities.c.campaign_id == campaigns.c.id)
        .where(touchpoints.c.workspace_id == ctx.workspace.id, IN_USE, campaigns.c.state != "archived")
    )
    dated = [*await connection.execute(query.where(or_(planned, launched, done)).order_by(GOES_AT, touchpoints.c.id))]
    drafts = await connection.execute(query.where(undated).order_by(touchpoints.c.id.desc()).limit(MOST_UNDATED))
    asked: dict[UUID, Rule] = {}
    touches = []
    for row in (*dated[:MOST_TOUCHES], *drafts):
        people = None
        if row.launched_at is not None and row.started_at is not None:
            people = PeopleSet(sent_by=row.id)
        elif row.audience_id is not None:
            people = PeopleSet(row.audience_id, row.channel, row.topic_id)
            if row.audience_id not in asked:
                with suppress(RuleInvalid):  # counting finds that there is no rule to be asked, and says so
                    asked[row.audience_id] = Member(audience=row.audience_id) if row.rule is None else parse(row.rule)
        # What was carried out elsewhere has a day only; noon is as good as any time of it.
        at = row.at if row.done_on is None else rules.instant_of(row.done_on, time(12), zone)[0]
        touches.append(
            Touch(
                row.id, row.name, row.campaign_id, row.campaign, row.channel, at, _day(at, zone),
                row.launched_at is not None or row.done_on is not None, people, row.audience_id, row.audience or "",
                row.priority, row.starts_on, row.ends_on,
            )
        )  # fmt: skip
    return Planned(touches, asked, settings, limit, max(len(dated) - MOST_TOUCHES, 0))


def _day(at: datetime | None, zone: ZoneInfo) -> date | None:
    return None if at is None else rules.local_day(at, zone)


async def audience_of_touchpoint(ctx: Context, connection: AsyncConnection, touchpoint_id: UUID) -> UUID | None:
    """Return the audience of a touchpoint in use that the actor may see; raises NotFound."""
    found = await connection.execute(
        select(touchpoints.c.audience_id).where(
            touchpoints.c.id == touchpoint_id,
            touchpoints.c.workspace_id == ctx.workspace.id,
            IN_USE,
            seen_campaigns(ctx, touchpoints.c.campaign_id),
        )
    )
    row = found.first()
    if row is None:
        raise not_found("touchpoint")
    audience_id: UUID | None = row.audience_id
    return audience_id


async def find_audience(ctx: Context, connection: AsyncConnection, audience_id: UUID | None) -> tuple[UUID, str]:
    """Find the id and name of an audience in use; raises Invalid."""
    a = audiences.c
    found = await connection.execute(
        select(a.id, a.name).where(a.id == audience_id, a.workspace_id == ctx.workspace.id, a.archived_at.is_(None))
    )
    row = found.first()
    if row is None:
        raise Invalid("audience_missing", "Both touchpoints need an audience that is in use; choose one first.")
    return row.id, row.name


async def list_touchpoints_now(ctx: Context, connection: AsyncConnection, ids: set[UUID]) -> dict[UUID, TouchpointNow]:
    """List those of the touchpoints that are in use, as they are at this moment, by id."""
    t = touchpoints.c
    query = select(touchpoints).where(t.id.in_(ids), t.workspace_id == ctx.workspace.id, IN_USE)
    return {each.id: each for each in await all_of(connection, query, TouchpointNow)}


async def list_seen_campaigns(ctx: Context, connection: AsyncConnection) -> set[UUID]:
    """List the campaigns that the actor may see."""
    c = campaigns.c
    found = await connection.execute(select(c.id).where(c.workspace_id == ctx.workspace.id, seen_campaigns(ctx, c.id)))
    return set(found.scalars())
