"""Reading what stands on the calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.tables import users
from gonfalon.audiences.tables import audiences
from gonfalon.delivery.tables import dispatches
from gonfalon.planning.calendar import rules
from gonfalon.planning.calendar.model import (
    Bar,
    Calendar,
    Filters,
    Holiday,
    Item,
    ItemKind,
    Moment,
    MomentKind,
    Place,
)
from gonfalon.planning.calendar.settings import load_settings
from gonfalon.planning.calendar.tables import campaign_priorities, moments
from gonfalon.planning.campaigns.access import seen_campaigns
from gonfalon.planning.campaigns.store import sending
from gonfalon.planning.store import NOUNS, not_found
from gonfalon.planning.tables import campaigns, touchpoints
from gonfalon.planning.timeline.store import load_weeks
from gonfalon.planning.timeline.tables import tasks
from gonfalon.planning.touchpoints.store import STATE

NOUNS[moments] = "moment"
MOST_ITEMS = 20_000
MOST_UNDATED = 500
NORMAL = 2
"""The priority of a campaign that nobody gave one."""

GOES_AT = case(
    (touchpoints.c.launched_at.is_(None), touchpoints.c.send_at),
    (touchpoints.c.send_at > touchpoints.c.launched_at, touchpoints.c.send_at),
    else_=touchpoints.c.launched_at,
)
"""When a touchpoint goes out, or went: what was launched late went when it was launched."""


async def read_calendar(
    ctx: Context, connection: AsyncConnection, first: date, last: date, wanted: Filters
) -> Calendar:
    """Everything between two days (inclusive) that the actor may see; raises Invalid for a range without sense."""
    rules.check_range(first, last)
    items = [
        *await _touchpoints(ctx, connection, first, last, wanted),
        *await _tasks(ctx, connection, first, last, wanted),
    ]
    undated = await _undated(ctx, connection, wanted) if wanted.shows(ItemKind.TOUCHPOINT) else []
    bars = await _campaigns(ctx, connection, first, last, wanted, {item.campaign_id for item in (*items, *undated)})
    owners = {item.owner_id for item in items} | {bar.leader_id for bar in bars}
    return Calendar(
        first,
        last,
        bars,
        items[:MOST_ITEMS],
        undated,
        await _moments(ctx, connection, first, last) if wanted.shows(ItemKind.MOMENT) else [],
        await list_holidays(ctx, connection, first, last) if wanted.shows(ItemKind.HOLIDAY) else [],
        await _names(ctx, connection, audiences, {item.audience_id for item in (*items, *undated)}),
        await _names(ctx, connection, users, owners),
        len(items) > MOST_ITEMS,
    )


def _of_campaigns(ctx: Context, wanted: Filters, campaign_id: ColumnElement[UUID]) -> ColumnElement[bool]:
    chosen = campaign_id.in_(wanted.campaigns) if wanted.campaigns else true()
    return and_(seen_campaigns(ctx, campaign_id), chosen)


def _touchpoint_columns(ctx: Context, wanted: Filters) -> Select[Any]:
    query = (
        select(
            touchpoints.c.id,
            touchpoints.c.name,
            touchpoints.c.campaign_id,
            touchpoints.c.channel,
            touchpoints.c.audience_id,
            touchpoints.c.launched_at,
            touchpoints.c.done_on,
            touchpoints.c.updated_at,
            GOES_AT.label("at"),
            STATE.label("state"),
            campaigns.c.leader_id,
        )
        .join(campaigns, campaigns.c.id == touchpoints.c.campaign_id)
        .outerjoin(dispatches, dispatches.c.touchpoint_id == touchpoints.c.id)
        .where(
            touchpoints.c.workspace_id == ctx.workspace.id,
            campaigns.c.state != "archived",
            _of_campaigns(ctx, wanted, touchpoints.c.campaign_id),
        )
    )
    if wanted.channels:
        query = query.where(touchpoints.c.channel.in_(wanted.channels))
    if wanted.audiences:
        query = query.where(touchpoints.c.audience_id.in_(wanted.audiences))
    if wanted.owners:
        query = query.where(campaigns.c.leader_id.in_(wanted.owners))
    return query


async def _touchpoints(
    ctx: Context, connection: AsyncConnection, first: date, last: date, wanted: Filters
) -> list[Item]:
    if not wanted.shows(ItemKind.TOUCHPOINT):
        return []
    zone = ctx.zone
    begin, end = rules.starts(first, zone), rules.starts(last + timedelta(days=1), zone)
    # Each column is asked for in the range, since each has an index; the day it was done on is what counts then.
    query = _touchpoint_columns(ctx, wanted).where(
        or_(
            _within(touchpoints.c.send_at, begin, end),
            _within(touchpoints.c.launched_at, begin, end),
            touchpoints.c.done_on.between(first, last),
        ),
        or_(
            and_(touchpoints.c.done_on.is_(None), _within(GOES_AT, begin, end)),
            touchpoints.c.done_on.between(first, last),
        ),
    )
    rows = await connection.execute(query.order_by(GOES_AT, touchpoints.c.id).limit(MOST_ITEMS + 1))
    return [_touchpoint(row, zone) for row in rows]


def _within(column: ColumnElement[datetime], begin: datetime, end: datetime) -> ColumnElement[bool]:
    return and_(column >= begin, column < end)


async def _undated(ctx: Context, connection: AsyncConnection, wanted: Filters) -> list[Item]:
    """Drafts that nobody gave a day, the newest first."""
    query = _touchpoint_columns(ctx, wanted).where(
        touchpoints.c.launched_at.is_(None), touchpoints.c.done_on.is_(None), touchpoints.c.send_at.is_(None)
    )
    rows = await connection.execute(query.order_by(touchpoints.c.id.desc()).limit(MOST_UNDATED))
    return [_touchpoint(row, ctx.zone) for row in rows]


def _touchpoint(row: Row[Any], zone: ZoneInfo) -> Item:
    at = None if row.done_on else row.at
    day = row.done_on or (None if at is None else rules.local_day(at, zone))
    return Item(
        ItemKind.TOUCHPOINT,
        row.id,
        row.name,
        row.campaign_id,
        row.state,
        day,
        day,
        row.launched_at is None and row.done_on is None,
        at,
        row.channel,
        row.audience_id,
        row.leader_id,
        row.updated_at,
    )


async def _tasks(ctx: Context, connection: AsyncConnection, first: date, last: date, wanted: Filters) -> list[Item]:
    kinds = [kind for kind in (ItemKind.TASK, ItemKind.DELIVERABLE, ItemKind.MILESTONE) if wanted.shows(kind)]
    if not kinds or wanted.channels or wanted.audiences:
        return []
    query = (
        select(
            tasks.c.kind,
            tasks.c.id,
            tasks.c.name,
            tasks.c.campaign_id,
            tasks.c.state,
            tasks.c.starts_on,
            tasks.c.ends_on,
            tasks.c.owner_id,
            tasks.c.updated_at,
        )
        .join(campaigns, campaigns.c.id == tasks.c.campaign_id)
        .where(
            tasks.c.workspace_id == ctx.workspace.id,
            tasks.c.kind.in_([kind.value for kind in kinds]),
            tasks.c.state != "cancelled",
            tasks.c.ends_on >= first,
            tasks.c.starts_on <= last,
            campaigns.c.state != "archived",
            _of_campaigns(ctx, wanted, tasks.c.campaign_id),
        )
    )
    if wanted.owners:
        query = query.where(tasks.c.owner_id.in_(wanted.owners))
    rows = await connection.execute(query.order_by(tasks.c.starts_on, tasks.c.id).limit(MOST_ITEMS + 1))
    return [
        Item(
            ItemKind(row.kind),
            row.id,
            row.name,
            row.campaign_id,
            row.state,
            row.starts_on,
            row.ends_on,
            row.state != "done",
            owner_id=row.owner_id,
            updated_at=row.updated_at,
        )
        for row in rows
    ]


async def _campaigns(
    ctx: Context, connection: AsyncConnection, first: date, last: date, wanted: Filters, named: Iterable[UUID]
) -> list[Bar]:
    today = ctx.today
    begins = func.coalesce(campaigns.c.starts_on, campaigns.c.ends_on)
    ends = func.coalesce(campaigns.c.ends_on, campaigns.c.starts_on)
    shown = and_(begins <= last, ends >= first, campaigns.c.state != "archived")
    if not wanted.shows(ItemKind.CAMPAIGN):
        shown = and_(shown, ~true())
    if wanted.owners:
        shown = and_(shown, campaigns.c.leader_id.in_(wanted.owners))
    if wanted.channels or wanted.audiences:
        of_them = select(touchpoints.c.id).where(touchpoints.c.campaign_id == campaigns.c.id)
        if wanted.channels:
            of_them = of_them.where(touchpoints.c.channel.in_(wanted.channels))
        if wanted.audiences:
            of_them = of_them.where(touchpoints.c.audience_id.in_(wanted.audiences))
        shown = and_(shown, of_them.exists())
    # As everywhere: a running campaign whose last day is over and of which nothing is being sent has ended.
    over = and_(campaigns.c.state == "running", campaigns.c.ends_on < today, ~sending(campaigns.c.id))
    rows = await connection.execute(
        select(
            campaigns.c.id,
            campaigns.c.name,
            campaigns.c.type,
            case((over, "ended"), else_=campaigns.c.state).label("state"),
            case((over, "learn"), else_=campaigns.c.stage).label("stage"),
            campaigns.c.starts_on,
            campaigns.c.ends_on,
            campaigns.c.leader_id,
            func.coalesce(campaign_priorities.c.priority, NORMAL).label("priority"),
            func.coalesce(shown, False).label("shown"),
            campaigns.c.updated_at,
        )
        .outerjoin(campaign_priorities, campaign_priorities.c.campaign_id == campaigns.c.id)
        .where(
            campaigns.c.workspace_id == ctx.workspace.id,
            _of_campaigns(ctx, wanted, campaigns.c.id),
            or_(shown, campaigns.c.id.in_(set(named))),
        )
        .order_by(begins, campaigns.c.id)
    )
    return [Bar(*row) for row in rows]


async def _moments(ctx: Context, connection: AsyncConnection, first: date, last: date) -> list[Moment]:
    found = await connection.execute(
        select(moments).where(
            moments.c.workspace_id == ctx.workspace.id,
            moments.c.starts_on <= last,
            or_(moments.c.yearly, moments.c.ends_on >= first),
        )
    )
    listed = [
        Moment(row.id, MomentKind(row.kind), row.name, begin, end, row.yearly, row.updated_at)
        for row in found
        for begin, end in rules.occurrences(row.starts_on, row.ends_on, row.yearly, first, last)
    ]
    return sorted(listed, key=lambda moment: (moment.starts_on, moment.ends_on, moment.name, moment.id))


async def list_moments(ctx: Context, connection: AsyncConnection) -> list[Row[Any]]:
    """The workspace's moments as they were written down, by their first day."""
    found = await connection.execute(
        select(moments).where(moments.c.workspace_id == ctx.workspace.id).order_by(moments.c.starts_on, moments.c.id)
    )
    return [*found]


