"""Making and revoking API keys; only a hash is kept."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.keys import store
from gonfalon.accounts.model import Permission, Scope
from gonfalon.kit.errors import Invalid, NotFound
from gonfalon.kit.ids import new_id
from gonfalon.kit.secrets import SecretBox, digest, random_token

KEY_PREFIX = "gfk_"


async def create_key(ctx: Context, name: str, scopes: list[Scope]) -> tuple[UUID, str]:
    """Return a key's id and the key itself, which cannot be read again."""
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


async def create_public_key(ctx: Context, connection: AsyncConnection, name: str) -> UUID:
    """Make a key that only sends events and stands in pages, so that it may be read again; return its id.

    Joins the transaction.
    """
    ctx.require(Permission.KEYS_MANAGE)
    key_id = new_id()
    key = public_key(ctx.services.secrets, key_id)
    await store.insert_key(
        ctx,
        connection,
        id=key_id,
        name=name,
        prefix=key[:10],
        key_hash=digest(key),
        scopes=[Scope.TRACK.value],
    )
    await ctx.audit(connection, "api_key.created", "api_key", key_id, name, scopes=[Scope.TRACK.value])
    return key_id


def public_key(secrets: SecretBox, key_id: UUID) -> str:
    """Return the public key of this id: made of the id by the installation's secret, so that it is kept nowhere."""
    return KEY_PREFIX + secrets.token("public key", str(key_id))


async def revoke_key(ctx: Context, key_id: UUID) -> None:
    """Stop a key from working at once."""
    ctx.require(Permission.KEYS_MANAGE)
    async with ctx.transaction() as connection:
        revoked = await store.revoke_keys(ctx, connection, key_id=key_id)
        if not revoked:
            raise NotFound("api_key_gone", "This key does not exist or was already revoked.")
        await ctx.audit(connection, "api_key.revoked", "api_key", key_id, revoked[0])
