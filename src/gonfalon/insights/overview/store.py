"""What the overview asks of PostgreSQL: the campaigns, and what they cost in a period."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.insights.report.store import BEGUN
from gonfalon.planning.model import CampaignState
from gonfalon.planning.tables.budget import spend_entries
from gonfalon.planning.tables.campaigns import campaigns
from gonfalon.planning.tables.touchpoints import touchpoints


async def begun_campaigns(ctx: Context, connection: AsyncConnection) -> list[UUID]:
    """Return ids of the campaigns that are not archived and of which something was launched, carried out or paid."""
    begun = select(touchpoints.c.id).where(touchpoints.c.campaign_id == campaigns.c.id, BEGUN).exists()
    paid = select(spend_entries.c.id).where(spend_entries.c.campaign_id == campaigns.c.id).exists()
    found = await connection.execute(
        select(campaigns.c.id).where(
            campaigns.c.workspace_id == ctx.workspace.id,
            campaigns.c.state != CampaignState.ARCHIVED.value,
            begun | paid,
        )
    )
    return list(found.scalars())


async def costs(ctx: Context, connection: AsyncConnection, first: date, last: date) -> list[tuple[UUID, date, int]]:
    """Return what campaigns spent on each day, in minor units: bills and media, and touchpoints that are on no line."""
    e, t = spend_entries.c, touchpoints.c
    entered = (
        select(e.campaign_id, e.day, func.sum(e.counted_minor))
        .where(e.workspace_id == ctx.workspace.id, e.kind != "commitment", e.day.between(first, last))
        .group_by(e.campaign_id, e.day)
    )
    loose = select(t.campaign_id, t.done_on, t.cost_minor).where(
        t.workspace_id == ctx.workspace.id,
        t.done_on.between(first, last),
        t.budget_line_id.is_(None),
        t.cost_minor.is_not(None),
    )
    rows = [*await connection.execute(entered), *await connection.execute(loose)]
    return [(row[0], row[1], int(row[2])) for row in rows]
