"""Create and revoke feeds; only a hash of an address's secret is kept."""

from __future__ import annotations

from uuid import UUID

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.accounts.versions import insert_row
from gonfalon.kit.errors import Forbidden, Invalid
from gonfalon.kit.locks import one_at_a_time
from gonfalon.kit.secrets import digest, random_token
from gonfalon.planning.calendar.feeds import store
from gonfalon.planning.calendar.feeds.store import filters_value
from gonfalon.planning.calendar.model import Filters
from gonfalon.planning.tables.calendar import calendar_feeds

MOST_FEEDS = 20


async def create_feed(ctx: Context, name: str, filters: Filters) -> tuple[UUID, str]:
    """Create a feed of the member who asks; return its id and its address, whose secret cannot be read again."""
    ctx.require(Permission.CAMPAIGNS_READ)
    member = member_of(ctx)
    if not name.strip():
        raise Invalid("name_missing", "Give the feed a name.")
    token = random_token()
    async with ctx.transaction() as connection:
        await one_at_a_time(connection, "calendar feeds", ctx.workspace.id, member)
        if len(await store.list_feeds(ctx, connection, member)) >= MOST_FEEDS:
            raise Invalid(
                "feeds_many", f"You can have at most {MOST_FEEDS} calendar feeds; revoke one first.", most=MOST_FEEDS
            )
        feed_id = await insert_row(
            ctx,
            connection,
            calendar_feeds,
            user_id=member,
            name=name.strip(),
            token_hash=digest(token),
            filters=filters_value(filters),
        )
        await ctx.audit(connection, "calendar_feed.created", "calendar_feed", feed_id, name.strip())
    return feed_id, f"{ctx.services.settings.public_url.rstrip('/')}/cal/{token}.ics"


async def revoke_feed(ctx: Context, feed_id: UUID) -> None:
    """Revoke a feed: its address answers as if it had never been there."""
    member = member_of(ctx)
    async with ctx.transaction() as connection:
        name = await store.revoke_feed(ctx, connection, feed_id, member)
        await ctx.audit(connection, "calendar_feed.revoked", "calendar_feed", feed_id, name)


def member_of(ctx: Context) -> UUID:
    """Return the member who acts; raises Forbidden for a key, which has no calendar of its own."""
    if ctx.actor.kind != "member" or ctx.actor.id is None:
        raise Forbidden("members_only", "Calendar feeds belong to members; sign in to make one.")
    return UUID(ctx.actor.id)
