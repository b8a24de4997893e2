"""List open problems of a campaign's tasks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Role
from gonfalon.accounts.workdays.store import load_weeks
from gonfalon.planning.timeline import reading
from gonfalon.planning.timeline.capacity.rules import Calendars, load, monday
from gonfalon.planning.timeline.capacity.store import list_work
from gonfalon.teamwork.attention import Attention

AHEAD = timedelta(weeks=4)
"""How far one looks for weeks that are too full."""
_MOST = 3


async def of_tasks(ctx: Context, connection: AsyncConnection, campaign_ids: Sequence[UUID]) -> list[Attention]:
    """List tasks over their day, those that will end after their deadline, and owners with too much to do."""
    today = ctx.today
    found = []
    told: set[UUID] = set()
    for row in await reading.list_overdue(ctx, connection, campaign_ids, _MOST):
        values = {"name": row.name, "days": (today - row.due).days}
        found.append(Attention(row.campaign_id, "task.late", "bad", "task", row.id, values))
        if row.all > _MOST and row.campaign_id not in told:
            told.add(row.campaign_id)
            more = ("tasks", row.campaign_id, {"count": row.all - _MOST})
            found.append(Attention(row.campaign_id, "task.late_more", "bad", *more))
    found.sort(key=lambda each: each.code != "task.late")
    found += [
        Attention(row.campaign_id, "task.misses_deadline", "look", "task", row.id, {"name": row.name, "days": row.days})
        for row in await reading.list_missing_deadlines(ctx, connection, campaign_ids, _MOST)
    ]
    # What others ask of somebody is no business of a guest, who sees a part of the plan only.
    return found if ctx.actor.role is Role.GUEST else found + await _overloads(ctx, connection, campaign_ids)


async def _overloads(ctx: Context, connection: AsyncConnection, campaign_ids: Sequence[UUID]) -> list[Attention]:
    begin = monday(ctx.today)
    end = begin + AHEAD - timedelta(days=1)
    busy = await reading.list_busy(ctx, connection, campaign_ids, begin, end)
    if not busy:
        return []
    work = await list_work(ctx, connection, begin, end, owners={owner for names in busy.values() for owner in names})
    week, weeks = await load_weeks(ctx, connection)
    calendars = Calendars(min([begin, *(piece.starts_on for piece in work)]), week, weeks)
    hours = load(work, calendars)
    found = []
    for campaign_id, names in busy.items():
        here = []
        for owner, name in names.items():
            full = [
                (day, hours[owner, day] - calendars.capacity(owner, day))
                for day in (begin + timedelta(weeks=n) for n in range(AHEAD.days // 7))
                if hours.get((owner, day), 0) > calendars.capacity(owner, day)
            ]
            if full:
                day, over = full[0]
                values = {"name": name, "week_on": day.isoformat(), "hours": float(round(over, 1)), "weeks": len(full)}
                here.append(Attention(campaign_id, "person.overloaded", "look", "person", owner, values))
        found += here[:_MOST]
    return found
