"""Making and revoking feeds; only a hash of an address's secret is kept."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.errors import Forbidden, Invalid, NotFound
from gonfalon.kit.ids import new_id
from gonfalon.kit.secrets import digest, random_token
from gonfalon.planning.calendar.model import Filters, ItemKind
from gonfalon.planning.calendar.tables import calendar_feeds

MOST_FEEDS = 20


async def create_feed(ctx: Context, name: str, filters: Filters) -> tuple[UUID, str]:
    """A feed of the member who asks: its id and the address, whose secret cannot be read again."""
    ctx.require(Permission.CAMPAIGNS_READ)
    member = member_of(ctx)
    if not name.strip():
        raise Invalid("name_missing", "Give the feed a name.")
    token, feed_id = random_token(), new_id()
    async with ctx.transaction() as connection:
        if len(await list_feeds(ctx, connection)) >= MOST_FEEDS:
            raise Invalid("feeds_many", f"You can have at most {MOST_FEEDS} calendar feeds; revoke one first.")
        await connection.execute(
            insert(calendar_feeds).values(
                id=feed_id,
                workspace_id=ctx.workspace.id,
                user_id=member,
                name=name.strip(),
                token_hash=digest(token),
                filters=filters_value(filters),
            )
        )
        await ctx.audit(connection, "calendar_feed.created", "calendar_feed", feed_id, name.strip())
    return feed_id, f"{ctx.services.settings.public_url.rstrip('/')}/cal/{token}.ics"


async def revoke_feed(ctx: Context, feed_id: UUID) -> None:
    """Makes the address answer as if it had never been there."""
    member = member_of(ctx)
    async with ctx.transaction() as connection:
        revoked = await connection.execute(
            update(calendar_feeds)
            .where(
                calendar_feeds.c.id == feed_id,
                calendar_feeds.c.workspace_id == ctx.workspace.id,
                calendar_feeds.c.user_id == member,
                calendar_feeds.c.revoked_at.is_(None),
            )
            .values(revoked_at=func.now())
            .returning(calendar_feeds.c.name)
        )
        name = revoked.scalar_one_or_none()
        if name is None:
            raise NotFound("feed_gone", "This feed does not exist or was already revoked.")
        await ctx.audit(connection, "calendar_feed.revoked", "calendar_feed", feed_id, name)


async def list_feeds(ctx: Context, connection: AsyncConnection) -> list[Row[Any]]:
    """The member's own feeds that work, the newest first."""
    found = await connection.execute(
        select(calendar_feeds)
        .where(
            calendar_feeds.c.workspace_id == ctx.workspace.id,
            calendar_feeds.c.user_id == member_of(ctx),
            calendar_feeds.c.revoked_at.is_(None),
        )
        .order_by(calendar_feeds.c.id.desc())
    )
    return [*found]


def member_of(ctx: Context) -> UUID:
    """The member who acts; raises Forbidden for a key, which has no calendar of its own."""
    if ctx.actor.kind != "member" or ctx.actor.id is None:
        raise Forbidden("members_only", "Calendar feeds belong to members; sign in to make one.")
    return UUID(ctx.actor.id)


def filters_value(filters: Filters) -> dict[str, list[str]]:
    """The filters as they are kept."""
    return {
        "kinds": sorted(kind.value for kind in filters.kinds),
        "campaigns": sorted(map(str, filters.campaigns)),
        "channels": sorted(filters.channels),
        "audiences": sorted(map(str, filters.audiences)),
        "owners": sorted(map(str, filters.owners)),
    }


def filters_of(value: dict[str, list[str]]) -> Filters:
    """What was kept, as filters."""

    def ids(name: str) -> frozenset[UUID]:
        return frozenset(map(UUID, value.get(name, [])))

    return Filters(
        frozenset(ItemKind(kind) for kind in value.get("kinds", [])),
        ids("campaigns"),
        frozenset(value.get("channels", [])),
        ids("audiences"),
        ids("owners"),
    )
