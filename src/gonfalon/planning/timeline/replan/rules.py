"""Work out what changes make of a plan, and how that differs from before. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from gonfalon.accounts.versions import not_found
from gonfalon.accounts.workdays.rules import working_days
from gonfalon.kit.errors import Invalid
from gonfalon.kit.previews import fingerprint
from gonfalon.planning.timeline.capacity.rules import Calendars, Overload, Work, load, overloads
from gonfalon.planning.timeline.model import Plan, Task, TaskLink, TaskState
from gonfalon.planning.timeline.replan.model import (
    Change,
    DropLink,
    Held,
    Late,
    Move,
    Preview,
    SetLink,
    SetTask,
)
from gonfalon.planning.timeline.rules import LONGEST_LAG, check_task
from gonfalon.planning.timeline.schedule import Schedule


def changed(plan: Plan, changes: Sequence[Change]) -> Plan:
    """Return the plan with the changes in it, not scheduled yet; raises NotFound or Invalid for what makes no sense."""
    tasks = dict(plan.tasks)
    links = {(link.predecessor_id, link.successor_id): link for link in plan.links}
    for change in changes:
        if isinstance(change, SetTask):
            tasks[change.task_id] = _set(plan, _found(tasks, change.task_id), dict(change.values))
        elif isinstance(change, SetLink):
            before, after = _found(tasks, change.predecessor_id), _found(tasks, change.successor_id)
            if before.id == after.id:
                raise Invalid(
                    "link_to_itself",
                    f"“{before.name}” cannot wait for itself.",
                    path=[before.name] * 2,
                    name=before.name,
                )
            if abs(change.lag_days) > LONGEST_LAG:
                raise Invalid("lag_long", f"A lag can be at most {LONGEST_LAG:,} working days.", most=LONGEST_LAG)
            links[(before.id, after.id)] = TaskLink(before.id, after.id, change.kind, change.lag_days)
        elif isinstance(change, DropLink):
            if links.pop((change.predecessor_id, change.successor_id), None) is None:
                raise not_found("link")
        else:
            tasks = _from_day(replace(plan, tasks=tasks), change.day)
    return replace(plan, tasks=tasks, links=tuple(links.values()))


def _found(tasks: dict[UUID, Task], id: UUID) -> Task:
    if id not in tasks:
        raise not_found("task")
    return tasks[id]


def _set(plan: Plan, task: Task, values: dict[str, Any]) -> Task:
    ends_on: date | None = values.pop("ends_on", None)
    new = replace(task, **values)
    if ends_on is not None:
        begins = new.not_before or new.starts_on
        if "not_before" not in values:
            begins = new.starts_on
        if ends_on < begins:
            raise Invalid(
                "ends_before_start",
                f"“{task.name}” would end before it begins; move its first day as well.",
                name=task.name,
            )
        week = plan.weeks.get(new.owner_id, plan.week) if new.owner_id else plan.week
        new = replace(new, duration_days=max(working_days(begins, week).between(begins, ends_on), 1))
    return check_task(new)


def _from_day(plan: Plan, day: date) -> dict[UUID, Task]:
    """Move what is not begun to the day or later; let what is going on take until then at least."""
    groups = plan.groups()
    tasks = dict(plan.tasks)
    for id, task in plan.tasks.items():
        if id in groups or task.state.ended or task.fixed_on is not None:
            continue
        if task.state is TaskState.TODO:
            if task.starts_on < day:
                tasks[id] = replace(task, not_before=max(day, task.not_before or day))
        elif task.ends_on < day:
            week = plan.weeks.get(task.owner_id, plan.week) if task.owner_id else plan.week
            needed = working_days(task.starts_on, week).between(task.starts_on, day)
            tasks[id] = replace(task, duration_days=max(needed, task.duration_days))
    return tasks


def work_of(plan: Plan) -> list[Work]:
    """Return what the plan asks of its owners."""
    groups = plan.groups()
    return [
        Work(task.owner_id, task.starts_on, task.ends_on, task.effort_hours)
        for id, task in plan.tasks.items()
        if task.owner_id and task.effort_hours and id not in groups and task.state is not TaskState.CANCELLED
    ]


def compared(
    before: Plan, dates_before: Schedule, after: Plan, dates: Schedule, elsewhere: list[Work], calendars: Calendars
) -> Preview:
    """Return how the settled plan `after` differs from the stored one; `elsewhere`: what other campaigns ask of the
    owners.
    """
    begin = min([before.begins_on, *(task.starts_on for task in before.tasks.values())])
    days = working_days(begin, before.week)
    moves, late, held = [], [], []
    for id, task in after.tasks.items():
        was = before.tasks[id]
        if (was.starts_on, was.ends_on) != (task.starts_on, task.ends_on):
            by = days.last_until(task.ends_on.toordinal()) - days.last_until(was.ends_on.toordinal())
            moves.append(Move(task, was.starts_on, was.ends_on, by))
        missed = dates.dates[id].late
        if missed and missed > (dates_before.dates[id].late if id in dates_before.dates else 0):
            late.append(Late(task, missed))
        wanted = task.not_before
        if wanted is not None and wanted != was.not_before and task.starts_on > wanted and not task.state.ended:
            names = _held_by(after, id)
            if names:
                held.append(Held(task, wanted, names))
    groups = after.groups()
    critical = {id for id, at in dates.dates.items() if at.critical and id not in groups}
    was_critical = {id for id, at in dates_before.dates.items() if at.critical and id not in groups}
    rest = load(elsewhere, calendars)
    asked = _sum(rest, load(work_of(before), calendars)), _sum(rest, load(work_of(after), calendars))
    over = overloads(*asked, calendars)
    return Preview(
        _fingerprint(before, after, over),
        after,
        moves,
        late,
        held,
        len(was_critical),
        [after.tasks[id] for id in after.tasks if id in critical - was_critical],
        [after.tasks[id] for id in after.tasks if id in was_critical - critical],
        dates_before.ends_on,
        dates.ends_on,
        over,
    )


def _held_by(plan: Plan, id: UUID) -> tuple[str, ...]:
    return tuple(plan.tasks[link.predecessor_id].name for link in plan.links if link.successor_id == id)


def _sum(one: dict[Any, Any], other: dict[Any, Any]) -> dict[Any, Any]:
    total = dict(one)
    for key, value in other.items():
        total[key] = total.get(key, 0) + value
    return total


def _fingerprint(before: Plan, after: Plan, over: list[Overload]) -> str:
    """Return a hash of what the plan was, what it becomes and whom that overloads: everything a preview shows."""

    def signs(task: Task) -> tuple[Any, ...]:
        return (
            task.id.int, task.parent_id, task.kind.value, task.state.value, task.owner_id, task.duration_days,
            task.effort_hours, task.not_before, task.deadline, task.fixed_on, task.done_on, task.starts_on.toordinal(),
            task.ends_on.toordinal(),
        )  # fmt: skip

    def ties(plan: Plan) -> list[tuple[Any, ...]]:
        return sorted(
            (link.predecessor_id.int, link.successor_id.int, link.kind.value, link.lag_days) for link in plan.links
        )

    changed_tasks = [signs(task) for id, task in after.tasks.items() if task != before.tasks[id]]
    return fingerprint([signs(task) for task in before.tasks.values()], changed_tasks, ties(before), ties(after), over)
