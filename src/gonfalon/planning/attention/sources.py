"""List open problems of campaigns' dates and touchpoints."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.channels.offers import sent_here
from gonfalon.delivery.store import list_troubles
from gonfalon.planning.attention.store import list_open_touchpoints, list_watched_campaigns
from gonfalon.teamwork.attention import Attention

SOON = timedelta(days=7)


async def of_touchpoints(ctx: Context, connection: AsyncConnection, campaign_ids: Sequence[UUID]) -> list[Attention]:
    """List sending that stopped, launches that came to nothing, and drafts whose time has come or is near."""
    rows = await list_open_touchpoints(ctx, connection, campaign_ids)
    troubles = {
        row.touchpoint_id: row.trouble for row in await list_troubles(connection, ctx.workspace.id, campaign_ids)
    }
    sends = sent_here(ctx.services)
    found: list[Attention] = []
    for row in rows:
        about = ("touchpoint", row.id, {"name": row.name})
        here = row.campaign_id
        if row.state == "held":
            found.append(Attention(here, "touchpoint.held", "bad", *about))
        elif troubles.get(row.id) == "blocked":
            found.append(Attention(here, "touchpoint.blocked", "bad", *about))
        elif troubles.get(row.id) == "stalled":
            found.append(Attention(here, "touchpoint.stalled", "bad", *about))
        elif troubles.get(row.id) == "fewer":
            found.append(Attention(here, "touchpoint.fewer", "look", *about))
        elif row.state == "paused":
            found.append(Attention(here, "touchpoint.paused", "look", *about))
        elif row.launched_at is None and row.launch_problem:
            found.append(Attention(here, "touchpoint.failed", "bad", *about))
        elif row.launched_at is None and row.done_on is None and row.send_at is not None:
            sent = row.channel.value in sends
            lacks = (row.channel.addressed and row.audience_id is None) or (sent and row.template_id is None)
            if row.send_at < ctx.now:
                code = "touchpoint.late" if sent else "touchpoint.undone"
                found.append(Attention(here, code, "bad", *about))
            elif row.send_at < ctx.now + SOON and lacks:
                found.append(Attention(here, "touchpoint.incomplete", "look", *about))
    return found


async def of_dates(ctx: Context, connection: AsyncConnection, campaign_ids: Sequence[UUID]) -> list[Attention]:
    """List first days that have come though nothing is launched, and what is not over and led by nobody."""
    today = ctx.today
    found: list[Attention] = []
    for row in await list_watched_campaigns(ctx, connection, campaign_ids):
        about = ("campaign", row.id)
        if row.state == "planned" and row.starts_on is not None and row.starts_on < today:
            found.append(Attention(row.id, "campaign.late", "bad", *about, {"days": (today - row.starts_on).days}))
        if row.leader_id is None and row.state in ("planned", "running"):
            found.append(Attention(row.id, "campaign.leaderless", "look", *about))
    return found
