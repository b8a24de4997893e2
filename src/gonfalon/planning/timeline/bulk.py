"""Make many tasks at once: lines of a spreadsheet, and tasks that come again."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.members.store import list_members
from gonfalon.accounts.model import Permission
from gonfalon.accounts.versions import insert_row, not_found
from gonfalon.accounts.workdays.rules import working_days
from gonfalon.kit.errors import Conflict, Invalid
from gonfalon.kit.ids import new_id
from gonfalon.planning.sheets import SheetReading, WrongCell, order_in
from gonfalon.planning.tables.timeline import recurrences
from gonfalon.planning.timeline import rules, store
from gonfalon.planning.timeline.actions import check_room, not_yet, settle, tell_owners, write_moved
from gonfalon.planning.timeline.model import LONGEST_DURATION, Plan, Task, TaskLink, TaskState, Unit
from gonfalon.planning.timeline.paste import PastedTask, read_lines

MOST_TIMES = 200


@dataclass(frozen=True, slots=True)
class Pasted:
    """Lines as understood, what is wrong with them, how they were read, and the tasks that were made."""

    lines: list[PastedTask]
    wrong: list[WrongCell]
    reading: SheetReading
    made: list[UUID]


async def paste_tasks(ctx: Context, campaign_id: UUID, text: str, parent_id: UUID | None, *, dry: bool) -> Pasted:
    """Create tasks from a spreadsheet's lines, behind what is there; none while anything is wrong, or when `dry`."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign, before = await store.lock_plan(ctx, connection, campaign_id)
        members = await list_members(ctx, connection)
        people = {row.name.casefold(): row.id for row in members} | {row.email: row.id for row in members}
        lines, wrong, how = read_lines(text, people, order_in(ctx))
        for line in lines:
            _fit(before, line)
        if wrong or dry:
            return Pasted(lines, wrong, how, [])
        check_room(before, len(lines))
        if parent_id is not None and parent_id not in before.tasks:
            raise not_found("task")
        made, links = _made(before, lines, parent_id, not_yet(ctx, before))
        after = settle(ctx, replace(before, tasks=before.tasks | made, links=before.links + links))
        await store.insert_tasks(connection, [store.task_values(ctx, campaign_id, after.tasks[id]) for id in made])
        await store.insert_links(ctx, connection, campaign_id, links)
        await write_moved(ctx, connection, campaign_id, before, after)
        await tell_owners(ctx, connection, campaign_id, campaign.name, (after.tasks[id] for id in made))
        await ctx.audit(connection, "tasks.pasted", "campaign", campaign_id, campaign.name, count=len(made))
        return Pasted(lines, [], how, list(made))


def _fit(plan: Plan, line: PastedTask) -> None:
    """Say how long a line takes that has a first and a last day; else its last day is its deadline.

    The working days are those of whoever has to do it.
    """
    last = line.ends_on or line.deadline
    if line.duration_days is None and line.not_before and last:
        week = plan.weeks.get(line.owner_id, plan.week) if line.owner_id else plan.week
        days = working_days(line.not_before, week).between(line.not_before, last)
        line.duration_days = min(max(days, 1), LONGEST_DURATION)
    else:
        line.deadline = line.deadline or line.ends_on
    if line.duration_days is None:
        line.duration_days = 1


def _made(
    plan: Plan, lines: list[PastedTask], parent_id: UUID | None, not_before: date | None
) -> tuple[dict[UUID, Task], tuple[TaskLink, ...]]:
    """Return tasks and links of lines; those without a first day begin at the earliest on `not_before`."""
    ids = [new_id() for _ in lines]
    numbered = {line.number: id for id, line in zip(ids, lines, strict=True)}
    above: list[UUID | None] = [parent_id]
    position = max((task.position for task in plan.tasks.values() if task.parent_id == parent_id), default=-1)
    made: dict[UUID, Task] = {}
    links: list[TaskLink] = []
    for id, line in zip(ids, lines, strict=True):
        above[line.depth + 1 :] = [id]
        position += 1
        made[id] = rules.check_task(
            Task(
                id,
                line.name,
                line.kind,
                above[line.depth],
                line.owner_id,
                duration_days=line.duration_days or 0,
                not_before=line.not_before or not_before,
                deadline=line.deadline,
                position=position,
            )
        )
        links.extend(TaskLink(numbered[number], id, kind, lag) for number, kind, lag in line.depends)
    return made, tuple(links)


