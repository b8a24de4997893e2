"""Everything that may want attention. A noun of planning adds its own source to `SOURCES`."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.delivery.tables import dispatches
from gonfalon.planning.approvals.attention import of_approvals
from gonfalon.planning.attention.model import Attention, Source
from gonfalon.planning.budget.attention import of_budget
from gonfalon.planning.calendar.attention import of_collisions
from gonfalon.planning.campaigns.store import find_campaign
from gonfalon.planning.playbook.attention import of_lessons
from gonfalon.planning.tables import touchpoints
from gonfalon.planning.timeline.attention import of_tasks
from gonfalon.planning.touchpoints.model import TouchpointChannel

SOON = timedelta(days=7)


async def of_touchpoints(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[Attention]:
    """Sending that stopped, launches that came to nothing, and drafts whose time has come or is near."""
    rows = await connection.execute(
        select(
            touchpoints.c.id,
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
        .where(touchpoints.c.campaign_id == campaign_id, touchpoints.c.workspace_id == ctx.workspace.id)
        .order_by(touchpoints.c.send_at, touchpoints.c.id)
    )
    found: list[Attention] = []
    for row in rows:
        about = ("touchpoint", row.id, {"name": row.name})
        if row.state == "held":
            found.append(Attention("touchpoint.held", "bad", *about))
        elif row.state == "paused":
            found.append(Attention("touchpoint.paused", "look", *about))
        elif row.launched_at is None and row.launch_problem:
            found.append(Attention("touchpoint.failed", "bad", *about))
        elif row.launched_at is None and row.done_on is None and row.send_at is not None:
            channel = TouchpointChannel(row.channel)
            lacks = (channel.addressed and row.audience_id is None) or (channel.sent_here and row.template_id is None)
            if row.send_at < ctx.now:
                code = "touchpoint.late" if channel.sent_here else "touchpoint.undone"
                found.append(Attention(code, "bad", *about))
            elif row.send_at < ctx.now + SOON and lacks:
                found.append(Attention("touchpoint.incomplete", "look", *about))
    return found


async def of_dates(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[Attention]:
    """A first day that has come though nothing is launched, and nobody to lead what is not over."""
    today = ctx.today
    campaign = await find_campaign(ctx, connection, campaign_id)
    about = ("campaign", campaign_id)
    found: list[Attention] = []
    if campaign.state == "planned" and campaign.starts_on is not None and campaign.starts_on < today:
        found.append(Attention("campaign.late", "bad", *about, {"days": (today - campaign.starts_on).days}))
    if campaign.leader_id is None and campaign.state in ("planned", "running"):
        found.append(Attention("campaign.leaderless", "look", *about))
    return found


SOURCES: list[Source] = [of_touchpoints, of_dates, of_approvals, of_tasks, of_budget, of_collisions, of_lessons]
