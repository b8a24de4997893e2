"""What of a campaign's tasks wants attention."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Role
from gonfalon.accounts.tables import users
from gonfalon.planning.attention.model import Attention
from gonfalon.planning.timeline import store
from gonfalon.planning.timeline.capacity.rules import Calendars, load, monday
from gonfalon.planning.timeline.capacity.store import list_work
from gonfalon.planning.timeline.reading import OPEN
from gonfalon.planning.timeline.tables import tasks

AHEAD = timedelta(weeks=4)
"""How far one looks for weeks that are too full."""
_MOST = 3


def due_on() -> ColumnElement[object]:
    """The day a task has to be done: its deadline, or the end that is planned for it if that is sooner."""
    return func.least(tasks.c.ends_on, func.coalesce(tasks.c.deadline, tasks.c.ends_on))


def no_group() -> ColumnElement[bool]:
    """That a task has no parts: a group's work is that of its parts."""
    children = tasks.alias("children")
    return ~select(children.c.id).where(children.c.parent_id == tasks.c.id).exists()


async def of_tasks(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[Attention]:
    """Tasks over their day, those that will end after their deadline, and who of their owners is asked for too much."""
    today, due = ctx.today, due_on()
    late = due < today
    open_here = (
        tasks.c.campaign_id == campaign_id,
        tasks.c.workspace_id == ctx.workspace.id,
        tasks.c.state.in_(OPEN),
        no_group(),
    )
    overdue = (
        await connection.execute(
            select(tasks.c.id, tasks.c.name, due.label("due"), func.count().over().label("all"))
            .where(*open_here, late)
            .order_by(due, tasks.c.id)
            .limit(_MOST)
        )
    ).all()
    found = [
        Attention("task.late", "bad", "task", row.id, {"name": row.name, "days": (today - row.due).days})
        for row in overdue
    ]
    if overdue and overdue[0].all > _MOST:
        found.append(Attention("task.late_more", "bad", "tasks", campaign_id, {"count": overdue[0].all - _MOST}))
    will_miss = await connection.execute(
        select(tasks.c.id, tasks.c.name, (tasks.c.ends_on - tasks.c.deadline).label("days"))
        .where(*open_here, ~late, tasks.c.ends_on > tasks.c.deadline)
        .order_by(due, tasks.c.id)
        .limit(_MOST)
    )
    found += [
        Attention("task.misses_deadline", "look", "task", row.id, {"name": row.name, "days": row.days})
        for row in will_miss
    ]
    # What others ask of somebody is no business of a guest, who sees a part of the plan only.
    return found if ctx.actor.role is Role.GUEST else found + await _overloads(ctx, connection, campaign_id)


async def _overloads(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[Attention]:
    begin = monday(ctx.today)
    end = begin + AHEAD - timedelta(days=1)
    asked = await connection.execute(
        select(users.c.id, users.c.name)
        .join(tasks, tasks.c.owner_id == users.c.id)
        .where(
            tasks.c.campaign_id == campaign_id,
            tasks.c.workspace_id == ctx.workspace.id,
            tasks.c.state.in_(OPEN),
            tasks.c.effort_hours > 0,
            tasks.c.starts_on <= end,
            tasks.c.ends_on >= begin,
        )
        .distinct()
        .order_by(users.c.name, users.c.id)
    )
    names = {row.id: row.name for row in asked}
    if not names:
        return []
    work = await list_work(ctx, connection, begin, end, owners=names)
    week, weeks = await store.load_weeks(ctx, connection)
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
