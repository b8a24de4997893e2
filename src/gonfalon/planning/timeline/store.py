"""Database calls of the timeline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.access import seen_campaigns
from gonfalon.accounts.context import Context
from gonfalon.accounts.versions import not_found
from gonfalon.accounts.workdays.store import load_weeks
from gonfalon.kit.ids import new_id
from gonfalon.kit.queries import among
from gonfalon.kit.sql import run
from gonfalon.planning.campaigns.model import Campaign
from gonfalon.planning.campaigns.store import find_campaign, lock_campaign
from gonfalon.planning.tables.timeline import task_links, tasks
from gonfalon.planning.timeline.model import Plan, Task, TaskDraft, TaskKind, TaskLink, TaskState
from gonfalon.planning.timeline.schedule import LinkKind

_PACKAGE = "gonfalon.planning.timeline"
ORDER = (tasks.c.position, tasks.c.id)
"""In which a plan holds its tasks."""
OPEN = (TaskState.TODO.value, TaskState.DOING.value, TaskState.REVIEW.value)


def due_on() -> ColumnElement[object]:
    """Return the day a task has to be done: its deadline, or the end that is planned for it if that is sooner."""
    return func.least(tasks.c.ends_on, func.coalesce(tasks.c.deadline, tasks.c.ends_on))


def no_group() -> ColumnElement[bool]:
    """Return the condition that a task has no parts: a group's work is that of its parts."""
    children = tasks.alias("children")
    return ~select(children.c.id).where(children.c.parent_id == tasks.c.id).exists()


