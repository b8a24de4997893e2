"""Pure decisions on a plan: its dates, its states, who is next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from gonfalon.accounts.workdays.model import Beyond, Week
from gonfalon.accounts.workdays.rules import working_days
from gonfalon.kit.errors import Conflict, Invalid
from gonfalon.planning.timeline.model import LONGEST_DURATION, Plan, Task, TaskKind, TaskLink, TaskState
from gonfalon.planning.timeline.schedule import CycleFound, GroupLink, Job, Link, LinkKind, Schedule, schedule

LONGEST_LAG = 1_000
MOST_TASKS = 10_000


def check_task(task: Task) -> Task:
    """Return the task as it makes sense: milestones take no time. Raises Invalid where it cannot make sense."""
    if not task.name.strip():
        raise Invalid("name_missing", "Give the task a name.")
    if task.duration_days < 0:
        raise Invalid(
            "duration_negative",
            f"“{task.name}” cannot take less than no time; give 0 or more working days.",
            name=task.name,
        )
    if task.duration_days > LONGEST_DURATION:
        raise Invalid(
            "duration_long",
            f"“{task.name}” would take more than {LONGEST_DURATION:,} working days; split it.",
            name=task.name,
            most=LONGEST_DURATION,
        )
    if task.effort_hours is not None and task.effort_hours < 0:
        raise Invalid("effort_negative", f"The effort of “{task.name}” must not be negative.", name=task.name)
    for day in (task.not_before, task.deadline, task.fixed_on):
        if day is not None and not 1970 <= day.year <= 2200:
            raise Invalid("day_out_of_range", f"{day.isoformat()} is not a day that can be planned for.")
    if task.kind is TaskKind.MILESTONE:
        return replace(task, duration_days=0)
    return replace(task, fixed_on=None)


def scheduled(plan: Plan) -> Schedule:
    """Return everybody's dates; raises Conflict for circles, Invalid for what cannot be scheduled."""
    weeks = [plan.week]
    number: dict[Week, int] = {plan.week: 0}
    owners: dict[UUID, int] = {}
    for owner, week in plan.weeks.items():
        if week not in number:
            number[week] = len(weeks)
            weeks.append(week)
        owners[owner] = number[week]
    begin = plan.begins_on
    for task in plan.tasks.values():
        for day in (task.not_before, task.fixed_on, task.starts_on if task.state is TaskState.DONE else None):
            if day is not None and day < begin:
                begin = day
    jobs = [_job(task, owners.get(task.owner_id, 0) if task.owner_id else 0) for task in plan.tasks.values()]
    links = [Link(link.predecessor_id, link.successor_id, link.kind, link.lag_days) for link in plan.links]
    try:
        return schedule(jobs, links, [working_days(begin, week) for week in weeks])
    except CycleFound as circle:
        raise Conflict(
            "task_circle",
            f"These would wait for each other in a circle: {' → '.join(circle.names)}. Take one of the links away.",
            path=circle.names,
        ) from circle
    except GroupLink as link:
        raise Invalid(
            "link_of_group",
            f"“{link.name}” is a group: it begins and ends with its parts, so only a finish-to-start link can hold it.",
            name=link.name,
        ) from link
    except Beyond as beyond:
        raise Invalid(
            "schedule_too_long",
            f"“{beyond.name}” would end after {beyond.last.year}; plans reach at most fifty years ahead.",
            name=beyond.name,
            year=beyond.last.year,
        ) from beyond


def _job(task: Task, calendar: int) -> Job:
    fixed = None
    if task.state is TaskState.DONE:
        last = task.done_on or task.ends_on
        fixed = (min(task.starts_on, last), last)
    elif task.fixed_on is not None:
        fixed = (task.fixed_on, task.fixed_on)
    return Job(
        task.id,
        task.name,
        task.duration_days,
        task.parent_id,
        calendar,
        not_before=task.not_before,
        deadline=task.deadline,
        fixed=fixed,
        done=task.state is TaskState.DONE,
        dropped=task.state is TaskState.CANCELLED,
    )


