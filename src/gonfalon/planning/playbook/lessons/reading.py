"""Which lessons fit a campaign."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.planning.briefs.rules import telling_words
from gonfalon.planning.briefs.store import list_passages
from gonfalon.planning.campaigns.store import find_campaign
from gonfalon.planning.playbook.lessons.store import list_matching


async def list_fitting(ctx: Context, connection: AsyncConnection, campaign_id: UUID, limit: int) -> list[Row[Any]]:
    """Lessons of other campaigns that fit this one's context, name and brief, the closest first; raises NotFound."""
    campaign = await find_campaign(ctx, connection, campaign_id)
    brief = " ".join(row.text for row in await list_passages(ctx, connection, campaign_id))
    return await list_matching(ctx, connection, campaign, telling_words(f"{campaign.name} {brief}"), limit)
