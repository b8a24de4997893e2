"""Making and revoking API keys; only a hash is kept."""

from __future__ import annotations

from uuid import UUID

from gonfalon.accounts.context import Context
from gonfalon.accounts.keys import store
from gonfalon.accounts.model import Permission, Scope
from gonfalon.kit.errors import Invalid, NotFound
from gonfalon.kit.ids import new_id
from gonfalon.kit.secrets import digest, random_token

KEY_PREFIX = "gfk_"


async def create_key(ctx: Context, name: str, scopes: list[Scope]) -> tuple[UUID, str]:
    """A key's id and the key itself, which cannot be read again."""
    ctx.require(Permission.KEYS_MANAGE)
    if not scopes:
        raise Invalid("scopes_missing", "Choose at least one thing the key may do.")
    key, key_id = KEY_PREFIX + random_token(), new_id()
    async with ctx.transaction() as connection:
        await store.insert_key(
            ctx,
            connection,
            id=key_id,
            name=name,
            prefix=key[:10],
            key_hash=digest(key),
            scopes=sorted({scope.value for scope in scopes}),
        )
        await ctx.audit(connection, "api_key.created", "api_key", key_id, name, scopes=[s.value for s in scopes])
    return key_id, key


async def revoke_key(ctx: Context, key_id: UUID) -> None:
    """Stops a key from working at once."""
    ctx.require(Permission.KEYS_MANAGE)
    async with ctx.transaction() as connection:
        revoked = await store.revoke_keys(ctx, connection, key_id=key_id)
        if not revoked:
            raise NotFound("api_key_gone", "This key does not exist or was already revoked.")
        await ctx.audit(connection, "api_key.revoked", "api_key", key_id, revoked[0])