def settled(plan: Plan, dates: Schedule, today: date) -> Plan:
    """Return the plan with the schedule's dates, and with groups in the state of their parts."""
    tasks = {
        id: task
        if (task.starts_on, task.ends_on) == (at.starts_on, at.ends_on)
        else replace(task, starts_on=at.starts_on, ends_on=at.ends_on)
        for id, task, at in ((id, task, dates.dates[id]) for id, task in plan.tasks.items())
    }
    children: dict[UUID, list[UUID]] = {}
    for task in tasks.values():
        if task.parent_id is not None:
            children.setdefault(task.parent_id, []).append(task.id)
    for id in reversed(_parents_first(tasks, children)):
        if id in children:
            parts = [tasks[child] for child in children[id]]
            state = _state_of(parts)
            done_on = max((part.done_on or today for part in parts if part.state is TaskState.DONE), default=None)
            done_on = done_on if state is TaskState.DONE else None
            if (tasks[id].state, tasks[id].done_on) != (state, done_on):
                tasks[id] = replace(tasks[id], state=state, done_on=done_on)
    return replace(plan, tasks=tasks)


def _state_of(parts: list[Task]) -> TaskState:
    counted = [part.state for part in parts if part.state is not TaskState.CANCELLED]
    if not counted:
        return TaskState.CANCELLED
    if all(state is TaskState.DONE for state in counted):
        return TaskState.DONE
    return TaskState.TODO if all(state is TaskState.TODO for state in counted) else TaskState.DOING


def _parents_first(tasks: dict[UUID, Task], children: dict[UUID, list[UUID]]) -> list[UUID]:
    order = [id for id, task in tasks.items() if task.parent_id not in tasks]
    for id in order:
        order.extend(children.get(id, ()))
    return order


def in_order(tasks: dict[UUID, Task]) -> list[tuple[Task, int]]:
    """Return the tasks as a list shows them, children below their parent, each with its depth."""
    children: dict[UUID | None, list[Task]] = {}
    for task in tasks.values():
        parent = task.parent_id if task.parent_id in tasks else None
        children.setdefault(parent, []).append(task)
    for siblings in children.values():
        siblings.sort(key=lambda task: (task.position, task.id))
    found: list[tuple[Task, int]] = []
    waiting = [(task, 0) for task in reversed(children.get(None, []))]
    while waiting:
        task, depth = waiting.pop()
        found.append((task, depth))
        waiting.extend((child, depth + 1) for child in reversed(children.get(task.id, [])))
    return found


def below(tasks: dict[UUID, Task], id: UUID) -> list[Task]:
    """Return the task and everything below it."""
    children: dict[UUID, list[Task]] = {}
    for task in tasks.values():
        if task.parent_id is not None:
            children.setdefault(task.parent_id, []).append(task)
    found = [tasks[id]]
    for task in found:
        found.extend(children.get(task.id, ()))
    return found


def ready(plan: Plan) -> set[UUID]:
    """Return the tasks that can be begun: not begun, no group, and nothing they or their groups wait for is
    unfinished."""
    groups = plan.groups()
    held = {link.successor_id for link in plan.links if _holds(link, plan.tasks[link.predecessor_id].state)}
    found = set()
    for task in plan.tasks.values():
        if task.id in groups or task.state is not TaskState.TODO:
            continue
        one: Task | None = task
        while one is not None and one.id not in held:
            one = plan.tasks.get(one.parent_id) if one.parent_id else None
        if one is None:
            found.add(task.id)
    return found


def _holds(link: TaskLink, state: TaskState) -> bool:
    """Return whether a predecessor in this state keeps its successor from being begun."""
    if link.kind is LinkKind.FINISH_START:
        return not state.ended
    return link.kind is LinkKind.START_START and state is TaskState.TODO


def handed_over(before: Plan, after: Plan) -> list[Task]:
    """Return the tasks that waited and can be begun now: their owners are next."""
    waited = {id for id, task in before.tasks.items() if task.state is TaskState.TODO} - ready(before)
    now = waited & ready(after)
    return [task for id, task in after.tasks.items() if id in now]
