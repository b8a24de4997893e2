"""Which campaigns' results are in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Select, cast, func, literal, select
from sqlalchemy.dialects.postgresql import INTERVAL
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.access import seen_campaigns
from gonfalon.accounts.context import Context
from gonfalon.insights.goals.model import PastCampaign
from gonfalon.kit.rows import all_of
from gonfalon.metrics.model import Category
from gonfalon.planning.campaigns.model import CampaignType
from gonfalon.planning.model import TouchpointChannel
from gonfalon.planning.tables.campaigns import campaigns
from gonfalon.planning.tables.touchpoints import touchpoints

MOST_PAST = 40


async def past_campaigns(
    ctx: Context,
    connection: AsyncConnection,
    *,
    but: UUID | None,
    category: Category | None,
    type: CampaignType | None,
    channel: TouchpointChannel | None,
) -> list[PastCampaign]:
    """Return the last 40 campaigns, the newest first, of which something was launched and whose days for conversions
    are over since: id, category, type, channels, last launch."""
    last = func.max(touchpoints.c.launched_at)
    days = cast(campaigns.c.attribution_days, Integer) * cast(literal(timedelta(days=1)), INTERVAL)
    query: Select[Any] = (
        select(
            campaigns.c.id,
            campaigns.c.category,
            campaigns.c.type,
            func.array_agg(touchpoints.c.channel.distinct()).label("channels"),
            last.label("last"),
        )
        .join(touchpoints, touchpoints.c.campaign_id == campaigns.c.id)
        .where(
            campaigns.c.workspace_id == ctx.workspace.id,
            seen_campaigns(ctx, campaigns.c.id),
            touchpoints.c.launched_at.is_not(None),
        )
        .group_by(campaigns.c.id)
        .having(last + days < ctx.now)
        .order_by(last.desc(), campaigns.c.id)
        .limit(MOST_PAST)
    )
    if but is not None:
        query = query.where(campaigns.c.id != but)
    if category is not None:
        query = query.where(campaigns.c.category == category.value)
    if type is not None:
        query = query.where(campaigns.c.type == type.value)
    if channel is not None:
        query = query.having(func.bool_or(touchpoints.c.channel == channel.value))
    return await all_of(connection, query, PastCampaign)
