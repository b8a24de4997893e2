"""Create, change, move and delete tasks.

Each schedules the campaign again and writes what moved, in its one transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context, within
from gonfalon.accounts.members.store import check_members
from gonfalon.accounts.model import Permission
from gonfalon.accounts.versions import check_reference, not_found, save_version
from gonfalon.kit.errors import Conflict, Invalid
from gonfalon.kit.ids import new_id
from gonfalon.planning.tables.timeline import tasks
from gonfalon.planning.tables.touchpoints import touchpoints
from gonfalon.planning.timeline import rules, store
from gonfalon.planning.timeline.model import Plan, Task, TaskDraft, TaskState
from gonfalon.teamwork.actions import follow_each, forget_thing, notify_of_many
from gonfalon.teamwork.model import NoticeKind, Piece, Thing, ThingKind


async def create_task(ctx: Context, campaign_id: UUID, draft: TaskDraft) -> UUID:
    """Create a task below its parent, where its draft says; return its id.

    Where no day is said, what is new in a campaign that has begun begins today: nobody is late with it at once.
    """
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign, before = await store.lock_plan(ctx, connection, campaign_id)
        check_room(before, 1)
        await check_members(ctx, connection, [draft.owner_id])
        await check_reference(ctx, connection, touchpoints, draft.touchpoint_id, "touchpoint")
        if draft.parent_id is not None and draft.parent_id not in before.tasks:
            raise not_found("task")
        task = task_of(draft, not_yet(ctx, before))
        after = _placed(replace(before, tasks=before.tasks | {task.id: task}), task.id, draft.parent_id, draft.after_id)
        after = settle(ctx, after)
        await store.insert_tasks(connection, [store.task_values(ctx, campaign_id, after.tasks[task.id], draft)])
        await _write_places(ctx, connection, before, after)
        await write_moved(ctx, connection, campaign_id, before, after)
        await tell_owners(ctx, connection, campaign_id, campaign.name, [after.tasks[task.id]])
        await ctx.audit(connection, "task.created", "campaign", campaign_id, campaign.name, task=task.name)
    return task.id


def not_yet(ctx: Context, plan: Plan) -> date | None:
    """Return the first day on which something new can be begun, where that is not the plan's first day any more."""
    return ctx.today if plan.begins_on < ctx.today else None


def task_of(draft: TaskDraft, not_before: date | None = None) -> Task:
    """Return the task of a draft, with an id, which begins at the earliest on `not_before` where it says no day itself.

    Raises Invalid.
    """
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
            draft.not_before or (None if draft.fixed_on else not_before),
            draft.deadline,
            draft.fixed_on,
        )
    )


def check_room(plan: Plan, more: int) -> None:
    """Raise Invalid when a campaign would get more tasks than it can have."""
    if len(plan.tasks) + more > rules.MOST_TASKS:
        raise Invalid(
            "tasks_many",
            f"A campaign can have at most {rules.MOST_TASKS:,} tasks; use several campaigns.",
            most=rules.MOST_TASKS,
        )


async def save_task(
    ctx: Context, task_id: UUID, version: int, *, name: str, notes: str, touchpoint_id: UUID | None
) -> None:
    """Save the words of a task as it was at `version`; dates, owner and effort change through a preview."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    if not name.strip():
        raise Invalid("name_missing", "Give the task a name.")
    async with ctx.transaction() as connection:
        campaign_id = await store.campaign_of(ctx, connection, task_id)
        if touchpoint_id != await store.touchpoint_of(ctx, connection, task_id):
            await check_reference(ctx, connection, touchpoints, touchpoint_id, "touchpoint")
        values = {"name": name.strip(), "notes": notes, "touchpoint_id": touchpoint_id}
        await save_version(ctx, connection, tasks, task_id, version, values)
        await ctx.audit(connection, "task.changed", "campaign", campaign_id, None, task=name.strip())


async def set_state(
    ctx: Context, task_id: UUID, version: int, state: TaskState, done_on: date | None = None
) -> list[Task]:
    """Move a task to a state; ending a group ends everything in it. Returns the tasks that can be begun now.

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
        await _tell(ctx, connection, NoticeKind.HANDED_OVER, campaign_id, campaign.name, next_up, note=family[0].name)
        await ctx.audit(
            connection, "task.moved", "campaign", campaign_id, campaign.name,
            task=family[0].name, before=family[0].state.value, after=state.value,
        )  # fmt: skip
    return next_up


