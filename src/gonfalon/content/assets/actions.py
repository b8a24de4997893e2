"""The verbs of assets."""

from __future__ import annotations

import hashlib
from uuid import UUID

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.content.assets import rules, store
from gonfalon.content.assets.model import Asset
from gonfalon.kit.paging import PageRequest
from gonfalon.kit.services import Services


async def upload_asset(ctx: Context, name: str, body: bytes) -> Asset:
    """Keep a picture; the same picture again gives the one there is. Raises Invalid and TooLarge."""
    ctx.require(Permission.CONTENT_WRITE)
    picture = rules.look(body)
    digest = hashlib.sha256(body).digest()
    named = rules.clean_name(name)
    async with ctx.transaction() as connection:
        present = await store.same_picture(ctx, connection, digest)
        if present is not None:
            await store.set_archived(ctx, connection, present, archived=False)
            return await store.find_asset(ctx, connection, present)
        asset_id = await store.insert_asset(
            ctx,
            connection,
            name=named,
            media_type=picture.media_type,
            size=len(body),
            width=picture.width,
            height=picture.height,
            digest=digest,
            body=body,
        )
        await ctx.audit(connection, "asset.uploaded", "asset", asset_id, named, size=len(body))
        return await store.find_asset(ctx, connection, asset_id)


async def archive_asset(ctx: Context, asset_id: UUID, *, archived: bool = True) -> Asset:
    """Take a picture out of the library, or brings it back; messages that show it find it all the same."""
    ctx.require(Permission.CONTENT_WRITE)
    async with ctx.transaction() as connection:
        present = await store.find_asset(ctx, connection, asset_id)
        await store.set_archived(ctx, connection, asset_id, archived=archived)
        if (present.archived_at is not None) != archived:
            verb = "asset.archived" if archived else "asset.restored"
            await ctx.audit(connection, verb, "asset", asset_id, present.name)
        return await store.find_asset(ctx, connection, asset_id)


async def list_assets(ctx: Context, page: PageRequest, search: str, *, archived: bool = False) -> list[Asset]:
    """Return pictures in the library, or those that were taken out of it; the newest first, one more when there are
    more."""
    ctx.require(Permission.CONTENT_READ)
    ctx.require(Permission.SETTINGS_READ)  # the library is everybody's; guests see what mails of their campaigns show
    return await ctx.read(store.list_assets, page, search, archived=archived)


async def read_public(services: Services, asset_id: UUID) -> tuple[str, bytes] | None:
    """Return media type and bytes of a picture, for whoever has its address: mails are read without signing in."""
    async with services.db.reading() as connection:
        return await store.read_bytes(connection, asset_id)
