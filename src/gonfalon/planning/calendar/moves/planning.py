"""Work out a move: what gets another day, and what that breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.versions import not_found
from gonfalon.approvals.model import Measured, Standing, Subject, SubjectKind
from gonfalon.approvals.subjects import approval_standing
from gonfalon.kit.errors import Conflict, Invalid
from gonfalon.kit.previews import fingerprint
from gonfalon.planning.calendar import rules
from gonfalon.planning.calendar.moves import store
from gonfalon.planning.calendar.moves.model import Break, Edge, MoveKind, MoveLevel, MovePlan, MoveShift, Wish
from gonfalon.planning.calendar.reading import list_holidays
from gonfalon.planning.campaigns.model import Campaign
from gonfalon.planning.campaigns.rules import check_dates
from gonfalon.planning.campaigns.store import find_campaign, lock_campaign
from gonfalon.planning.model import CampaignState
from gonfalon.planning.timeline.model import Plan as Timeline
from gonfalon.planning.timeline.model import Task, TaskState
from gonfalon.planning.timeline.replan.actions import previewed
from gonfalon.planning.timeline.replan.model import Change, Preview, SetTask
from gonfalon.planning.timeline.store import campaign_of, load_plan, lock_plan
from gonfalon.planning.touchpoints.rules import check_in_use
from gonfalon.planning.touchpoints.store import find_touchpoint, list_touchpoints

NAMES = 5
"""So many of the things a break is about are named."""


async def plan_move(ctx: Context, connection: AsyncConnection, wish: Wish, *, lock: bool) -> MovePlan:
    """Return the move in all its parts; raises NotFound, Invalid or Conflict where it makes no sense at all.

    lock: for the transaction that carries it out; the campaign is locked before anything of it is read.
    """
    if wish.day is not None:
        rules.check_day(wish.day)
    match wish.kind:
        case MoveKind.TOUCHPOINT:
            found = await _touchpoint(ctx, connection, wish, lock)
        case MoveKind.TASK:
            found = await _task(ctx, connection, wish, lock)
        case MoveKind.CAMPAIGN:
            found = await _campaign(ctx, connection, wish, lock)
    return replace(found, fingerprint=_fingerprint(found))


def _fingerprint(plan: MovePlan) -> str:
    parts = [*plan.shifts, *plan.breaks, plan.campaign, sorted((str(id), n) for id, n in plan.versions.items())]
    timeline = plan.tasks[1] if plan.tasks else ""
    return fingerprint(parts, timeline)


async def _touchpoint(ctx: Context, connection: AsyncConnection, wish: Wish, lock: bool) -> MovePlan:
    row = await find_touchpoint(ctx, connection, wish.id)
    campaign = await _open_campaign(ctx, connection, row.campaign_id, lock)
    if lock:
        row = await find_touchpoint(ctx, connection, wish.id)
    check_in_use(row.name, row.archived_at)
    if row.state != "draft":
        raise Conflict(
            "touchpoint_launched",
            f"“{row.name}” went out already or is on its way; what has happened stays on its day.",
            name=row.name,
        )
    shift, breaks = _at(ctx, row, wish)
    if shift.after is not None:
        if shift.at is not None and shift.at <= ctx.now:
            raise Invalid("move_to_past", "That time is over already; choose a later one.")
        if not _inside(shift.after, campaign.starts_on, campaign.ends_on):
            breaks.append(Break("outside_campaign", (campaign.name,)))
        breaks += await _deadlines(ctx, connection, row, shift.after)
        holidays = await list_holidays(ctx, connection, shift.after, shift.after)
        if holidays:
            breaks.append(Break("holiday", tuple(dict.fromkeys(each.name for each in holidays))[:NAMES]))
    if shift.at != row.send_at:
        breaks += await _voided(ctx, connection, {row.id: row.name})
    return MovePlan(row.name, row.campaign_id, [shift], breaks, versions={row.id: row.version})


def _at(ctx: Context, row: Any, wish: Wish, by: timedelta | None = None) -> tuple[MoveShift, list[Break]]:
    """Return the touchpoint on its new day at the clock time it had, whatever the clocks do between the two days."""
    zone = ctx.zone
    before = None if row.send_at is None else rules.local_day(row.send_at, zone)
    day = before + by if before is not None and by is not None else wish.day
    if day is None:
        return MoveShift(MoveKind.TOUCHPOINT, row.id, row.name, before, None), []
    clock = wish.time if by is None else None
    clock = clock or (rules.USUAL_TIME if row.send_at is None else rules.local_time(row.send_at, zone))
    at, what = rules.instant_of(day, clock, zone)
    breaks = []
    if what is not rules.Clock.PLAIN:
        values = (("asked", clock.isoformat("minutes")), ("at", rules.local_time(at, zone).isoformat("minutes")))
        breaks = [Break(f"clock_{what.value}", (row.name,), values=values)]
    return MoveShift(MoveKind.TOUCHPOINT, row.id, row.name, before, rules.local_day(at, zone), at), breaks


def _inside(day: date, first: date | None, last: date | None) -> bool:
    return (first is None or day >= first) and (last is None or day <= last)


async def _open_campaign(ctx: Context, connection: AsyncConnection, campaign_id: UUID, lock: bool) -> Campaign:
    campaign = await (lock_campaign if lock else find_campaign)(ctx, connection, campaign_id)
    if campaign.state is CampaignState.ARCHIVED:
        raise Conflict("campaign_archived", "The campaign is archived; restore it first.")
    return campaign


async def _deadlines(ctx: Context, connection: AsyncConnection, row: Any, day: date) -> list[Break]:
    """Work for the touchpoint that ends after it goes out, and the goal's deadline that it would miss."""
    names = await store.list_late_work(ctx, connection, row.id, day, NAMES)
    found = [Break("tasks_after", names)] if names else []
    return [*found, *await _goal(ctx, connection, row.campaign_id, day)]


