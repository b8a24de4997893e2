"""The verbs of relays: add one, change it, try it, remove it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.channels.email.relays import store
from gonfalon.channels.email.relays.model import StoredRelay
from gonfalon.channels.email.relays.schemas import RelayIn
from gonfalon.channels.email.returns.source import EventsSource, events_source
from gonfalon.channels.email.schemas import ConnectionTest
from gonfalon.channels.email.ways import candidate_way, check_password, try_way, way_values
from gonfalon.kit.errors import Conflict, Invalid, NotFound
from gonfalon.kit.ids import new_id
from gonfalon.kit.locks import one_at_a_time

MOST_RELAYS = 10


@dataclass(frozen=True, slots=True)
class Shown:
    """A relay, and how its provider tells of mail."""

    relay: StoredRelay
    events: EventsSource | None


async def list_relays(ctx: Context) -> list[Shown]:
    """List the workspace's further relays, oldest first."""
    ctx.require(Permission.CHANNELS_MANAGE)
    async with ctx.reading() as connection:
        return [_shown(ctx, relay) for relay in await store.list_relays(connection, ctx.workspace.id)]


async def create_relay(ctx: Context, new: RelayIn) -> Shown:
    """Add a way out; connections opened from now on go by it, too. Raises Invalid, Conflict."""
    _check(ctx, new)
    blank = StoredRelay(new_id(), ctx.workspace.id, new.name, new.provider)
    values = way_values(ctx.services, blank, new) | {"id": blank.id, "workspace_id": ctx.workspace.id}
    async with ctx.transaction() as connection:
        await one_at_a_time(connection, "email_relays", ctx.workspace.id)
        there = await store.list_relays(connection, ctx.workspace.id)
        if len(there) >= MOST_RELAYS:
            raise Conflict("relays_many", f"There are {MOST_RELAYS} further ways out already.", most=MOST_RELAYS)
        _check_name(there, new, blank.id)
        relay = await store.insert_relay(connection, values)
        await ctx.audit(connection, "email.relay_added", "channel", "email", new.name, provider=new.provider)
        return _shown(ctx, relay)


async def change_relay(ctx: Context, relay_id: UUID, new: RelayIn) -> Shown:
    """Change a way out. Raises Invalid, Conflict, NotFound."""
    _check(ctx, new)
    async with ctx.transaction() as connection:
        await one_at_a_time(connection, "email_relays", ctx.workspace.id)
        stored = await _found(ctx, connection, relay_id)
        check_password(stored, new)
        _check_name(await store.list_relays(connection, ctx.workspace.id), new, relay_id)
        values = way_values(ctx.services, stored, new)
        relay = await store.update_relay(connection, ctx.workspace.id, relay_id, values)
        await ctx.audit(connection, "email.relay_changed", "channel", "email", new.name, provider=new.provider)
        return _shown(ctx, relay)


async def remove_relay(ctx: Context, relay_id: UUID) -> None:
    """Remove a way out; what is at its connections is finished. Raises NotFound."""
    ctx.require(Permission.CHANNELS_MANAGE)
    ctx.require(Permission.MEMBERS_MANAGE)
    async with ctx.transaction() as connection:
        gone = await store.delete_relay(connection, ctx.workspace.id, relay_id)
        if gone is None:
            raise _unknown()
        await ctx.audit(connection, "email.relay_removed", "channel", "email", gone.name)


async def try_relay(ctx: Context, relay_id: UUID | None, new: RelayIn) -> ConnectionTest:
    """Connect as a sender would, then leave. relay_id: whose stored password is used. Raises Invalid, NotFound."""
    _check(ctx, new)
    async with ctx.reading() as connection:
        stored = StoredRelay(new_id(), ctx.workspace.id, new.name, new.provider)
        if relay_id is not None:
            stored = await _found(ctx, connection, relay_id)
        way = await candidate_way(connection, ctx.services, stored, new)
    return await try_way(way)


def _check(ctx: Context, new: RelayIn) -> None:
    ctx.require(Permission.CHANNELS_MANAGE)
    ctx.require(Permission.MEMBERS_MANAGE)
    if new.provider == "sandbox":
        raise Invalid("relay_sandbox", "The sandbox is no further way out; choose a mail server or a provider.")
    if new.provider == "smtp" and not new.host:
        raise Invalid("host_missing", "Enter the name of your mail server, for example smtp.example.com.")


def _check_name(there: list[StoredRelay], new: RelayIn, own: UUID) -> None:
    if any(each.name.lower() == new.name.lower() and each.id != own for each in there):
        raise Conflict("relay_exists", f"There is a way out called {new.name} already.", name=new.name)


async def _found(ctx: Context, connection: AsyncConnection, relay_id: UUID) -> StoredRelay:
    found = await store.find_relay(connection, ctx.workspace.id, relay_id)
    if found is None:
        raise _unknown()
    return found


def _unknown() -> NotFound:
    return NotFound("relay_unknown", "This way out no longer exists.")


def _shown(ctx: Context, relay: StoredRelay) -> Shown:
    return Shown(relay, events_source(ctx.services, relay, f"/{relay.id}"))
