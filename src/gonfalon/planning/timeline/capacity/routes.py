"""Capacity and working calendars over HTTP."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.errors import Invalid
from gonfalon.planning.timeline import store
from gonfalon.planning.timeline.capacity import actions
from gonfalon.planning.timeline.capacity.rules import Calendars, load, monday
from gonfalon.planning.timeline.capacity.schemas import (
    AskedOut,
    AskedRow,
    CapacityOut,
    CountryOut,
    HolidayOut,
    MemberCalendarIn,
    MemberCalendarOut,
    PersonLoad,
    WeekLoad,
    WorkCalendarIn,
    WorkCalendarOut,
)
from gonfalon.planning.timeline.capacity.store import count_unestimated, list_asked, list_calendars, list_work
from gonfalon.planning.timeline.model import Week

router = APIRouter(tags=["timeline"])
_BASE = "/workspaces/{workspace}"
_From = Annotated[date | None, Query(alias="from", description="A day of the first week; without it: this week")]
MOST_WEEKS = 60


def _span(first: date | None, last: date | None, today: date) -> tuple[date, date]:
    first = monday(first or (last if last and last < today else today))
    last = monday(last or first + timedelta(weeks=11)) + timedelta(days=6)
    if not 1970 <= first.year <= 2200 or last < first or (last - first).days > 7 * MOST_WEEKS:
        raise Invalid("weeks_out_of_range", f"Ask for one to {MOST_WEEKS} weeks, the first before the last.")
    return first, last


@router.get(_BASE + "/capacity", operation_id="get_capacity")
async def get_capacity(
    ctx: Ctx, first: _From = None, to: Annotated[date | None, Query(description="A day of the last week")] = None
) -> CapacityOut:
    """Hours asked of each member in each week, across all campaigns, beside the hours they have."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    begin, end = _span(first, to, ctx.today)
    async with ctx.reading() as connection:
        people = await store.list_members(ctx, connection)
        work = await list_work(ctx, connection, begin, end)
        unestimated = await count_unestimated(ctx, connection, begin, end)
        week, weeks = await store.load_weeks(ctx, connection)
    calendars = Calendars(min([begin, *(piece.starts_on for piece in work)]), week, weeks)
    asked = load(work, calendars)
    mondays = [begin + timedelta(weeks=n) for n in range(((end - begin).days + 1) // 7)]
    return CapacityOut(
        first=begin,
        last=end,
        people=[
            PersonLoad(
                id=row.id,
                name=row.name,
                unestimated=unestimated.get(row.id, 0),
                weeks=[
                    WeekLoad(
                        week=day,
                        capacity=calendars.capacity(row.id, day),
                        load=asked.get((row.id, day), Decimal(0)),
                    )
                    for day in mondays
                ],
            )
            for row in people
        ],
    )


@router.get(_BASE + "/capacity/{user_id}", operation_id="list_asked_of")
async def list_asked_of(
    user_id: UUID, ctx: Ctx, first: _From = None, to: Annotated[date | None, Query()] = None
) -> AskedOut:
    """What one member is asked for in a span of weeks, in campaigns you may see."""
    ctx.require(Permission.CAMPAIGNS_READ)
    begin, end = _span(first, to or first, ctx.today)
    async with ctx.reading() as connection:
        rows = await list_asked(ctx, connection, user_id, begin, end)
    return AskedOut(items=[AskedRow.model_validate(row, from_attributes=True) for row in rows])


async def _calendar(ctx: Context) -> WorkCalendarOut:
    async with ctx.reading() as connection:
        week, _ = await store.load_weeks(ctx, connection)
        rows = {row.user_id: row for row in await list_calendars(ctx, connection)}
        people = await store.list_members(ctx, connection)
    members = []
    for person in people:
        row = rows.get(person.id)
        members.append(
            MemberCalendarOut(
                id=person.id,
                name=person.name,
                weekdays=row.weekdays if row else None,
                hours_per_day=row.hours_per_day if row else None,
                days_off=row.days_off if row else [],
            )
        )
    return WorkCalendarOut(
        weekdays=list(week.weekdays),
        hours_per_day=week.hours_per_day,
        country=week.country,
        region=week.region,
        days_off=sorted(week.days_off),
        members=members,
        holidays=[HolidayOut(day=day, name=name) for day, name in actions.next_holidays(week, ctx.today)],
        countries=[CountryOut(code=code, regions=regions) for code, regions in sorted(actions.countries().items())],
    )


@router.get(_BASE + "/work-calendar", operation_id="get_work_calendar")
async def get_work_calendar(ctx: Ctx) -> WorkCalendarOut:
    """When the workspace works, and which members differ from it."""
    ctx.require(Permission.CAMPAIGNS_READ)
    return await _calendar(ctx)


@router.put(_BASE + "/work-calendar", operation_id="set_work_calendar")
async def set_work_calendar(body: WorkCalendarIn, ctx: Ctx) -> WorkCalendarOut:
    """Sets when the workspace works. Timelines keep their dates and say that they are stale until planned again."""
    await actions.set_work_calendar(
        ctx, Week(tuple(body.weekdays), body.hours_per_day, body.country, body.region, frozenset(body.days_off))
    )
    return await _calendar(ctx)


@router.put(_BASE + "/work-calendar/members/{user_id}", operation_id="set_member_calendar")
async def set_member_calendar(user_id: UUID, body: MemberCalendarIn, ctx: Ctx) -> WorkCalendarOut:
    """Sets how a member's week differs from the workspace's."""
    await actions.set_member_calendar(ctx, user_id, body.weekdays, body.hours_per_day, body.days_off)
    return await _calendar(ctx)