async def find_moment(ctx: Context, connection: AsyncConnection, moment_id: UUID) -> Row[Any]:
    """One moment; raises NotFound."""
    found = await connection.execute(
        select(moments).where(moments.c.id == moment_id, moments.c.workspace_id == ctx.workspace.id)
    )
    row = found.first()
    if row is None:
        raise not_found("moment")
    return row


async def list_holidays(ctx: Context, connection: AsyncConnection, first: date, last: date) -> list[Holiday]:
    """Public holidays between two days: of the working calendar's country, and of the places chosen beside it."""
    week, _ = await load_weeks(ctx, connection)
    settings = await load_settings(connection, ctx.workspace.id)
    own = (Place(week.country, week.region),) if week.country else ()
    return holidays_of((*own, *settings.places), first, last)


def holidays_of(places: Iterable[Place], first: date, last: date) -> list[Holiday]:
    """The public holidays of the places between two days, in order."""
    wanted = list(dict.fromkeys(places))
    if not wanted:
        return []
    import holidays  # a tenth of a second, and not everybody asks

    found = []
    for place in wanted:
        years = range(first.year, last.year + 1)
        known = holidays.country_holidays(place.country, subdiv=place.region or None, years=years)
        found += [Holiday(day, name, str(place)) for day, name in known.items() if first <= day <= last]
    return sorted(found, key=lambda holiday: (holiday.day, holiday.place))


async def _names(ctx: Context, connection: AsyncConnection, table: Any, ids: Iterable[UUID | None]) -> dict[UUID, str]:
    wanted = {id for id in ids if id is not None}
    if not wanted:
        return {}
    query = select(table.c.id, table.c.name).where(table.c.id.in_(wanted))
    if "workspace_id" in table.c:
        query = query.where(table.c.workspace_id == ctx.workspace.id)
    return {row.id: row.name for row in await connection.execute(query)}
