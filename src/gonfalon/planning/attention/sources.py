"""List open problems of campaigns' dates and touchpoints."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.channels.offers import sent_here
from gonfalon.delivery.store import list_troubles
from gonfalon.planning.attention.store import list_open_touchpoints
from gonfalon.planning.campaigns.store import find_campaign
from gonfalon.teamwork.attention import Attention

SOON = timedelta(days=7)


async def of_touchpoints(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[Attention]:
    """List sending that stopped, launches that came to nothing, and drafts whose time has come or is near."""
    rows = await list_open_touchpoints(ctx, connection, campaign_id)
    troubles = {
        row.touchpoint_id: row.trouble for row in await list_troubles(connection, ctx.workspace.id, campaign_id)
    }
    sends = sent_here(ctx.services)
    found: list[Attention] = []
    for row in rows:
        about = ("touchpoint", row.id, {"name": row.name})
        if row.state == "held":
            found.append(Attention("touchpoint.held", "bad", *about))
        elif troubles.get(row.id) == "blocked":
            found.append(Attention("touchpoint.blocked", "bad", *about))
        elif troubles.get(row.id) == "stalled":
            found.append(Attention("touchpoint.stalled", "bad", *about))
        elif troubles.get(row.id) == "fewer":
            found.append(Attention("touchpoint.fewer", "look", *about))
        elif row.state == "paused":
            found.append(Attention("touchpoint.paused", "look", *about))
        elif row.launched_at is None and row.launch_problem:
            found.append(Attention("touchpoint.failed", "bad", *about))
        elif row.launched_at is None and row.done_on is None and row.send_at is not None:
            sent = row.channel.value in sends
            lacks = (row.channel.addressed and row.audience_id is None) or (sent and row.template_id is None)
            if row.send_at < ctx.now:
                code = "touchpoint.late" if sent else "touchpoint.undone"
                found.append(Attention(code, "bad", *about))
            elif row.send_at < ctx.now + SOON and lacks:
                found.append(Attention("touchpoint.incomplete", "look", *about))
    return found


async def of_dates(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[Attention]:
    """List a first day that has come though nothing is launched, and nobody to lead what is not over."""
    today = ctx.today
    campaign = await find_campaign(ctx, connection, campaign_id)
    about = ("campaign", campaign_id)
    found: list[Attention] = []
    if campaign.state == "planned" and campaign.starts_on is not None and campaign.starts_on < today:
        found.append(Attention("campaign.late", "bad", *about, {"days": (today - campaign.starts_on).days}))
    if campaign.leader_id is None and campaign.state in ("planned", "running"):
        found.append(Attention("campaign.leaderless", "look", *about))
    return found
