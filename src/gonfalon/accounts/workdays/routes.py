"""Working calendars over HTTP."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.context import Context
from gonfalon.accounts.members.store import list_members
from gonfalon.accounts.model import Permission
from gonfalon.accounts.workdays import actions
from gonfalon.accounts.workdays.model import Week
from gonfalon.accounts.workdays.schemas import (
    CountryOut,
    HolidayOut,
    MemberCalendarIn,
    MemberCalendarOut,
    WorkCalendarIn,
    WorkCalendarOut,
)
from gonfalon.accounts.workdays.store import list_calendars, load_weeks

router = APIRouter(tags=["timeline"])
_BASE = "/workspaces/{workspace}"


async def _calendar(ctx: Context) -> WorkCalendarOut:
    async with ctx.reading() as connection:
        week, _ = await load_weeks(ctx, connection)
        rows = {row.user_id: row for row in await list_calendars(ctx, connection)}
        people = await list_members(ctx, connection, guests=False)
    if not ctx.may(Permission.SETTINGS_READ):
        people = [person for person in people if str(person.id) == ctx.actor.id]
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
        holidays=[
            HolidayOut(day=day, name=name)
            for day, name in actions.next_holidays(week, ctx.today, ctx.workspace.language)
        ],
        countries=[CountryOut(code=code, regions=regions) for code, regions in sorted(actions.countries().items())],
    )


@router.get(_BASE + "/work-calendar", operation_id="get_work_calendar")
async def get_work_calendar(ctx: Ctx) -> WorkCalendarOut:
    """Return when the workspace works, and which members differ from it."""
    ctx.require(Permission.CAMPAIGNS_READ)
    return await _calendar(ctx)


@router.put(_BASE + "/work-calendar", operation_id="set_work_calendar")
async def set_work_calendar(body: WorkCalendarIn, ctx: Ctx) -> WorkCalendarOut:
    """Set when the workspace works. Timelines keep their dates and say that they are stale until planned again."""
    await actions.set_work_calendar(
        ctx, Week(tuple(body.weekdays), body.hours_per_day, body.country, body.region, frozenset(body.days_off))
    )
    return await _calendar(ctx)


@router.put(_BASE + "/work-calendar/members/{user_id}", operation_id="set_member_calendar")
async def set_member_calendar(user_id: UUID, body: MemberCalendarIn, ctx: Ctx) -> WorkCalendarOut:
    """Set how a member's week differs from the workspace's."""
    await actions.set_member_calendar(ctx, user_id, body.weekdays, body.hours_per_day, body.days_off)
    return await _calendar(ctx)
