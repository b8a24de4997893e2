"""Following a thing and being there. A member's own doing: no audit line."""

from __future__ import annotations

from gonfalon.accounts.context import Context
from gonfalon.teamwork.actions import follow, unfollow
from gonfalon.teamwork.model import MemberName, Thing
from gonfalon.teamwork.store import member_id, see_thing
from gonfalon.teamwork.together import store


async def choose_following(ctx: Context, thing: Thing, following: bool) -> None:
    """Follow a thing by choice, or leaves it so that nothing joins one again."""
    user_id = member_id(ctx)
    async with ctx.transaction() as connection:
        seen = await see_thing(ctx, connection, thing)
        # Leaving is remembered even by who never followed: mentions would make them.
        await follow(ctx, connection, thing, [user_id], campaign_id=seen.campaign_id, chosen=True)
        if not following:
            await unfollow(ctx, connection, thing, [user_id])


async def be_there(ctx: Context, thing: Thing) -> list[MemberName]:
    """Note one's heartbeat at a thing; who else is there."""
    user_id = member_id(ctx)
    async with ctx.transaction() as connection:
        await see_thing(ctx, connection, thing)
        return await store.mark_presence(ctx, connection, thing, user_id)


async def go_away(ctx: Context, thing: Thing) -> None:
    """Take one's presence at a thing away at once."""
    user_id = member_id(ctx)
    async with ctx.transaction() as connection:
        await store.leave(ctx, connection, thing, user_id)