async def repeat_task(ctx: Context, task_id: UUID, every: int, unit: Unit, until: date) -> int:
    """Make a task come again every so many days, weeks or months until a day; return how many more times it comes.

    Occurrences are tasks of their own behind the first. An earlier rule of the task ends: what it made and nobody has
    begun goes.
    """
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign_id = await store.campaign_of(ctx, connection, task_id)
        campaign, stored = await store.lock_plan(ctx, connection, campaign_id)
        if task_id in stored.groups():
            raise Conflict("group_repeats", "A group cannot come again as a whole; let its parts do so.")
        task = stored.tasks[task_id]
        days = occurrences(task.starts_on, every, unit, until)
        if not days:
            raise Invalid("repeat_never", "It would not come again by that day; choose a later one.")
        if len(days) > MOST_TIMES:
            raise Invalid(
                "repeat_often",
                f"It would come {len(days):,} times; at most {MOST_TIMES} are made at once.",
                count=len(days),
                most=MOST_TIMES,
            )
        before = await _without_occurrences(ctx, connection, stored, task_id)
        check_room(before, len(days))
        rule = await insert_row(
            ctx, connection, recurrences, campaign_id=campaign_id, every=every, unit=unit.value, until=until
        )
        last = max(other.position for other in before.tasks.values() if other.parent_id == task.parent_id)
        made = {}
        for number, day in enumerate(days, 1):
            deadline = day + (task.deadline - task.starts_on) if task.deadline else None
            copy = replace(
                task, id=new_id(), state=TaskState.TODO, done_on=None, not_before=day, deadline=deadline,
                fixed_on=day if task.fixed_on else None, position=last + number,
            )  # fmt: skip
            made[copy.id] = copy
        after = settle(ctx, replace(before, tasks=before.tasks | made))
        rows = [store.task_values(ctx, campaign_id, after.tasks[id]) | {"recurrence_id": rule} for id in made]
        await store.insert_tasks(connection, rows)
        await store.set_recurrence(ctx, connection, task_id, rule)
        await write_moved(ctx, connection, campaign_id, before, after)
        await tell_owners(ctx, connection, campaign_id, campaign.name, (after.tasks[id] for id in made))
        await ctx.audit(
            connection, "task.repeated", "campaign", campaign_id, campaign.name,
            task=task.name, every=every, unit=unit.value, until=until.isoformat(), times=len(made),
        )  # fmt: skip
    return len(made)


async def stop_repeating(ctx: Context, task_id: UUID) -> int:
    """Delete the later occurrences that nobody has begun; return how many."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign_id = await store.campaign_of(ctx, connection, task_id)
        campaign, before = await store.lock_plan(ctx, connection, campaign_id)
        after = await _without_occurrences(ctx, connection, before, task_id)
        await write_moved(ctx, connection, campaign_id, before, settle(ctx, after))
        gone = len(before.tasks) - len(after.tasks)
        await ctx.audit(
            connection, "task.repeat_ended", "campaign", campaign_id, campaign.name,
            task=before.tasks[task_id].name, removed=gone,
        )  # fmt: skip
    return gone


async def _without_occurrences(ctx: Context, connection: AsyncConnection, plan: Plan, task_id: UUID) -> Plan:
    """Delete the occurrences after this task that nobody has begun; return the plan without them."""
    rule = await store.recurrence_of(ctx, connection, task_id)
    if rule is None:
        return plan
    gone = await store.delete_occurrences(ctx, connection, rule, task_id, plan.tasks[task_id].starts_on)
    await store.set_recurrence(ctx, connection, task_id, None)
    return replace(
        plan,
        tasks={id: task for id, task in plan.tasks.items() if id not in gone},
        links=tuple(link for link in plan.links if link.predecessor_id not in gone and link.successor_id not in gone),
    )


def occurrences(first: date, every: int, unit: Unit, until: date) -> list[date]:
    """Return the days after the first on which something comes again, at most one more than may be made.

    Months keep the day of the month; where a month is too short, its last day stands in, and the day comes back after.
    """
    found: list[date] = []
    number = 0
    while len(found) <= MOST_TIMES:
        number += 1
        if unit is Unit.MONTH:
            months = first.month - 1 + every * number
            year, month = first.year + months // 12, months % 12 + 1
            if year > 9998:
                break
            day = date(year, month, min(first.day, monthrange(year, month)[1]))
        else:
            day = first + timedelta(days=every * number * (7 if unit is Unit.WEEK else 1))
        if day > until:
            break
        found.append(day)
    return found
