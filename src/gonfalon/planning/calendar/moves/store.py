"""Database calls of moves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.approvals.model import SubjectKind
from gonfalon.approvals.tables import approval_requests
from gonfalon.kit.rows import first_of
from gonfalon.planning.tables.campaigns import campaigns
from gonfalon.planning.tables.goals import goals
from gonfalon.planning.tables.timeline import tasks
from gonfalon.planning.timeline.model import TaskState


@dataclass(frozen=True, slots=True)
class ParentDays:
    """The days of the campaign that another one is a part of."""

    name: str
    starts_on: date | None
    ends_on: date | None


async def list_late_work(
    ctx: Context, connection: AsyncConnection, touchpoint_id: UUID, day: date, most: int
) -> tuple[str, ...]:
    """Name open tasks that work for a touchpoint and end after a day, the latest first."""
    t = tasks.c
    late = await connection.execute(
        select(t.name)
        .where(
            t.workspace_id == ctx.workspace.id,
            t.touchpoint_id == touchpoint_id,
            t.state.in_([state.value for state in TaskState if not state.ended]),
            t.ends_on > day,
        )
        .order_by(t.ends_on.desc())
        .limit(most)
    )
    return tuple(late.scalars())


async def missed_deadline(ctx: Context, connection: AsyncConnection, campaign_id: UUID, day: date) -> date | None:
    """Return the deadline of the campaign's goal, if it is before the day."""
    g = goals.c
    found = await connection.execute(
        select(g.deadline).where(g.campaign_id == campaign_id, g.workspace_id == ctx.workspace.id, g.deadline < day)
    )
    deadline: date | None = found.scalar_one_or_none()
    return deadline


async def list_asked_launches(ctx: Context, connection: AsyncConnection, ids: Collection[UUID]) -> list[UUID]:
    """List those of the touchpoints whose launch was approved or is waiting for it."""
    r = approval_requests.c
    asked = await connection.execute(
        select(r.subject_id)
        .where(
            r.workspace_id == ctx.workspace.id,
            r.kind == SubjectKind.LAUNCH.value,
            r.subject_id.in_(ids),
            r.state.in_(("waiting", "approved")),
        )
        .distinct()
    )
    return sorted(asked.scalars())


async def find_parent(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> ParentDays | None:
    """Name and days of the campaign above, whoever may see it."""
    c = campaigns.c
    query = select(c.name, c.starts_on, c.ends_on).where(c.id == campaign_id, c.workspace_id == ctx.workspace.id)
    return await first_of(connection, query, ParentDays)
