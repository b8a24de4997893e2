"""List open problems of a campaign's tasks."""

from __future__ import annotations

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


async def of_tasks(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[Attention]:
    """List tasks over their day, those that will end after their deadline, and owners with too much to do."""
    today = ctx.today
    overdue = await reading.list_overdue(ctx, connection, campaign_id, _MOST)
    found = [
        Attention("task.late", "bad", "task", row.id, {"name": row.name, "days": (today - row.due).days})
        for row in overdue
    ]
    if overdue and overdue[0].all > _MOST:
        found.append(Attention("task.late_more", "bad", "tasks", campaign_id, {"count": overdue[0].all - _MOST}))
    will_miss = await reading.list_missing_deadlines(ctx, connection, campaign_id, _MOST)
    found += [
        Attention("task.misses_deadline", "look", "task", row.id, {"name": row.name, "days": row.days})
        for row in will_miss
    ]
    # What others ask of somebody is no business of a guest, who sees a part of the plan only.
    return found if ctx.actor.role is Role.GUEST else found + await _overloads(ctx, connection, campaign_id)


async def _overloads(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[Attention]:
    begin = monday(ctx.today)
    end = begin + AHEAD - timedelta(days=1)
    names = await reading.list_busy(ctx, connection, campaign_id, begin, end)
    if not names:
        return []
    work = await list_work(ctx, connection, begin, end, owners=names)
    week, weeks = await load_weeks(ctx, connection)
    calendars = Calendars(min([begin, *(piece.starts_on for piece in work)]), week, weeks)
    hours = load(work, calendars)
    found = []
    for owner, name in names.items():
        full = [
            (day, hours[owner, day] - calendars.capacity(owner, day))
            for day in (begin + timedelta(weeks=n) for n in range(AHEAD.days // 7))
            if hours.get((owner, day), 0) > calendars.capacity(owner, day)
        ]
        if full:
            day, over = full[0]
            values = {"name": name, "week_on": day.isoformat(), "hours": float(round(over, 1)), "weeks": len(full)}
            found.append(Attention("person.overloaded", "look", "person", owner, values))
    return found[:_MOST]
