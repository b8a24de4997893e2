"""The verbs of the brand kit."""

from __future__ import annotations

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.accounts.versions import changed_meanwhile
from gonfalon.content.brand import store
from gonfalon.content.brand.model import Brand, BrandKit


async def find_brand(ctx: Context) -> Brand:
    """Return the workspace's brand."""
    ctx.require(Permission.SETTINGS_READ)
    async with ctx.reading() as connection:
        return await store.find_brand(ctx, connection)


async def save_brand(ctx: Context, version: int, kit: BrandKit) -> Brand:
    """Save the brand for new mails and checks; mails that are there keep their look. Raises Conflict."""
    ctx.require(Permission.WORKSPACE_MANAGE)
    async with ctx.transaction() as connection:
        if not await store.save_brand(ctx, connection, version, kit, ctx.actor.name):
            present = await store.find_brand(ctx, connection)
            raise changed_meanwhile("brand", present.version, present.saved_by)
        await ctx.audit(connection, "brand.saved", "brand", ctx.workspace.id, ctx.workspace.name, version=version + 1)
        return await store.find_brand(ctx, connection)