async def _goal(ctx: Context, connection: AsyncConnection, campaign_id: UUID, day: date) -> list[Break]:
    deadline = await store.missed_deadline(ctx, connection, campaign_id, day)
    return [] if deadline is None else [Break("goal_deadline", values=(("on", deadline.isoformat()),))]


async def _voided(ctx: Context, connection: AsyncConnection, names: dict[UUID, str]) -> list[Break]:
    """Return a break for launches whose approval was given or asked for, and covers the time they go out."""
    void = []
    for id in await store.list_asked_launches(ctx, connection, names):
        verdict = await approval_standing(ctx, connection, Subject(SubjectKind.LAUNCH, id), Measured())
        if verdict.standing in (Standing.WAITING, Standing.APPROVED):
            void.append(names[id])
    return [Break("approval_void", tuple(void[:NAMES]), values=(("count", len(void)),))] if void else []


async def _task(ctx: Context, connection: AsyncConnection, wish: Wish, lock: bool) -> MovePlan:
    if wish.day is None:
        raise Invalid("day_missing", "Choose the day on which the task is to begin.")
    campaign_id = await campaign_of(ctx, connection, wish.id)
    _, timeline = await (lock_plan if lock else load_plan)(ctx, connection, campaign_id)
    task = timeline.tasks.get(wish.id)
    if task is None:
        raise not_found("task")
    if task.state.ended:
        raise Conflict(
            "task_ended", f"“{task.name}” is done or cancelled; what has happened stays on its day.", name=task.name
        )
    name = "not_before" if task.fixed_on is None else "fixed_on"
    changes = (SetTask(task.id, ((name, wish.day),)),)
    preview = await previewed(ctx, connection, campaign_id, timeline, changes)
    moved = preview.plan.tasks[task.id]
    first = MoveShift(MoveKind.TASK, task.id, task.name, task.starts_on, moved.starts_on)
    others = [each for each in _task_shifts(preview) if each.id != task.id]
    return MovePlan(
        task.name, campaign_id, [first, *others], _task_breaks(preview), tasks=(changes, preview.fingerprint)
    )


def _task_shifts(preview: Preview) -> list[MoveShift]:
    return [
        MoveShift(MoveKind.TASK, move.task.id, move.task.name, move.starts_before, move.task.starts_on)
        for move in preview.moves
    ]


def _task_breaks(preview: Preview) -> list[Break]:
    found = []
    if preview.late:
        found.append(Break("task_deadline", _names(late.task for late in preview.late), values=_count(preview.late)))
    if preview.held:
        found.append(Break("task_held", _names(held.task for held in preview.held), values=_count(preview.held)))
    if preview.overloads:
        weeks = {(over.owner_id, over.week) for over in preview.overloads}
        found.append(Break("overload", values=(("count", len(weeks)),)))
    return found


def _names(found: Any) -> tuple[str, ...]:
    return tuple(each.name for each in found)[:NAMES]


def _count(found: Sequence[Any]) -> tuple[tuple[str, Any], ...]:
    return (("count", len(found)),)


