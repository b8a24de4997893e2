"""The verbs of tasks. Each schedules the campaign again and writes what moved, in its one transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.errors import Conflict, Invalid
from gonfalon.kit.ids import new_id
from gonfalon.planning.store import check_reference, not_found, save_version
from gonfalon.planning.tables import touchpoints
from gonfalon.planning.timeline import rules, store
from gonfalon.planning.timeline.model import Plan, Task, TaskDraft, TaskState
from gonfalon.planning.timeline.tables import tasks
from gonfalon.teamwork.actions import follow, forget_thing, notify
from gonfalon.teamwork.model import NoticeKind, Thing, ThingKind


async def create_task(ctx: Context, campaign_id: UUID, draft: TaskDraft, after_id: UUID | None = None) -> UUID:
    """A task below its parent, behind the sibling `after_id` or last; returns its id."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign, before = await store.lock_plan(ctx, connection, campaign_id)
        check_room(before, 1)
        await store.check_members(ctx, connection, [draft.owner_id])
        await check_reference(ctx, connection, touchpoints, draft.touchpoint_id, "touchpoint")
        if draft.parent_id is not None and draft.parent_id not in before.tasks:
            raise not_found("task")
        task = task_of(draft)
        after = _placed(replace(before, tasks=before.tasks | {task.id: task}), task.id, draft.parent_id, after_id)
        after = settle(ctx, after)
        await store.insert_tasks(connection, [store.task_values(ctx, campaign_id, after.tasks[task.id], draft)])
        await _write_places(ctx, connection, before, after)
        await write_moved(ctx, connection, campaign_id, before, after)
        await tell_owner(ctx, connection, campaign_id, after.tasks[task.id])
        await ctx.audit(connection, "task.created", "campaign", campaign_id, campaign.name, task=task.name)
    return task.id


def task_of(draft: TaskDraft) -> Task:
    """The task of a draft, with an id; raises Invalid."""
    return rules.check_task(
        Task(
            new_id(),
            draft.name.strip(),
            draft.kind,
            draft.parent_id,
            draft.owner_id,
            TaskState.TODO,
            draft.duration_days,
            draft.effort_hours,
            draft.not_before,
            draft.deadline,
            draft.fixed_on,
        )
    )


def check_room(plan: Plan, more: int) -> None:
    """Raises Invalid when a campaign would get more tasks than it can have."""
    if len(plan.tasks) + more > rules.MOST_TASKS:
        raise Invalid("tasks_many", f"A campaign can have at most {rules.MOST_TASKS:,} tasks; use several campaigns.")


async def save_task(
    ctx: Context, task_id: UUID, version: int, *, name: str, notes: str, touchpoint_id: UUID | None
) -> None:
    """Saves the words of a task as it was at `version`; dates, owner and effort change through a preview."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    if not name.strip():
        raise Invalid("name_missing", "Give the task a name.")
    async with ctx.transaction() as connection:
        campaign_id = await store.campaign_of(ctx, connection, task_id)
        await check_reference(ctx, connection, touchpoints, touchpoint_id, "touchpoint")
        values = {"name": name.strip(), "notes": notes, "touchpoint_id": touchpoint_id}
        await save_version(ctx, connection, tasks, task_id, version, values)
        await ctx.audit(connection, "task.changed", "campaign", campaign_id, None, task=name.strip())


async def set_state(
    ctx: Context, task_id: UUID, version: int, state: TaskState, done_on: date | None = None
) -> list[Task]:
    """Moves a task to a state; ending a group ends everything in it. Returns the tasks that can be begun now.

    `done_on`: the day it was done, today unless given. Owners of tasks that waited for it are told it is their turn.
    """
    ctx.require(Permission.CAMPAIGNS_WRITE)
    today = ctx.today
    if done_on is not None and done_on > today:
        raise Invalid("done_in_future", "A task cannot have been done on a day that is still to come.")
    async with ctx.transaction() as connection:
        campaign_id = await store.campaign_of(ctx, connection, task_id)
        campaign, before = await store.lock_plan(ctx, connection, campaign_id)
        if task_id not in before.tasks:
            raise not_found("task")
        family = rules.below(before.tasks, task_id)
        if len(family) > 1 and not state.ended:
            raise Conflict("group_state", "A group stands where its parts stand; move one of those.")
        changed = {
            task.id: replace(task, state=state, done_on=(done_on or today) if state is TaskState.DONE else None)
            for task in family
            if task.id == task_id or not task.state.ended
        }
        await save_version(ctx, connection, tasks, task_id, version, {"state": state.value})
        after = settle(ctx, replace(before, tasks=before.tasks | changed))
        await write_moved(ctx, connection, campaign_id, before, after)
        next_up = rules.handed_over(before, after)
        for task in next_up:
            if task.owner_id is not None:
                await notify(
                    ctx, connection, NoticeKind.HANDED_OVER, to=[task.owner_id], thing=Thing(ThingKind.TASK, task.id),
                    title=task.name, campaign_id=campaign_id, note=family[0].name,
                )  # fmt: skip
        await ctx.audit(
            connection, "task.moved", "campaign", campaign_id, campaign.name,
            task=family[0].name, before=family[0].state.value, after=state.value,
        )  # fmt: skip
    return next_up


async def place_task(ctx: Context, task_id: UUID, parent_id: UUID | None, after_id: UUID | None) -> None:
    """Moves a task in the list: below `parent_id` (None: top level), behind the sibling `after_id` (None: first)."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign_id = await store.campaign_of(ctx, connection, task_id)
        campaign, before = await store.lock_plan(ctx, connection, campaign_id)
        if task_id not in before.tasks or (parent_id is not None and parent_id not in before.tasks):
            raise not_found("task")
        after = settle(ctx, _placed(before, task_id, parent_id, after_id, first=after_id is None))
        await _write_places(ctx, connection, before, after)
        await write_moved(ctx, connection, campaign_id, before, after)
        await ctx.audit(
            connection, "task.placed", "campaign", campaign_id, campaign.name, task=before.tasks[task_id].name
        )


