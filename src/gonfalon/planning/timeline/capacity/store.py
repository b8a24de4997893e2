"""Database calls of capacity: what people are asked for, across campaigns."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.access import seen_campaigns
from gonfalon.accounts.context import Context
from gonfalon.kit.rows import all_of
from gonfalon.planning.tables.campaigns import campaigns
from gonfalon.planning.tables.timeline import tasks
from gonfalon.planning.timeline.capacity.rules import Work
from gonfalon.planning.timeline.model import AskedTask
from gonfalon.planning.timeline.store import no_group

MOST_ASKED = 200


async def list_work(
    ctx: Context,
    connection: AsyncConnection,
    first: date,
    last: date,
    *,
    owners: Collection[UUID] | None = None,
    but_campaign: UUID | None = None,
) -> list[Work]:
    """List what is planned for people between two days: estimated tasks with an owner, groups and cancelled ones left
    out.

    Archived campaigns ask for nothing.
    """
    query = (
        select(tasks.c.owner_id, tasks.c.starts_on, tasks.c.ends_on, tasks.c.effort_hours)
        .join(campaigns, campaigns.c.id == tasks.c.campaign_id)
        .where(
            tasks.c.workspace_id == ctx.workspace.id,
            tasks.c.owner_id.is_not(None),
            tasks.c.effort_hours > 0,
            tasks.c.state != "cancelled",
            tasks.c.starts_on <= last,
            tasks.c.ends_on >= first,
            campaigns.c.state != "archived",
            no_group(),
        )
    )
    if owners is not None:
        query = query.where(tasks.c.owner_id.in_(owners))
    if but_campaign is not None:
        query = query.where(tasks.c.campaign_id != but_campaign)
    return [Work(*row) for row in await connection.execute(query)]


async def count_unestimated(ctx: Context, connection: AsyncConnection, first: date, last: date) -> dict[UUID, int]:
    """Count open tasks of each owner between two days nobody has estimated."""
    found = await connection.execute(
        select(tasks.c.owner_id, func.count())
        .join(campaigns, campaigns.c.id == tasks.c.campaign_id)
        .where(
            tasks.c.workspace_id == ctx.workspace.id,
            tasks.c.owner_id.is_not(None),
            tasks.c.effort_hours.is_(None),
            tasks.c.kind != "milestone",
            tasks.c.state.not_in(("done", "cancelled")),
            tasks.c.starts_on <= last,
            tasks.c.ends_on >= first,
            campaigns.c.state != "archived",
            no_group(),
        )
        .group_by(tasks.c.owner_id)
    )
    return {row[0]: row[1] for row in found}


async def list_asked(
    ctx: Context, connection: AsyncConnection, user_id: UUID, first: date, last: date
) -> list[AskedTask]:
    """List what one person is asked for between two days, in campaigns that the actor may see.

    One more than is shown.
    """
    query = (
        select(
            tasks.c.id, tasks.c.name, tasks.c.campaign_id, campaigns.c.name.label("campaign_name"), tasks.c.state,
            tasks.c.starts_on, tasks.c.ends_on, tasks.c.effort_hours,
        )
        .join(campaigns, campaigns.c.id == tasks.c.campaign_id)
        .where(
            tasks.c.workspace_id == ctx.workspace.id,
            tasks.c.owner_id == user_id,
            tasks.c.kind != "milestone",
            tasks.c.state != "cancelled",
            tasks.c.starts_on <= last,
            tasks.c.ends_on >= first,
            campaigns.c.state != "archived",
            seen_campaigns(ctx, tasks.c.campaign_id),
            no_group(),
        )
        .order_by(tasks.c.starts_on, tasks.c.id)
        .limit(MOST_ASKED + 1)
    )  # fmt: skip
    return await all_of(connection, query, AskedTask)
