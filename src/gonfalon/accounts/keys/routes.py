"""API keys over HTTP."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.keys import actions, store
from gonfalon.accounts.keys.model import ApiKey
from gonfalon.accounts.keys.schemas import KeyIn, KeyMade
from gonfalon.accounts.model import Permission

router = APIRouter(tags=["api keys"], prefix="/workspaces/{workspace}/api-keys")


@router.get("", operation_id="list_api_keys")
async def list_api_keys(ctx: Ctx) -> list[ApiKey]:
    """Return keys that work, the newest first."""
    ctx.require(Permission.KEYS_MANAGE)
    async with ctx.reading() as connection:
        keys = await store.list_keys(ctx, connection)
    return list(keys)


@router.post("", operation_id="create_api_key", status_code=201)
async def create_api_key(body: KeyIn, ctx: Ctx) -> KeyMade:
    """Make a key; the answer is the only time it is shown."""
    key_id, key = await actions.create_key(ctx, body.name, body.scopes)
    return KeyMade(id=key_id, key=key)


@router.delete("/{key_id}", operation_id="revoke_api_key", status_code=204)
async def revoke_api_key(key_id: UUID, ctx: Ctx) -> None:
    """Stop a key from working."""
    await actions.revoke_key(ctx, key_id)
