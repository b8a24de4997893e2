"""Database calls of what wants attention."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import Text, and_, case, cast, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.tables import members
from gonfalon.approvals.tables import approval_requests, approval_steps
from gonfalon.delivery.tables import dispatches
from gonfalon.kit.rows import all_of
from gonfalon.planning.attention.model import DueTask, WatchedCampaign, WatchedTouchpoint
from gonfalon.planning.tables.campaigns import campaigns
from gonfalon.planning.tables.timeline import tasks
from gonfalon.planning.tables.touchpoints import IN_USE, touchpoints
from gonfalon.planning.timeline.store import OPEN, due_on, no_group
from gonfalon.teamwork.model import NoticeKind
from gonfalon.teamwork.tables import notices


async def list_open_touchpoints(
    ctx: Context, connection: AsyncConnection, campaign_ids: Sequence[UUID]
) -> list[WatchedTouchpoint]:
    """List the campaigns' touchpoints with what became of their launch, by when they are sent."""
    query = (
        select(
            touchpoints.c.id,
            touchpoints.c.campaign_id,
            touchpoints.c.name,
            touchpoints.c.send_at,
            touchpoints.c.launched_at,
            touchpoints.c.done_on,
            touchpoints.c.channel,
            touchpoints.c.launch_problem,
            touchpoints.c.audience_id,
            touchpoints.c.template_id,
            dispatches.c.state,
        )
        .outerjoin(dispatches, dispatches.c.touchpoint_id == touchpoints.c.id)
        .where(touchpoints.c.campaign_id.in_(campaign_ids), touchpoints.c.workspace_id == ctx.workspace.id, IN_USE)
        .order_by(touchpoints.c.send_at, touchpoints.c.id)
    )
    return await all_of(connection, query, WatchedTouchpoint)


async def list_watched_campaigns(
    ctx: Context, connection: AsyncConnection, campaign_ids: Sequence[UUID]
) -> list[WatchedCampaign]:
    """List the campaigns with their state, first day and leader."""
    c = campaigns.c
    query = select(c.id, c.state, c.starts_on, c.leader_id).where(
        c.id.in_(campaign_ids), c.workspace_id == ctx.workspace.id
    )
    return await all_of(connection, query, WatchedCampaign)


async def list_due_tasks(ctx: Context, connection: AsyncConnection, since: date, until: date) -> list[DueTask]:
    """List open tasks of members, and which notice of them is still to be made. Relies on ix_tasks_dates."""
    due = due_on()
    notice = case((due < ctx.today, NoticeKind.OVERDUE.value), else_=NoticeKind.DUE_SOON.value)
    had = (
        select(notices.c.id)
        .where(
            notices.c.workspace_id == tasks.c.workspace_id,
            notices.c.user_id == tasks.c.owner_id,
            notices.c.kind == notice,
            or_(
                and_(notices.c.thing_id == tasks.c.id, notices.c.once == cast(due, Text)),
                notices.c.parameters["things"][cast(tasks.c.id, Text)].astext == cast(due, Text),
            ),
        )
        .exists()
    )
    query = (
        select(
            tasks.c.id,
            tasks.c.name,
            tasks.c.owner_id,
            tasks.c.campaign_id,
            campaigns.c.name.label("campaign"),
            due.label("due"),
            notice.label("notice"),
        )
        .join(members, and_(members.c.workspace_id == tasks.c.workspace_id, members.c.user_id == tasks.c.owner_id))
        .join(campaigns, campaigns.c.id == tasks.c.campaign_id)
        .where(
            tasks.c.workspace_id == ctx.workspace.id,
            tasks.c.state.in_(OPEN),
            due.between(since, until),
            campaigns.c.state.in_(("planned", "running")),
            no_group(),
            ~had,
        )
        .order_by(due, tasks.c.id)
    )
    return await all_of(connection, query, DueTask)


async def list_due_requests(ctx: Context, connection: AsyncConnection, until: datetime) -> list[UUID]:
    """List requests whose open step is due until then and was opened on a day before: of today's one was just told."""
    r, step = approval_requests, approval_steps
    midnight = datetime.combine(ctx.today, time(), ctx.zone)
    found = await connection.execute(
        select(r.c.id)
        .join(step, and_(step.c.request_id == r.c.id, step.c.position == r.c.step))
        .where(
            r.c.workspace_id == ctx.workspace.id,
            r.c.state == "waiting",
            r.c.void_since.is_(None),
            step.c.opened_at < midnight,
            step.c.due_at.between(ctx.now, until),
        )
        .order_by(r.c.id)
    )
    return list(found.scalars())
