"""Database calls of the brand kit."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.content.brand.model import Brand, BrandKit
from gonfalon.content.tables import brand_kits


async def find_brand(ctx: Context, connection: AsyncConnection) -> Brand:
    """Return the workspace's brand; the plain one while nobody has saved one."""
    row = (await connection.execute(select(brand_kits).where(brand_kits.c.workspace_id == ctx.workspace.id))).first()
    if row is None:
        return Brand()
    return Brand(kit=BrandKit.model_validate(row.kit), version=row.version, saved_by=row.saved_by)


async def save_brand(ctx: Context, connection: AsyncConnection, version: int, kit: BrandKit, by: str) -> bool:
    """Save what was made of `version`; False when somebody else has saved since."""
    values = {"kit": kit.model_dump(mode="json"), "version": version + 1, "saved_by": by, "updated_at": func.now()}
    statement = insert(brand_kits).values(workspace_id=ctx.workspace.id, **values)
    if version:
        statement = statement.on_conflict_do_update(
            index_elements=[brand_kits.c.workspace_id], set_=values, where=brand_kits.c.version == version
        )
    else:
        statement = statement.on_conflict_do_nothing()
    saved = await connection.execute(statement.returning(brand_kits.c.version))
    return saved.first() is not None
