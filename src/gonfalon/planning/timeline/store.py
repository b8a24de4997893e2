"""Database calls of the timeline."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.tables import members, users
from gonfalon.kit.errors import Invalid
from gonfalon.kit.ids import new_id
from gonfalon.kit.sql import run
from gonfalon.planning.campaigns.access import see_campaign, seen_campaigns
from gonfalon.planning.campaigns.store import lock_campaign
from gonfalon.planning.store import NOUNS, not_found
from gonfalon.planning.tables import campaigns
from gonfalon.planning.timeline.model import Plan, Task, TaskDraft, TaskKind, TaskLink, TaskState, Week
from gonfalon.planning.timeline.schedule import LinkKind
from gonfalon.planning.timeline.tables import task_links, tasks, work_calendars

NOUNS[tasks] = "task"
NOUNS[work_calendars] = "working calendar"
_PACKAGE = "gonfalon.planning.timeline"
ORDER = (tasks.c.position, tasks.c.id)
"""In which a plan holds its tasks."""


async def lock_plan(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> tuple[Row[Any], Plan]:
    """The campaign, locked until the transaction ends, and its plan; raises NotFound for who may not see it."""
    await see_campaign(ctx, connection, campaign_id)
    campaign = await lock_campaign(ctx, connection, campaign_id)
    return campaign, await _plan(ctx, connection, campaign)


async def load_plan(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> tuple[Row[Any], Plan]:
    """The campaign and its plan, to be read; raises NotFound."""
    await see_campaign(ctx, connection, campaign_id)
    found = await connection.execute(
        select(campaigns).where(campaigns.c.id == campaign_id, campaigns.c.workspace_id == ctx.workspace.id)
    )
    campaign = found.one()
    return campaign, await _plan(ctx, connection, campaign)


async def _plan(ctx: Context, connection: AsyncConnection, campaign: Row[Any]) -> Plan:
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


async def load_weeks(ctx: Context, connection: AsyncConnection) -> tuple[Week, dict[UUID, Week]]:
    """When the workspace works, and when those members do who differ from it."""
    found = await connection.execute(select(work_calendars).where(work_calendars.c.workspace_id == ctx.workspace.id))
    rows = found.all()
    week = Week()
    for row in rows:
        if row.user_id is None:
            week = Week(
                tuple(row.weekdays) if row.weekdays is not None else week.weekdays,
                row.hours_per_day if row.hours_per_day is not None else week.hours_per_day,
                row.country,
                row.region,
                frozenset(row.days_off),
            )
    weeks = {
        row.user_id: Week(
            tuple(row.weekdays) if row.weekdays is not None else week.weekdays,
            row.hours_per_day if row.hours_per_day is not None else week.hours_per_day,
            week.country,
            week.region,
            week.days_off | frozenset(row.days_off),
        )
        for row in rows
        if row.user_id is not None
    }
    return week, weeks


async def move_tasks(ctx: Context, connection: AsyncConnection, campaign_id: UUID, moved: list[Task]) -> None:
    """Writes dates and states of the tasks in one statement."""
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
    """The columns of a new task."""
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
    """Writes new tasks, parents before their children."""
    if rows:
        await connection.execute(insert(tasks), rows)


async def insert_links(ctx: Context, connection: AsyncConnection, campaign_id: UUID, links: Iterable[TaskLink]) -> None:
    """Writes new links."""
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
    """Takes links away."""
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
    """Writes where tasks stand: parent and position."""
    await run(
        connection, _PACKAGE, "place_tasks",
        workspace=ctx.workspace.id,
        ids=[task.id for task in placed],
        parents=[task.parent_id for task in placed],
        positions=[task.position for task in placed],
    )  # fmt: skip


async def save_planned(ctx: Context, connection: AsyncConnection, task: Task) -> None:
    """Writes what scheduling looks at, and raises the version."""
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


async def campaign_of(ctx: Context, connection: AsyncConnection, task_id: UUID) -> UUID:
    """The campaign a task belongs to; raises NotFound."""
    found = await connection.execute(
        select(tasks.c.campaign_id).where(
            tasks.c.id == task_id, tasks.c.workspace_id == ctx.workspace.id, seen_campaigns(ctx, tasks.c.campaign_id)
        )
    )
    campaign_id: UUID | None = found.scalar_one_or_none()
    if campaign_id is None:
        raise not_found("task")
    return campaign_id


async def check_members(ctx: Context, connection: AsyncConnection, owners: Iterable[UUID | None]) -> None:
    """Raises Invalid unless all owners are members of the workspace."""
    wanted = {owner for owner in owners if owner is not None}
    if not wanted:
        return
    found = await connection.execute(
        select(members.c.user_id).where(members.c.workspace_id == ctx.workspace.id, members.c.user_id.in_(wanted))
    )
    if wanted - set(found.scalars()):
        raise Invalid("owner_unknown", "The owner must be a member of this workspace; invite them first.")


async def list_members(ctx: Context, connection: AsyncConnection) -> list[Row[Any]]:
    """Everybody who can own a task: id, name, email."""
    found = await connection.execute(
        select(users.c.id, users.c.name, users.c.email)
        .join(members, members.c.user_id == users.c.id)
        .where(members.c.workspace_id == ctx.workspace.id, users.c.disabled_at.is_(None))
        .order_by(users.c.name, users.c.id)
    )
    return [*found]