async def lock_plan(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> tuple[Campaign, Plan]:
    """Lock the campaign until the transaction ends, and load its plan; raises NotFound for who may not see it."""
    campaign = await lock_campaign(ctx, connection, campaign_id)
    return campaign, await _plan(ctx, connection, campaign)


async def load_plan(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> tuple[Campaign, Plan]:
    """Load a campaign and its plan, to be read; raises NotFound."""
    campaign = await find_campaign(ctx, connection, campaign_id)
    return campaign, await _plan(ctx, connection, campaign)


async def _plan(ctx: Context, connection: AsyncConnection, campaign: Campaign) -> Plan:
    t = tasks.c
    rows = await connection.execute(
        select(
            t.id, t.name, t.kind, t.parent_id, t.owner_id, t.state, t.duration_days, t.effort_hours, t.not_before,
            t.deadline, t.fixed_on, t.starts_on, t.ends_on, t.done_on, t.position,
        )
        .where(t.campaign_id == campaign.id, t.workspace_id == ctx.workspace.id)
        .order_by(*ORDER)
    )  # fmt: skip
    found = {row[0]: Task(row[0], row[1], _KINDS[row[2]], row[3], row[4], _STATES[row[5]], *row[6:]) for row in rows}
    links = await connection.execute(
        select(task_links.c.predecessor_id, task_links.c.successor_id, task_links.c.kind, task_links.c.lag_days)
        .where(task_links.c.campaign_id == campaign.id, task_links.c.workspace_id == ctx.workspace.id)
        .order_by(task_links.c.id)
    )
    week, weeks = await load_weeks(ctx, connection)
    begins = campaign.starts_on or campaign.created_at.astimezone(ctx.zone).date()
    return Plan(begins, found, tuple(TaskLink(a, b, _LINK_KINDS[k], lag) for a, b, k, lag in links), week, weeks)


_KINDS = {kind.value: kind for kind in TaskKind}
_STATES = {state.value: state for state in TaskState}
_LINK_KINDS = {kind.value: kind for kind in LinkKind}


async def move_tasks(ctx: Context, connection: AsyncConnection, campaign_id: UUID, moved: list[Task]) -> None:
    """Write dates and states of the tasks in one statement."""
    if moved:
        await run(
            connection, _PACKAGE, "move_tasks",
            workspace=ctx.workspace.id, campaign=campaign_id,
            ids=[task.id for task in moved],
            starts=[task.starts_on for task in moved],
            ends=[task.ends_on for task in moved],
            states=[task.state.value for task in moved],
            done=[task.done_on for task in moved],
        )  # fmt: skip


def task_values(ctx: Context, campaign_id: UUID, task: Task, draft: TaskDraft | None = None) -> dict[str, Any]:
    """Return the columns of a new task."""
    return {
        "id": task.id,
        "workspace_id": ctx.workspace.id,
        "campaign_id": campaign_id,
        "parent_id": task.parent_id,
        "kind": task.kind.value,
        "name": task.name,
        "notes": draft.notes if draft else "",
        "touchpoint_id": draft.touchpoint_id if draft else None,
        "owner_id": task.owner_id,
        "state": task.state.value,
        "duration_days": task.duration_days,
        "effort_hours": task.effort_hours,
        "not_before": task.not_before,
        "deadline": task.deadline,
        "fixed_on": task.fixed_on,
        "starts_on": task.starts_on,
        "ends_on": task.ends_on,
        "position": task.position,
        "updated_by": ctx.actor.name,
    }


async def insert_tasks(connection: AsyncConnection, rows: list[dict[str, Any]]) -> None:
    """Write new tasks, parents before their children."""
    if rows:
        await connection.execute(insert(tasks), rows)


async def insert_links(ctx: Context, connection: AsyncConnection, campaign_id: UUID, links: Iterable[TaskLink]) -> None:
    """Write new links."""
    rows = [
        {
            "id": new_id(),
            "workspace_id": ctx.workspace.id,
            "campaign_id": campaign_id,
            "predecessor_id": link.predecessor_id,
            "successor_id": link.successor_id,
            "kind": link.kind.value,
            "lag_days": link.lag_days,
        }
        for link in links
    ]
    if rows:
        await connection.execute(insert(task_links), rows)


async def delete_links(ctx: Context, connection: AsyncConnection, campaign_id: UUID, links: Iterable[TaskLink]) -> None:
    """Delete links."""
    for link in links:
        await connection.execute(
            delete(task_links).where(
                task_links.c.workspace_id == ctx.workspace.id,
                task_links.c.campaign_id == campaign_id,
                task_links.c.predecessor_id == link.predecessor_id,
                task_links.c.successor_id == link.successor_id,
            )
        )


async def place_tasks(ctx: Context, connection: AsyncConnection, placed: list[Task]) -> None:
    """Write where tasks stand: parent and position."""
    await run(
        connection, _PACKAGE, "place_tasks",
        workspace=ctx.workspace.id,
        ids=[task.id for task in placed],
        parents=[task.parent_id for task in placed],
        positions=[task.position for task in placed],
    )  # fmt: skip


async def save_planned(ctx: Context, connection: AsyncConnection, task: Task) -> None:
    """Write what scheduling looks at, and raise the version."""
    await connection.execute(
        update(tasks)
        .where(tasks.c.id == task.id, tasks.c.workspace_id == ctx.workspace.id)
        .values(
            kind=task.kind.value,
            duration_days=task.duration_days,
            effort_hours=task.effort_hours,
            owner_id=task.owner_id,
            not_before=task.not_before,
            deadline=task.deadline,
            fixed_on=task.fixed_on,
            version=tasks.c.version + 1,
            updated_at=func.now(),
            updated_by=ctx.actor.name,
        )
    )


async def touchpoint_of(ctx: Context, connection: AsyncConnection, task_id: UUID) -> UUID | None:
    """Return the touchpoint that a task works for, if any."""
    found = await connection.execute(
        select(tasks.c.touchpoint_id).where(tasks.c.id == task_id, tasks.c.workspace_id == ctx.workspace.id)
    )
    touchpoint_id: UUID | None = found.scalar_one_or_none()
    return touchpoint_id


async def list_extras(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID
) -> dict[UUID, tuple[str, UUID | None]]:
    """List what a plan leaves out of its tasks, by task: the notes, and the touchpoint that it works for."""
    t = tasks.c
    found = await connection.execute(
        select(t.id, t.notes, t.touchpoint_id).where(t.campaign_id == campaign_id, t.workspace_id == ctx.workspace.id)
    )
    return {row.id: (row.notes, row.touchpoint_id) for row in found}


async def campaign_of(ctx: Context, connection: AsyncConnection, task_id: UUID) -> UUID:
    """Return the campaign a task belongs to; raises NotFound."""
    found = await connection.execute(
        select(tasks.c.campaign_id).where(
            tasks.c.id == task_id, tasks.c.workspace_id == ctx.workspace.id, seen_campaigns(ctx, tasks.c.campaign_id)
        )
    )
    campaign_id: UUID | None = found.scalar_one_or_none()
    if campaign_id is None:
        raise not_found("task")
    return campaign_id


async def delete_tasks(ctx: Context, connection: AsyncConnection, ids: Sequence[UUID]) -> None:
    """Delete tasks, with their links."""
    await connection.execute(delete(tasks).where(among(tasks.c.id, ids), tasks.c.workspace_id == ctx.workspace.id))


async def recurrence_of(ctx: Context, connection: AsyncConnection, task_id: UUID) -> UUID | None:
    """Return the rule by which a task comes again, if any."""
    found = await connection.execute(
        select(tasks.c.recurrence_id).where(tasks.c.id == task_id, tasks.c.workspace_id == ctx.workspace.id)
    )
    rule: UUID | None = found.scalar_one()
    return rule


async def set_recurrence(ctx: Context, connection: AsyncConnection, task_id: UUID, rule: UUID | None) -> None:
    """Write the rule by which a task comes again."""
    await connection.execute(
        update(tasks).where(tasks.c.id == task_id, tasks.c.workspace_id == ctx.workspace.id).values(recurrence_id=rule)
    )


async def delete_occurrences(
    ctx: Context, connection: AsyncConnection, rule: UUID, task_id: UUID, after: date
) -> set[UUID]:
    """Delete a rule's occurrences after a day that nobody has begun, but for one task; return their ids."""
    found = await connection.execute(
        delete(tasks)
        .where(
            tasks.c.workspace_id == ctx.workspace.id,
            tasks.c.recurrence_id == rule,
            tasks.c.id != task_id,
            tasks.c.state == TaskState.TODO.value,
            tasks.c.starts_on > after,
        )
        .returning(tasks.c.id)
    )
    return set(found.scalars())