async def place_task(ctx: Context, task_id: UUID, parent_id: UUID | None, after_id: UUID | None) -> None:
    """Move a task in the list: below `parent_id` (None: top level), behind the sibling `after_id` (None: first)."""
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
    """Return the plan with the task among the parent's children, and those numbered anew."""
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
    """Delete a task with everything below it and every link of those."""
    async with ctx.transaction() as connection:
        campaign_id = await store.campaign_of(ctx, connection, task_id)
        await delete_tasks(within(ctx, connection), campaign_id, [task_id])


async def delete_tasks(ctx: Context, campaign_id: UUID, task_ids: Collection[UUID]) -> int:
    """Delete tasks of a campaign with everything below them and every link of those; return how many went.

    Those that are gone already are passed over; raises NotFound when all of them are.
    """
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign, before = await store.lock_plan(ctx, connection, campaign_id)
        here = [id for id in task_ids if id in before.tasks]
        if not here:
            raise not_found("task")
        gone = {task.id for id in here for task in rules.below(before.tasks, id)}
        after = replace(
            before,
            tasks={id: task for id, task in before.tasks.items() if id not in gone},
            links=tuple(
                link for link in before.links if link.predecessor_id not in gone and link.successor_id not in gone
            ),
        )
        await store.delete_tasks(ctx, connection, here)
        for id in gone:
            await forget_thing(ctx, connection, Thing(ThingKind.TASK, id))
        await write_moved(ctx, connection, campaign_id, before, settle(ctx, after))
        await ctx.audit(
            connection, "task.deleted", "campaign", campaign_id, campaign.name,
            task=before.tasks[here[0]].name, with_it=len(gone) - 1,
        )  # fmt: skip
    return len(gone)


def settle(ctx: Context, plan: Plan) -> Plan:
    """Return the plan with scheduled dates and the states of groups; raises what scheduling raises."""
    return rules.settled(plan, rules.scheduled(plan), ctx.today)


async def write_moved(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, before: Plan, after: Plan
) -> list[Task]:
    """Write dates and states that differ from before (new tasks: from what was inserted), and return those tasks."""

    def kept(task: Task) -> tuple[Any, ...]:
        return task.starts_on, task.ends_on, task.state, task.done_on

    moved = [task for id, task in after.tasks.items() if id in before.tasks and kept(task) != kept(before.tasks[id])]
    await store.move_tasks(ctx, connection, campaign_id, moved)
    return moved


async def tell_owners(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, campaign: str, given: Iterable[Task]
) -> None:
    """Tell members which tasks are theirs now, in one notice each, and let them follow those. campaign: its name."""
    tasks = [task for task in given if task.owner_id is not None]
    pairs = [(Thing(ThingKind.TASK, task.id), task.owner_id) for task in tasks if task.owner_id is not None]
    await follow_each(ctx, connection, pairs, campaign_id=campaign_id)
    await _tell(ctx, connection, NoticeKind.ASSIGNED, campaign_id, campaign, tasks)


async def tell_moved(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, campaign: str, moved: Iterable[Task]
) -> None:
    """Tell owners which of their open tasks have other dates, in one notice each. campaign: its name."""
    tasks = [task for task in moved if not task.state.ended]
    await _tell(ctx, connection, NoticeKind.SCHEDULE_MOVED, campaign_id, campaign, tasks)


async def _tell(
    ctx: Context,
    connection: AsyncConnection,
    kind: NoticeKind,
    campaign_id: UUID,
    campaign: str,
    tasks: Sequence[Task],
    **values: Any,
) -> None:
    """Make one notice for each owner.

    Groups count only for who has nothing but groups, as in the list of one's work.
    """
    groups = {task.parent_id for task in tasks}
    theirs: dict[UUID, list[Task]] = {}
    for task in sorted(tasks, key=lambda each: (each.id in groups, each.starts_on, each.position)):
        if task.owner_id is not None and (task.id not in groups or task.owner_id not in theirs):
            theirs.setdefault(task.owner_id, []).append(task)
    await notify_of_many(
        ctx,
        connection,
        kind,
        {
            owner: [
                Piece(Thing(ThingKind.TASK, task.id), task.name, {"on": task.ends_on.isoformat(), **values})
                for task in mine
            ]
            for owner, mine in theirs.items()
        },
        place=(Thing(ThingKind.CAMPAIGN, campaign_id), campaign),
        campaign_id=campaign_id,
    )
