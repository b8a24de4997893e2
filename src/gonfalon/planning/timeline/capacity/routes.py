"""Capacity over HTTP."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.members.store import list_members
from gonfalon.accounts.model import Permission
from gonfalon.accounts.workdays.store import load_weeks
from gonfalon.kit.days import Day
from gonfalon.kit.errors import Invalid
from gonfalon.planning.timeline.capacity.rules import Calendars, load, monday
from gonfalon.planning.timeline.capacity.schemas import (
    AskedOut,
    CapacityOut,
    PersonLoad,
    WeekLoad,
)
from gonfalon.planning.timeline.capacity.store import MOST_ASKED, count_unestimated, list_asked, list_work

router = APIRouter(tags=["timeline"])
_BASE = "/workspaces/{workspace}"
_From = Annotated[Day | None, Query(alias="from", description="A day of the first week; without it: this week")]
MOST_WEEKS = 60


def _span(first: date | None, last: date | None, today: date) -> tuple[date, date]:
    first = monday(first or (last if last and last < today else today))
    last = monday(last or first + timedelta(weeks=11)) + timedelta(days=6)
    if not 1970 <= first.year <= 2200 or last < first or (last - first).days > 7 * MOST_WEEKS:
        raise Invalid(
            "weeks_out_of_range", f"Ask for one to {MOST_WEEKS} weeks, the first before the last.", most=MOST_WEEKS
        )
    return first, last


@router.get(_BASE + "/capacity", operation_id="get_capacity")
async def get_capacity(
    ctx: Ctx, first: _From = None, to: Annotated[Day | None, Query(description="A day of the last week")] = None
) -> CapacityOut:
    """Return hours asked of each member in each week, across all campaigns, beside the hours they have."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    begin, end = _span(first, to, ctx.today)
    async with ctx.reading() as connection:
        people = await list_members(ctx, connection, guests=False)
        work = await list_work(ctx, connection, begin, end)
        unestimated = await count_unestimated(ctx, connection, begin, end)
        week, weeks = await load_weeks(ctx, connection)
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
    user_id: UUID, ctx: Ctx, first: _From = None, to: Annotated[Day | None, Query()] = None
) -> AskedOut:
    """Return what one member is asked for in a span of weeks, in campaigns you may see."""
    ctx.require(Permission.CAMPAIGNS_READ)
    begin, end = _span(first, to or first, ctx.today)
    async with ctx.reading() as connection:
        rows = await list_asked(ctx, connection, user_id, begin, end)
    items = rows[:MOST_ASKED]
    return AskedOut(items=items, more=len(rows) > MOST_ASKED)
