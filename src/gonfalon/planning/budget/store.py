"""Reading a campaign's budget."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.planning.campaigns.store import find_campaign
from gonfalon.planning.tables import budget_lines


async def list_lines(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[Row[Any]]:
    """The campaign's lines in their order; raises NotFound for a campaign that is not here."""
    await find_campaign(ctx, connection, campaign_id)
    found = await connection.execute(
        select(budget_lines)
        .where(budget_lines.c.campaign_id == campaign_id, budget_lines.c.workspace_id == ctx.workspace.id)
        .order_by(budget_lines.c.position, budget_lines.c.id)
    )
    return list(found.all())