def _placed(plan: Plan, id: UUID, parent_id: UUID | None, after_id: UUID | None, *, first: bool = False) -> Plan:
    """The plan with the task among the parent's children, and those numbered anew."""
    siblings = sorted(
        (task for task in plan.tasks.values() if task.parent_id == parent_id and task.id != id),
        key=lambda task: (task.position, task.id),
    )
    at = 0 if first else len(siblings)
    if after_id is not None:
        at = next((n + 1 for n, task in enumerate(siblings) if task.id == after_id), len(siblings))
    siblings.insert(at, replace(plan.tasks[id], parent_id=parent_id))
    numbered = {task.id: replace(task, position=n) for n, task in enumerate(siblings)}
    return replace(plan, tasks=plan.tasks | numbered)


async def _write_places(ctx: Context, connection: AsyncConnection, before: Plan, after: Plan) -> None:
    def place(task: Task) -> tuple[UUID | None, int]:
        return task.parent_id, task.position

    moved = [task for id, task in after.tasks.items() if id in before.tasks and place(task) != place(before.tasks[id])]
    await store.place_tasks(ctx, connection, moved)


async def delete_task(ctx: Context, task_id: UUID) -> None:
    """Deletes a task with everything below it and every link of those."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign_id = await store.campaign_of(ctx, connection, task_id)
        campaign, before = await store.lock_plan(ctx, connection, campaign_id)
        if task_id not in before.tasks:
            raise not_found("task")
        gone = {task.id for task in rules.below(before.tasks, task_id)}
        after = replace(
            before,
            tasks={id: task for id, task in before.tasks.items() if id not in gone},
            links=tuple(
                link for link in before.links if link.predecessor_id not in gone and link.successor_id not in gone
            ),
        )
        await connection.execute(delete(tasks).where(tasks.c.id == task_id, tasks.c.workspace_id == ctx.workspace.id))
        for id in gone:
            await forget_thing(ctx, connection, Thing(ThingKind.TASK, id))
        await write_moved(ctx, connection, campaign_id, before, settle(ctx, after))
        await ctx.audit(
            connection, "task.deleted", "campaign", campaign_id, campaign.name,
            task=before.tasks[task_id].name, with_it=len(gone) - 1,
        )  # fmt: skip


def settle(ctx: Context, plan: Plan) -> Plan:
    """The plan with scheduled dates and the states of groups; raises what scheduling raises."""
    return rules.settled(plan, rules.scheduled(plan), ctx.today)


async def write_moved(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, before: Plan, after: Plan
) -> list[Task]:
    """Writes dates and states that differ from before (new tasks: from what was inserted), and returns those tasks."""

    def kept(task: Task) -> tuple[Any, ...]:
        return task.starts_on, task.ends_on, task.state, task.done_on

    moved = [task for id, task in after.tasks.items() if id in before.tasks and kept(task) != kept(before.tasks[id])]
    await store.move_tasks(ctx, connection, campaign_id, moved)
    return moved


async def tell_owner(ctx: Context, connection: AsyncConnection, campaign_id: UUID, task: Task) -> None:
    """Tells somebody that a task is theirs now, and lets them follow it."""
    if task.owner_id is None:
        return
    thing = Thing(ThingKind.TASK, task.id)
    await follow(ctx, connection, thing, [task.owner_id], campaign_id=campaign_id)
    await notify(
        ctx, connection, NoticeKind.ASSIGNED,
        to=[task.owner_id], thing=thing, title=task.name, campaign_id=campaign_id,
    )  # fmt: skip
