"""Read what the pages of the timeline show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta
from operator import attrgetter
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.access import seen_campaigns
from gonfalon.accounts.context import Context
from gonfalon.accounts.members.store import list_members
from gonfalon.accounts.tables import users
from gonfalon.accounts.versions import not_found
from gonfalon.accounts.workdays.model import WorkingDays
from gonfalon.accounts.workdays.rules import free_days, working_days
from gonfalon.kit.errors import GonfalonError
from gonfalon.kit.paging import PageRequest
from gonfalon.kit.queries import has_words
from gonfalon.kit.rows import all_of
from gonfalon.planning.model import Named
from gonfalon.planning.tables.campaigns import campaigns
from gonfalon.planning.tables.timeline import task_links, tasks
from gonfalon.planning.timeline import rules, store
from gonfalon.planning.timeline.baselines.store import list_baselines
from gonfalon.planning.timeline.changes import TimelineState, memory_of
from gonfalon.planning.timeline.model import MissedDeadline, OverdueTask, Task, TaskState
from gonfalon.planning.timeline.schedule import Schedule
from gonfalon.planning.timeline.schemas import TaskFound, TaskOut, WorkRow
from gonfalon.planning.timeline.store import OPEN, due_on, no_group


async def read_timeline(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, since: str | None = None
) -> bytes:
    """Read a campaign's timeline as the JSON of a TimelineOut, or of TimelineChanges `since` a token; raises NotFound.

    Thousands of rows of our own making: written at once, without a model of each that would only be validated again.
    """
    _, plan = await store.load_plan(ctx, connection, campaign_id)
    t = tasks.c
    rows = await connection.execute(
        select(t.baseline_starts_on, t.baseline_ends_on, t.recurrence_id, t.version)
        .where(t.campaign_id == campaign_id, t.workspace_id == ctx.workspace.id)
        .order_by(*store.ORDER)
    )
    kept = dict(zip(plan.tasks, rows, strict=True))
    try:
        dates = rules.scheduled(plan)
    except GonfalonError:  # a calendar has changed so that there is no schedule: the stored dates are shown, stale
        dates = Schedule()
    stale = sum(
        at is None or at.starts_on != task.starts_on or at.ends_on != task.ends_on
        for task, at in ((task, dates.dates.get(id)) for id, task in plan.tasks.items())
    )
    days = [day for task in plan.tasks.values() for day in (task.starts_on, task.ends_on)]
    first, last = min(days, default=None), max(days, default=None)
    calendar = working_days(min([plan.begins_on, *days]), plan.week)
    groups = plan.groups()
    order = rules.in_order(plan.tasks)
    answer = TimelineState(
        [task.id for task, _ in order],
        [_encode(_row(task, depth, task.id in groups, kept[task.id], dates, calendar)) for task, depth in order],
        [(link.predecessor_id, link.successor_id) for link in plan.links],
        [_encode(dict(zip(_LINK_ROW, _LINK(link), strict=True))) for link in plan.links],
    )
    head = {
        "people": [{"id": row.id, "name": row.name} for row in await list_members(ctx, connection)],
        "starts_on": first,
        "ends_on": last,
        "today": ctx.today,
        "weekdays": plan.week.weekdays,
        "days_off": free_days(calendar, first, last + timedelta(days=31), plan.week.weekdays) if first and last else [],
        "stale": stale,
        "baselines": [asdict(each) for each in await list_baselines(ctx, connection, campaign_id)],
    }
    return memory_of(ctx).tell(campaign_id, head, answer, since)


_LINK_ROW = ("predecessor_id", "successor_id", "kind", "lag_days")
_LINK = attrgetter(*_LINK_ROW)
_encode = msgspec.json.Encoder().encode


def _row(task: Task, depth: int, group: bool, kept: Any, dates: Schedule, calendar: WorkingDays) -> dict[str, Any]:
    """Return a TaskRow, as plain values."""
    at = dates.dates.get(task.id)
    slip = None
    if kept.baseline_ends_on is not None:
        slip = calendar.last_until(task.ends_on.toordinal()) - calendar.last_until(kept.baseline_ends_on.toordinal())
    return {
        "id": task.id,
        "parent_id": task.parent_id,
        "depth": depth,
        "group": group,
        "kind": task.kind,
        "name": task.name,
        "owner_id": task.owner_id,
        "state": task.state,
        "duration_days": calendar.between(task.starts_on, task.ends_on) if group else task.duration_days,
        "effort_hours": None if task.effort_hours is None else float(task.effort_hours),
        "not_before": task.not_before,
        "deadline": task.deadline,
        "fixed_on": task.fixed_on,
        "starts_on": task.starts_on,
        "ends_on": task.ends_on,
        "baseline_starts_on": kept.baseline_starts_on,
        "baseline_ends_on": kept.baseline_ends_on,
        "slip_days": slip,
        "done_on": task.done_on,
        "slack_days": at.slack if at else None,
        "critical": bool(at and at.critical and not group),
        "late_days": at.late if at else 0,
        "recurring": kept.recurrence_id is not None,
        "version": kept.version,
    }


async def read_task(ctx: Context, connection: AsyncConnection, task_id: UUID) -> TaskOut:
    """Read one task; raises NotFound."""
    parents = tasks.alias("parents")
    found = await connection.execute(
        select(
            tasks,
            campaigns.c.name.label("campaign_name"),
            users.c.name.label("owner_name"),
            parents.c.name.label("parent_name"),
        )
        .join(campaigns, campaigns.c.id == tasks.c.campaign_id)
        .outerjoin(users, users.c.id == tasks.c.owner_id)
        .outerjoin(parents, parents.c.id == tasks.c.parent_id)
        .where(
            tasks.c.id == task_id, tasks.c.workspace_id == ctx.workspace.id, seen_campaigns(ctx, tasks.c.campaign_id)
        )
    )
    row = found.first()
    if row is None:
        raise not_found("task")
    near = await connection.execute(
        select(tasks.c.id, tasks.c.name, (task_links.c.successor_id == task_id).label("before"))
        .join(
            task_links,
            or_(
                and_(task_links.c.predecessor_id == tasks.c.id, task_links.c.successor_id == task_id),
                and_(task_links.c.successor_id == tasks.c.id, task_links.c.predecessor_id == task_id),
            ),
        )
        .where(tasks.c.workspace_id == ctx.workspace.id)
        .order_by(tasks.c.starts_on, tasks.c.id)
    )
    others = near.all()
    values = {name: value for name, value in row._mapping.items() if name in TaskOut.model_fields}
    return TaskOut(
        **values,
        parent=Named(id=row.parent_id, name=row.parent_name) if row.parent_id else None,
        owner=Named(id=row.owner_id, name=row.owner_name) if row.owner_id else None,
        waits_for=[Named(id=one.id, name=one.name) for one in others if one.before],
        holds_back=[Named(id=one.id, name=one.name) for one in others if not one.before],
    )


async def find_tasks(ctx: Context, connection: AsyncConnection, words: str, limit: int) -> list[TaskFound]:
    """Find tasks of all campaigns that the actor may see whose names have the words: open ones first, by their end."""
    t = tasks.c
    query = (
        select(
            t.id, t.name, t.kind, t.state, t.campaign_id, campaigns.c.name.label("campaign_name"),
            users.c.name.label("owner_name"), t.ends_on,
        )
        .join(campaigns, campaigns.c.id == t.campaign_id)
        .outerjoin(users, users.c.id == t.owner_id)
        .where(
            t.workspace_id == ctx.workspace.id,
            campaigns.c.state != "archived",
            seen_campaigns(ctx, t.campaign_id),
            has_words(words, t.name),
        )
        .order_by(t.state.in_(OPEN).desc(), t.ends_on, t.id)
        .limit(limit)
    )  # fmt: skip
    return [TaskFound(**row._mapping) for row in await connection.execute(query)]


async def list_work(
    ctx: Context,
    connection: AsyncConnection,
    page: PageRequest,
    owner_id: UUID,
    *,
    done: bool,
    campaign_id: UUID | None,
    words: str,
) -> list[WorkRow]:
    """List somebody's tasks in all campaigns they may see: open ones by their end, done ones the latest first.

    One more than the page holds. Groups are left out: their work is that of their parts.
    """
    before = tasks.alias("before")
    waiting = (
        select(task_links.c.id)
        .join(before, before.c.id == task_links.c.predecessor_id)
        .where(
            or_(task_links.c.successor_id == tasks.c.id, task_links.c.successor_id == tasks.c.parent_id),
            or_(
                and_(task_links.c.kind == "fs", before.c.state.in_(OPEN)),
                and_(task_links.c.kind == "ss", before.c.state == TaskState.TODO.value),
            ),
        )
        .exists()
    )
    t = tasks.c
    query = (
        select(
            t.id, t.name, t.kind, t.campaign_id, campaigns.c.name.label("campaign_name"), t.state, t.starts_on,
            t.ends_on, t.deadline, t.done_on, t.effort_hours, t.version, waiting.label("waiting"),
        )
        .join(campaigns, campaigns.c.id == t.campaign_id)
        .where(
            t.workspace_id == ctx.workspace.id,
            t.owner_id == owner_id,
            campaigns.c.state != "archived",
            seen_campaigns(ctx, t.campaign_id),
            no_group(),
            t.state.in_((TaskState.DONE.value,) if done else OPEN),
            has_words(words, t.name),
        )
    )  # fmt: skip
    if campaign_id is not None:
        query = query.where(t.campaign_id == campaign_id)
    order = t.done_on if done else t.ends_on
    if page.after:
        day, last = page.after
        if done:
            query = query.where(or_(order < day, and_(order == day, t.id < last)))
        else:
            query = query.where(or_(order > day, and_(order == day, t.id > last)))
    query = query.order_by(order.desc(), t.id.desc()) if done else query.order_by(order, t.id)
    today = ctx.today
    return [
        WorkRow(**row._mapping, overdue=not done and min(row.ends_on, row.deadline or row.ends_on) < today)
        for row in await connection.execute(query.limit(page.fetch))
    ]


def _open_here(ctx: Context, campaign_ids: Sequence[UUID]) -> ColumnElement[bool]:
    here = tasks.c.campaign_id.in_(campaign_ids) & (tasks.c.workspace_id == ctx.workspace.id)
    return here & tasks.c.state.in_(OPEN) & no_group()


async def list_overdue(
    ctx: Context, connection: AsyncConnection, campaign_ids: Sequence[UUID], most: int
) -> list[OverdueTask]:
    """List open tasks over their day, the latest first, at most so many of a campaign, and how many it has in all."""
    due = due_on()
    found = (
        select(
            tasks.c.campaign_id,
            tasks.c.id,
            tasks.c.name,
            due.label("due"),
            func.count().over(partition_by=tasks.c.campaign_id).label("all"),
            func.row_number().over(partition_by=tasks.c.campaign_id, order_by=(due, tasks.c.id)).label("place"),
        )
        .where(_open_here(ctx, campaign_ids), due < ctx.today)
        .subquery()
    )
    query = select(*(each for each in found.c if each.name != "place")).where(found.c.place <= most)
    return await all_of(connection, query.order_by(found.c.due, found.c.id), OverdueTask)


async def list_missing_deadlines(
    ctx: Context, connection: AsyncConnection, campaign_ids: Sequence[UUID], most: int
) -> list[MissedDeadline]:
    """List open tasks that are planned to end after their deadline, at most so many of a campaign."""
    due = due_on()
    found = (
        select(
            tasks.c.campaign_id,
            tasks.c.id,
            tasks.c.name,
            (tasks.c.ends_on - tasks.c.deadline).label("days"),
            func.row_number().over(partition_by=tasks.c.campaign_id, order_by=(due, tasks.c.id)).label("place"),
        )
        .where(_open_here(ctx, campaign_ids), due >= ctx.today, tasks.c.ends_on > tasks.c.deadline)
        .subquery()
    )
    query = select(*(each for each in found.c if each.name != "place")).where(found.c.place <= most)
    return await all_of(connection, query.order_by(found.c.place, found.c.id), MissedDeadline)


async def list_busy(
    ctx: Context, connection: AsyncConnection, campaign_ids: Sequence[UUID], begin: date, end: date
) -> dict[UUID, dict[UUID, str]]:
    """Name who has hours to work on open tasks between two days, by campaign and person."""
    asked = await connection.execute(
        select(tasks.c.campaign_id, users.c.id, users.c.name)
        .join(tasks, tasks.c.owner_id == users.c.id)
        .where(
            tasks.c.campaign_id.in_(campaign_ids),
            tasks.c.workspace_id == ctx.workspace.id,
            tasks.c.state.in_(OPEN),
            tasks.c.effort_hours > 0,
            tasks.c.starts_on <= end,
            tasks.c.ends_on >= begin,
        )
        .distinct()
        .order_by(users.c.name, users.c.id)
    )
    found: dict[UUID, dict[UUID, str]] = {}
    for row in asked:
        found.setdefault(row.campaign_id, {})[row.id] = row.name
    return found
