"""Database calls of pictures."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.content.assets.model import Asset
from gonfalon.content.tables import assets
from gonfalon.kit.errors import NotFound
from gonfalon.kit.ids import new_id
from gonfalon.kit.paging import PageRequest
from gonfalon.kit.queries import has_words
from gonfalon.kit.rows import all_of, first_of

_COLUMNS = [column for column in assets.c if column.name not in ("body", "digest")]


async def find_asset(ctx: Context, connection: AsyncConnection, asset_id: UUID) -> Asset:
    """Return one picture; raises NotFound."""
    query = select(*_COLUMNS).where(assets.c.id == asset_id, assets.c.workspace_id == ctx.workspace.id)
    found = await first_of(connection, query, Asset)
    if found is None:
        raise NotFound("asset_unknown", "There is no such picture in this workspace.")
    return found


async def list_assets(
    ctx: Context, connection: AsyncConnection, page: PageRequest, search: str, *, archived: bool
) -> list[Asset]:
    """Return pictures in the library, or those that were taken out of it; the newest first, one more when there are
    more."""
    out = assets.c.archived_at.is_not(None)
    query = select(*_COLUMNS).where(
        assets.c.workspace_id == ctx.workspace.id, out if archived else ~out, has_words(search, assets.c.name)
    )
    if page.after:
        query = query.where(assets.c.id < page.after[0])
    return await all_of(connection, query.order_by(assets.c.id.desc()).limit(page.fetch), Asset)


async def same_picture(ctx: Context, connection: AsyncConnection, digest: bytes) -> UUID | None:
    """Return the id of the picture with these bytes, None when there is none."""
    query = select(assets.c.id).where(assets.c.workspace_id == ctx.workspace.id, assets.c.digest == digest)
    found: UUID | None = (await connection.execute(query)).scalar()
    return found


async def insert_asset(ctx: Context, connection: AsyncConnection, **values: Any) -> UUID:
    """Write a picture; return its id."""
    asset_id = new_id()
    await connection.execute(insert(assets).values(id=asset_id, workspace_id=ctx.workspace.id, **values))
    return asset_id


async def set_archived(ctx: Context, connection: AsyncConnection, asset_id: UUID, *, archived: bool) -> None:
    """Take a picture out of the library, or bring it back."""
    await connection.execute(
        update(assets)
        .where(assets.c.id == asset_id, assets.c.workspace_id == ctx.workspace.id)
        .values(archived_at=func.now() if archived else None)
    )


async def read_bytes(connection: AsyncConnection, asset_id: UUID) -> tuple[str, bytes] | None:
    """Return media type and bytes of a picture, of any workspace: its unguessable id is the permission."""
    query = select(assets.c.media_type, assets.c.body).where(assets.c.id == asset_id)
    row = (await connection.execute(query)).first()
    return (row.media_type, bytes(row.body)) if row else None
