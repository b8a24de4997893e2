"""The verbs of assets."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.content.assets import rules
from gonfalon.content.tables import assets
from gonfalon.kit.errors import NotFound
from gonfalon.kit.ids import new_id
from gonfalon.kit.paging import PageRequest
from gonfalon.kit.services import Services

COLUMNS = [column for column in assets.c if column.name not in ("body", "digest")]


async def upload_asset(ctx: Context, name: str, body: bytes) -> Row[Any]:
    """Keeps a picture; the same picture again gives the one there is. Raises Invalid and TooLarge."""
    ctx.require(Permission.CONTENT_WRITE)
    picture = rules.look(body)
    digest = hashlib.sha256(body).digest()
    named = rules.clean_name(name)
    async with ctx.transaction() as connection:
        mine = (assets.c.workspace_id == ctx.workspace.id) & (assets.c.digest == digest)
        present = (await connection.execute(select(assets.c.id).where(mine))).scalar()
        if present is not None:
            await connection.execute(update(assets).where(mine, assets.c.id == present).values(archived_at=None))
            return await find_asset(connection, ctx.workspace.id, present)
        asset_id = new_id()
        await connection.execute(
            insert(assets).values(
                id=asset_id,
                workspace_id=ctx.workspace.id,
                name=named,
                media_type=picture.media_type,
                size=len(body),
                width=picture.width,
                height=picture.height,
                digest=digest,
                body=body,
            )
        )
        await ctx.audit(connection, "asset.uploaded", "asset", asset_id, named, size=len(body))
        return await find_asset(connection, ctx.workspace.id, asset_id)


async def archive_asset(ctx: Context, asset_id: UUID) -> None:
    """Takes a picture out of the library; messages that show it still find it."""
    ctx.require(Permission.CONTENT_WRITE)
    async with ctx.transaction() as connection:
        present = await find_asset(connection, ctx.workspace.id, asset_id)
        await connection.execute(
            update(assets)
            .where(assets.c.id == asset_id, assets.c.workspace_id == ctx.workspace.id)
            .values(archived_at=func.now())
        )
        await ctx.audit(connection, "asset.archived", "asset", asset_id, present.name)


async def find_asset(connection: AsyncConnection, workspace_id: int, asset_id: UUID) -> Row[Any]:
    """A picture without its bytes; raises NotFound."""
    row = (
        await connection.execute(select(*COLUMNS).where(assets.c.id == asset_id, assets.c.workspace_id == workspace_id))
    ).first()
    if row is None:
        raise NotFound("asset_unknown", "There is no such picture in this workspace.")
    return row


async def list_assets(ctx: Context, page: PageRequest, search: str) -> list[Row[Any]]:
    """Pictures in the library, the newest first; one more than the limit when there are more."""
    ctx.require(Permission.CONTENT_READ)
    query = select(*COLUMNS).where(assets.c.workspace_id == ctx.workspace.id, assets.c.archived_at.is_(None))
    if search:
        query = query.where(assets.c.name.icontains(search, autoescape=True))
    if page.after:
        query = query.where(assets.c.id < page.after[0])
    async with ctx.reading() as connection:
        return list(await connection.execute(query.order_by(assets.c.id.desc()).limit(page.limit + 1)))


async def read_public(services: Services, asset_id: UUID) -> tuple[str, bytes] | None:
    """Media type and bytes of a picture, for whoever has its address: mails are read without signing in."""
    async with services.db.reading() as connection:
        # No workspace is bound: the unguessable id is the permission, as for every picture in a mail.
        row = (
            await connection.execute(select(assets.c.media_type, assets.c.body).where(assets.c.id == asset_id))
        ).first()
    return (row.media_type, bytes(row.body)) if row else None
