"""Database calls around a thing."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.tables import members, users
from gonfalon.kit.paging import PageRequest
from gonfalon.kit.rows import all_of, shaped
from gonfalon.kit.sql import run
from gonfalon.teamwork.model import MemberName, Thing
from gonfalon.teamwork.tables import followers, presence
from gonfalon.teamwork.together.model import ActivityLine, CampaignActivity

GONE_AFTER = 45
"""Seconds after the last heartbeat at which somebody is not there any more."""


async def mark_presence(ctx: Context, connection: AsyncConnection, thing: Thing, user_id: UUID) -> list[MemberName]:
    """Note the member's heartbeat; who else looks at the thing now: id, name."""
    found = await run(
        connection,
        __package__,
        "mark_presence",
        workspace_id=ctx.workspace.id,
        kind=thing.kind.value,
        thing_id=thing.id,
        user_id=user_id,
        seconds=GONE_AFTER,
    )
    return shaped(found, MemberName)


async def leave(ctx: Context, connection: AsyncConnection, thing: Thing, user_id: UUID) -> None:
    """Take the member's presence away."""
    await connection.execute(
        delete(presence).where(
            presence.c.workspace_id == ctx.workspace.id,
            presence.c.thing_kind == thing.kind.value,
            presence.c.thing_id == thing.id,
            presence.c.user_id == user_id,
        )
    )


async def list_followers(ctx: Context, connection: AsyncConnection, thing: Thing) -> list[MemberName]:
    """Return members who follow the thing: id, name; by name."""
    return await all_of(
        connection,
        select(users.c.id, users.c.name)
        .join(followers, followers.c.user_id == users.c.id)
        .join(members, (members.c.user_id == users.c.id) & (members.c.workspace_id == ctx.workspace.id))
        .where(
            followers.c.workspace_id == ctx.workspace.id,
            followers.c.thing_kind == thing.kind.value,
            followers.c.thing_id == thing.id,
            ~followers.c.muted,
        )
        .order_by(users.c.name, users.c.id),
        MemberName,
    )


async def page_activity(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, page: PageRequest
) -> list[ActivityLine]:
    """Return what happened in the campaign, the newest first, one more than the page holds."""
    at, source, key = page.after or (None, None, None)
    found = await run(
        connection,
        __package__,
        "list_activity",
        workspace_id=ctx.workspace.id,
        campaign_id=campaign_id,
        at=at,
        source=source,
        key=key,
        limit=page.fetch,
    )
    return shaped(found, ActivityLine)


async def sum_activity(
    ctx: Context, connection: AsyncConnection, since: datetime, until: datetime
) -> list[CampaignActivity]:
    """Return how much happened in each campaign in between, the liveliest first."""
    found = await run(connection, __package__, "sum_activity", workspace_id=ctx.workspace.id, since=since, until=until)
    return shaped(found, CampaignActivity)