async def _campaign(ctx: Context, connection: AsyncConnection, wish: Wish, lock: bool) -> MovePlan:
    row = await _open_campaign(ctx, connection, wish.id, lock)
    if wish.day is None:
        raise Invalid("day_missing", "Choose the day to which the campaign is moved.")
    first, last = _new_days(row, wish)
    check_dates(first, last)
    by = timedelta(0)
    if wish.edge is Edge.WHOLE:
        by = wish.day - (row.starts_on or row.ends_on or wish.day)
    shifts = [MoveShift(MoveKind.CAMPAIGN, row.id, row.name, row.starts_on or row.ends_on, first or last)]
    breaks: list[Break] = []
    planned = await list_touchpoints(ctx, connection, row.id)
    gone = [each for each in planned if each.state != "draft"]
    if gone and by:
        breaks.append(Break("launched_stay", _names(gone), values=_count(gone)))
    drafts = [each for each in planned if each.state == "draft" and each.send_at is not None]
    versions = {row.id: row.version}
    if by and wish.touchpoints:
        moved = []
        for each in drafts:
            shift, clocks = _at(ctx, each, wish, by)
            moved.append(shift)
            breaks += clocks
            versions[each.id] = each.version
        past = [shift for shift in moved if shift.at is not None and shift.at <= ctx.now]
        if past:
            breaks.append(Break("touchpoints_past", _names(past), MoveLevel.BLOCKING, _count(past)))
        breaks += await _voided(ctx, connection, {shift.id: shift.name for shift in moved})
        shifts += moved
    else:
        zone = ctx.zone
        left = [
            each for each in drafts if each.send_at and not _inside(rules.local_day(each.send_at, zone), first, last)
        ]
        if left:
            breaks.append(Break("touchpoints_outside", _names(left), values=_count(left)))
    if last is not None:
        breaks += await _goal(ctx, connection, row.id, last)
    breaks += await _parent(ctx, connection, row, first, last)
    timeline = await _timeline(ctx, connection, row, first, by if wish.tasks else None)
    if timeline is not None:
        shifts += _task_shifts(timeline[2])
        breaks += _task_breaks(timeline[2])
    tasks_moved = None if timeline is None else (timeline[0], timeline[1])
    return MovePlan(row.name, row.id, shifts, breaks, campaign=(first, last), tasks=tasks_moved, versions=versions)


def _new_days(row: Campaign, wish: Wish) -> tuple[date | None, date | None]:
    assert wish.day is not None
    match wish.edge:
        case Edge.START:
            return wish.day, row.ends_on
        case Edge.END:
            return row.starts_on, wish.day
        case Edge.WHOLE:
            by = wish.day - (row.starts_on or row.ends_on or wish.day)
            if row.starts_on is None and row.ends_on is None:
                return wish.day, None
            return rules.shifted(row.starts_on, by), rules.shifted(row.ends_on, by)


async def _parent(
    ctx: Context, connection: AsyncConnection, campaign: Campaign, first: date | None, last: date | None
) -> list[Break]:
    if campaign.parent_id is None:
        return []
    parent = await store.find_parent(ctx, connection, campaign.parent_id)
    if parent is None or all(_inside(day, parent.starts_on, parent.ends_on) for day in (first, last) if day):
        return []
    return [Break("outside_parent", (parent.name,))]


async def _timeline(
    ctx: Context, connection: AsyncConnection, row: Campaign, first: date | None, by: timedelta | None
) -> tuple[tuple[Change, ...], str, Preview] | None:
    """Return how the timeline is planned again: from the new first day, and with what was asked of tasks as much later.

    by: None leaves what was asked of tasks as it is. What is begun or ended keeps its days.
    """
    _, timeline = await load_plan(ctx, connection, row.id)
    if not timeline.tasks:
        return None
    changes = tuple(_later(timeline, by)) if by else ()
    if first == row.starts_on and not changes:
        return None
    if first is not None:
        timeline = replace(timeline, begins_on=first)
    preview = await previewed(ctx, connection, row.id, timeline, changes)
    return changes, preview.fingerprint, preview


def _later(timeline: Timeline, by: timedelta) -> list[Change]:
    found: list[Change] = []
    for task in timeline.tasks.values():
        if task.state is not TaskState.TODO:
            continue
        values = tuple((name, day + by) for name, day in _asked(task) if day is not None)
        if values:
            found.append(SetTask(task.id, values))
    return found


def _asked(task: Task) -> tuple[tuple[str, date | None], ...]:
    return ("not_before", task.not_before), ("deadline", task.deadline), ("fixed_on", task.fixed_on)
