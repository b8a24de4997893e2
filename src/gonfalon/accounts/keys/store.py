"""Database calls of API keys."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.keys.model import ApiKey, LiveKey
from gonfalon.accounts.store import IN_WORKSPACE
from gonfalon.accounts.tables import api_keys, users, workspaces
from gonfalon.kit.rows import all_of, first_of


async def list_keys(ctx: Context, connection: AsyncConnection) -> list[ApiKey]:
    """Return keys that work, the newest first, with the name of who made them."""
    k = api_keys.c
    return await all_of(
        connection,
        select(
            k.id,
            k.name,
            k.prefix,
            k.scopes,
            k.created_at,
            k.last_used_at,
            k.created_by.label("created_by_id"),
            users.c.name.label("created_by_name"),
        )
        .outerjoin(users, users.c.id == api_keys.c.created_by)
        .where(api_keys.c.workspace_id == ctx.workspace.id, api_keys.c.revoked_at.is_(None))
        .order_by(api_keys.c.created_at.desc()),
        ApiKey,
    )


async def live_key(connection: AsyncConnection, key_hash: bytes) -> LiveKey | None:
    """Return the key with its workspace, None for one that is unknown or revoked."""
    query = (
        select(api_keys, *IN_WORKSPACE[1:])
        .join(workspaces, workspaces.c.id == api_keys.c.workspace_id)
        .where(api_keys.c.key_hash == key_hash, api_keys.c.revoked_at.is_(None))
    )
    return await first_of(connection, query, LiveKey)


async def touch_key(connection: AsyncConnection, key_id: UUID) -> None:
    """Note that the key was used just now."""
    await connection.execute(update(api_keys).where(api_keys.c.id == key_id).values(last_used_at=func.now()))


async def insert_key(ctx: Context, connection: AsyncConnection, **values: Any) -> None:
    """Write a key of the workspace, made by the actor."""
    maker = UUID(ctx.actor.id) if ctx.actor.kind == "member" and ctx.actor.id else None
    await connection.execute(insert(api_keys).values(workspace_id=ctx.workspace.id, created_by=maker, **values))


async def revoke_keys(
    ctx: Context, connection: AsyncConnection, *, key_id: UUID | None = None, made_by: UUID | None = None
) -> list[str]:
    """Stop a key, or all that a user made, from working; return the names of those that did."""
    mine = api_keys.c.id == key_id if key_id is not None else api_keys.c.created_by == made_by
    revoked = await connection.execute(
        update(api_keys)
        .where(mine, api_keys.c.workspace_id == ctx.workspace.id, api_keys.c.revoked_at.is_(None))
        .values(revoked_at=func.now())
        .returning(api_keys.c.name)
    )
    return sorted(revoked.scalars())
