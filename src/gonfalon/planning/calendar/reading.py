"""Read what stands on the calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, and_, case, cast, func, literal, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.access import seen_campaigns
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.accounts.tables import users
from gonfalon.accounts.workdays.rules import free_days, holidays_in, working_days
from gonfalon.accounts.workdays.store import load_weeks
from gonfalon.audiences.tables import audiences
from gonfalon.delivery.tables import dispatches
from gonfalon.kit.rows import all_of
from gonfalon.planning.calendar import rules
from gonfalon.planning.calendar.model import (
    Calendar,
    CalendarBar,
    CalendarHoliday,
    CalendarItem,
    CalendarMoment,
    Filters,
    HolidayRegion,
    ItemKind,
    StoredMoment,
)
from gonfalon.planning.calendar.settings import load_settings
from gonfalon.planning.calendar.store import NORMAL
from gonfalon.planning.campaigns.store import stage_on, state_on
from gonfalon.planning.tables.calendar import campaign_priorities, moments
from gonfalon.planning.tables.campaigns import campaigns
from gonfalon.planning.tables.timeline import tasks
from gonfalon.planning.tables.touchpoints import IN_USE, touchpoints
from gonfalon.planning.touchpoints.store import GOES_AT, STATE

MOST_ITEMS = 20_000
MOST_UNDATED = 500


async def read_calendar(
    ctx: Context, connection: AsyncConnection, first: date, last: date, wanted: Filters
) -> Calendar:
    """Read everything between two days (inclusive) that the actor may see; raises Invalid for a range without sense."""
    rules.check_range(first, last)
    week, _ = await load_weeks(ctx, connection)
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
        undated[:MOST_UNDATED],
        await _moments(ctx, connection, first, last) if wanted.shows(ItemKind.MOMENT) else [],
        await list_holidays(ctx, connection, first, last) if wanted.shows(ItemKind.HOLIDAY) else [],
        await _names(ctx, connection, audiences, {item.audience_id for item in (*items, *undated)}),
        await _names(ctx, connection, users, owners),
        list(week.weekdays),
        free_days(working_days(first, week), first, last, week.weekdays),
        len(items) > MOST_ITEMS or len(undated) > MOST_UNDATED,
    )


def _of_campaigns(ctx: Context, wanted: Filters, campaign_id: ColumnElement[UUID]) -> ColumnElement[bool]:
    chosen = campaign_id.in_(wanted.campaigns) if wanted.campaigns else true()
    return and_(seen_campaigns(ctx, campaign_id), chosen)


def _touchpoint_columns(ctx: Context, wanted: Filters) -> Select[Any]:
    t = touchpoints.c
    local = cast(func.timezone(ctx.workspace.time_zone, GOES_AT), Date)
    day = func.coalesce(t.done_on, local)
    query = (
        select(
            literal(ItemKind.TOUCHPOINT.value).label("kind"),
            t.id,
            t.name,
            t.campaign_id,
            STATE.label("state"),
            day.label("starts_on"),
            day.label("ends_on"),
            and_(t.launched_at.is_(None), t.done_on.is_(None)).label("movable"),
            case((t.done_on.is_(None), GOES_AT)).label("at"),
            t.channel,
            t.audience_id,
            campaigns.c.leader_id.label("owner_id"),
            t.updated_at,
        )
        .join(campaigns, campaigns.c.id == touchpoints.c.campaign_id)
        .outerjoin(dispatches, dispatches.c.touchpoint_id == touchpoints.c.id)
        .where(
            touchpoints.c.workspace_id == ctx.workspace.id,
            IN_USE,
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
) -> list[CalendarItem]:
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
    return await all_of(connection, query.order_by(GOES_AT, touchpoints.c.id).limit(MOST_ITEMS + 1), CalendarItem)


def _within(column: ColumnElement[datetime], begin: datetime, end: datetime) -> ColumnElement[bool]:
    return and_(column >= begin, column < end)


async def _undated(ctx: Context, connection: AsyncConnection, wanted: Filters) -> list[CalendarItem]:
    """Return drafts that nobody gave a day, the newest first."""
    query = _touchpoint_columns(ctx, wanted).where(
        touchpoints.c.launched_at.is_(None), touchpoints.c.done_on.is_(None), touchpoints.c.send_at.is_(None)
    )
    return await all_of(connection, query.order_by(touchpoints.c.id.desc()).limit(MOST_UNDATED + 1), CalendarItem)


async def _tasks(
    ctx: Context, connection: AsyncConnection, first: date, last: date, wanted: Filters
) -> list[CalendarItem]:
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
            (tasks.c.state != "done").label("movable"),
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
    return await all_of(connection, query.order_by(tasks.c.starts_on, tasks.c.id).limit(MOST_ITEMS + 1), CalendarItem)


async def _campaigns(
    ctx: Context, connection: AsyncConnection, first: date, last: date, wanted: Filters, named: Iterable[UUID]
) -> list[CalendarBar]:
    today = ctx.today
    begins = func.coalesce(campaigns.c.starts_on, campaigns.c.ends_on)
    ends = func.coalesce(campaigns.c.ends_on, campaigns.c.starts_on)
    shown = and_(begins <= last, ends >= first, campaigns.c.state != "archived")
    if not wanted.shows(ItemKind.CAMPAIGN):
        shown = and_(shown, ~true())
    if wanted.owners:
        shown = and_(shown, campaigns.c.leader_id.in_(wanted.owners))
    if wanted.channels or wanted.audiences:
        of_them = select(touchpoints.c.id).where(touchpoints.c.campaign_id == campaigns.c.id, IN_USE)
        if wanted.channels:
            of_them = of_them.where(touchpoints.c.channel.in_(wanted.channels))
        if wanted.audiences:
            of_them = of_them.where(touchpoints.c.audience_id.in_(wanted.audiences))
        shown = and_(shown, of_them.exists())
    query = (
        select(
            campaigns.c.id,
            campaigns.c.name,
            campaigns.c.type,
            state_on(today).label("state"),
            stage_on(today).label("stage"),
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
    return await all_of(connection, query, CalendarBar)


async def _moments(ctx: Context, connection: AsyncConnection, first: date, last: date) -> list[CalendarMoment]:
    if not ctx.may(Permission.SETTINGS_READ):  # moments are the workspace's, of no campaign
        return []
    query = select(moments).where(
        moments.c.workspace_id == ctx.workspace.id,
        moments.c.starts_on <= last,
        or_(moments.c.yearly, moments.c.ends_on >= first),
    )
    listed = [
        CalendarMoment(each.id, each.kind, each.name, begin, end, each.yearly, each.updated_at)
        for each in await all_of(connection, query, StoredMoment)
        for begin, end in rules.occurrences(each.starts_on, each.ends_on, each.yearly, first, last)
    ]
    return sorted(listed, key=lambda moment: (moment.starts_on, moment.ends_on, moment.name, moment.id))


async def list_holidays(ctx: Context, connection: AsyncConnection, first: date, last: date) -> list[CalendarHoliday]:
    """List public holidays between two days: of the working calendar's country, and of the places chosen beside it."""
    settings = await load_settings(connection, ctx.workspace.id)
    own = await own_place(ctx, connection)
    return holidays_of((*((own,) if own else ()), *settings.places), first, last, ctx.workspace.language)


async def own_place(ctx: Context, connection: AsyncConnection) -> HolidayRegion | None:
    """Return whose holidays the calendar shows from the start: those that are free by the working calendar."""
    week, _ = await load_weeks(ctx, connection)
    return HolidayRegion(week.country, week.region) if week.country else None


def holidays_of(places: Iterable[HolidayRegion], first: date, last: date, language: str) -> list[CalendarHoliday]:
    """Return the public holidays of the places between two days, in order, named in this language."""
    found = []
    for place in dict.fromkeys(places):
        known = holidays_in(place.country, place.region, range(first.year, last.year + 1), language)
        found += [CalendarHoliday(day, name, str(place)) for day, name in known.items() if first <= day <= last]
    return sorted(found, key=lambda holiday: (holiday.day, holiday.place))


async def _names(ctx: Context, connection: AsyncConnection, table: Any, ids: Iterable[UUID | None]) -> dict[UUID, str]:
    wanted = {id for id in ids if id is not None}
    if not wanted:
        return {}
    query = select(table.c.id, table.c.name).where(table.c.id.in_(wanted))
    if "workspace_id" in table.c:
        query = query.where(table.c.workspace_id == ctx.workspace.id)
    return {row.id: row.name for row in await connection.execute(query)}
