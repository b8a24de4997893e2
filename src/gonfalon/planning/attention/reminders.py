"""Telling people of what is due: owners of tasks, and who still has to decide an approval."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, Text, and_, case, cast, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.tables import members
from gonfalon.planning.approvals.progress import tell_of_deadline
from gonfalon.planning.approvals.tables import approval_requests, approval_steps
from gonfalon.planning.tables import campaigns
from gonfalon.planning.timeline.attention import due_on, no_group
from gonfalon.planning.timeline.reading import OPEN
from gonfalon.planning.timeline.rules import working_days
from gonfalon.planning.timeline.store import load_weeks
from gonfalon.planning.timeline.tables import tasks
from gonfalon.teamwork.actions import notify
from gonfalon.teamwork.model import NoticeKind, Thing, ThingKind
from gonfalon.teamwork.tables import notices

SOON = 2
"""Working days ahead in which something counts as due soon."""
BACK = timedelta(days=14)
"""What was due longer ago is told to nobody any more: they know, or nobody cares."""
FIRST_HOUR = 6
"""The hour of the workspace's clock from which on the day's reminders go out."""


async def remind_of_due(ctx: Context) -> int:
    """Tells owners of open tasks, and approvers, of what is due soon or over; each once for each day it is due.

    Before FIRST_HOUR of the workspace's clock nobody is told; asked for again, nobody is told again. Returns how many
    notices it made.
    """
    zone = ctx.zone
    if ctx.now.astimezone(zone).hour < FIRST_HOUR:
        return 0
    async with ctx.transaction() as connection:
        week, _ = await load_weeks(ctx, connection)
        calendar = working_days(ctx.today, week)
        soon = date.fromordinal(calendar.at(calendar.last_until(ctx.today.toordinal()) + SOON))
        told = 0
        for row in await _due_tasks(ctx, connection, soon):
            thing, on = Thing(ThingKind.TASK, row.id), row.due.isoformat()
            made = await notify(
                ctx,
                connection,
                NoticeKind(row.notice),
                to=[row.owner_id],
                thing=thing,
                title=row.name,
                campaign_id=row.campaign_id,
                once=on,
                on=on,
            )
            told += len(made)
        for request_id in await _due_requests(ctx, connection, datetime.combine(soon, time.max, zone)):
            told += len(await tell_of_deadline(ctx, connection, request_id))
    return told


async def _due_tasks(ctx: Context, connection: AsyncConnection, soon: date) -> list[Row[Any]]:
    """Open tasks of members, and which notice of them is still to be made. Relies on ix_tasks_dates."""
    due = due_on()
    notice = case((due < ctx.today, NoticeKind.OVERDUE.value), else_=NoticeKind.DUE_SOON.value)
    had = (
        select(notices.c.id)
        .where(
            notices.c.workspace_id == tasks.c.workspace_id,
            notices.c.user_id == tasks.c.owner_id,
            notices.c.kind == notice,
            notices.c.thing_id == tasks.c.id,
            notices.c.once == cast(due, Text),
        )
        .exists()
    )
    query: Select[Any] = (
        select(
            tasks.c.id, tasks.c.name, tasks.c.owner_id, tasks.c.campaign_id, due.label("due"), notice.label("notice")
        )
        .join(members, and_(members.c.workspace_id == tasks.c.workspace_id, members.c.user_id == tasks.c.owner_id))
        .join(campaigns, campaigns.c.id == tasks.c.campaign_id)
        .where(
            tasks.c.workspace_id == ctx.workspace.id,
            tasks.c.state.in_(OPEN),
            due.between(ctx.today - BACK, soon),
            campaigns.c.state.in_(("planned", "running")),
            no_group(),
            ~had,
        )
        .order_by(due, tasks.c.id)
    )
    return list((await connection.execute(query)).all())


async def _due_requests(ctx: Context, connection: AsyncConnection, until: datetime) -> list[UUID]:
    """Requests whose open step is due until then and was opened on a day before: of today's one was just told."""
    r, step = approval_requests, approval_steps
    midnight = datetime.combine(ctx.today, time(), ctx.zone)
    found = await connection.execute(
        select(r.c.id)
        .join(step, and_(step.c.request_id == r.c.id, step.c.position == r.c.step))
        .where(
            r.c.workspace_id == ctx.workspace.id,
            r.c.state == "waiting",
            r.c.void_since.is_(None),
            step.c.opened_at < midnight,
            step.c.due_at.between(ctx.now, until),
        )
        .order_by(r.c.id)
    )
    return list(found.scalars())
