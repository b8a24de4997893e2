"""Whether somebody sees a campaign; for lists, `gonfalon.accounts.access.seen_campaigns` is the condition."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.access import seen_campaigns
from gonfalon.accounts.context import Context
from gonfalon.planning.store import not_found
from gonfalon.planning.tables import campaigns

__all__ = ["see_campaign", "seen_campaigns"]


async def see_campaign(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> None:
    """Raises NotFound for a campaign that is not there, is another workspace's, or that a guest has no part in."""
    found = await connection.execute(
        select(campaigns.c.id).where(
            campaigns.c.id == campaign_id,
            campaigns.c.workspace_id == ctx.workspace.id,
            seen_campaigns(ctx, campaigns.c.id),
        )
    )
    if found.first() is None:
        raise not_found("campaign")
