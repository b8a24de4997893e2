"""Keep the register of where data comes from, and give a site its key."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.keys.actions import create_public_key, public_key
from gonfalon.accounts.members.store import check_members, owners_of
from gonfalon.accounts.model import Permission
from gonfalon.accounts.versions import delete_row, insert_row, save_version, values_of
from gonfalon.kit.errors import Conflict, Invalid
from gonfalon.kit.locks import one_at_a_time
from gonfalon.kit.secrets import digest
from gonfalon.teamwork.actions import notify
from gonfalon.teamwork.model import NoticeKind, Thing, ThingKind
from gonfalon.tracking.sources import store
from gonfalon.tracking.sources.model import BringerKind, Source, SourceDraft, SourceView
from gonfalon.tracking.tables import sources


async def create_source(ctx: Context, draft: SourceDraft) -> UUID:
    """Write down a source; return its id."""
    ctx.require(Permission.PEOPLE_WRITE)
    async with ctx.transaction() as connection:
        await one_at_a_time(connection, "sources", ctx.workspace.id)
        if await store.count_sources(connection, ctx.workspace.id) >= store.MOST:
            raise Conflict("sources_many", f"A workspace may have at most {store.MOST} sources.", most=store.MOST)
        await check_members(ctx, connection, [draft.owner_id])
        source_id = await insert_row(ctx, connection, sources, **values_of(draft, SourceDraft))
        await ctx.audit(connection, "source.created", "source", source_id, draft.name, kind=draft.kind.value)
    return source_id


async def save_source(ctx: Context, source_id: UUID, version: int, draft: SourceDraft) -> None:
    """Save what is said of a source; 409 when somebody else has saved since."""
    ctx.require(Permission.PEOPLE_WRITE)
    async with ctx.transaction() as connection:
        await check_members(ctx, connection, [draft.owner_id])
        await save_version(
            ctx, connection, sources, source_id, version, {**values_of(draft, SourceDraft), "told_at": None}
        )
        await ctx.audit(connection, "source.saved", "source", source_id, draft.name)


async def delete_source(ctx: Context, source_id: UUID) -> None:
    """Strike a source from the register; what it brought stays. Refused while pages of it still send."""
    ctx.require(Permission.PEOPLE_WRITE)
    async with ctx.transaction() as connection:
        source = await store.lock_source(connection, ctx.workspace.id, source_id)
        if await _write_key(ctx, connection, source) is not None:
            raise Conflict("source_has_key", "Pages still send by the key of this source; revoke the key first.")
        await delete_row(ctx, connection, sources, source_id)
        await ctx.audit(connection, "source.deleted", "source", source_id, source.name)


async def link_source(ctx: Context, source_id: UUID, links: Collection[tuple[BringerKind, UUID]]) -> None:
    """Say which keys, forms and imports bring a source's data; its own key always does."""
    ctx.require(Permission.PEOPLE_WRITE)
    async with ctx.transaction() as connection:
        source = await store.lock_source(connection, ctx.workspace.id, source_id)
        own = {(BringerKind.KEY, source.key_id)} if source.key_id else set()
        wanted = {*links, *own}
        if await store.set_links(connection, ctx.workspace.id, source_id, wanted) != len(wanted):
            raise Invalid(
                "bringer_unknown", "One of these keys, forms or imports does not exist any more; choose again."
            )
        await ctx.audit(connection, "source.linked", "source", source_id, source.name, links=len(wanted))


async def give_key(ctx: Context, source_id: UUID) -> None:
    """Give a source the public key that its pages send by; one that has a key that works keeps it."""
    ctx.require(Permission.KEYS_MANAGE)
    async with ctx.transaction() as connection:
        source = await store.lock_source(connection, ctx.workspace.id, source_id)
        if await _write_key(ctx, connection, source) is not None:
            return
        key_id = await create_public_key(ctx, connection, source.name)
        await store.set_key(connection, ctx.workspace.id, source_id, key_id)
        await store.add_links(connection, ctx.workspace.id, source_id, [(BringerKind.KEY, key_id)])


async def look_at(ctx: Context, source_id: UUID) -> SourceView:
    """Return a source with what brings its data, from where it came, and its public key; raises NotFound."""
    ctx.require(Permission.SETTINGS_READ)
    async with ctx.reading() as connection:
        source = await store.find_source(connection, ctx.workspace.id, source_id)
        bringers = await store.list_bringers(connection, ctx.workspace.id)
        signals = await store.list_signals(connection, ctx.workspace.id, source_id)
        key = await _write_key(ctx, connection, source)
    return SourceView(source, tuple(each for each in bringers if each.source_id == source_id), tuple(signals), key)


async def tell_of_sources(ctx: Context) -> int:
    """Tell who answers for a source, else the owners, that it has fallen silent, once; return how many were told."""
    told = 0
    async with ctx.transaction() as connection:
        for source in await store.list_sources(connection, ctx.workspace.id):
            if source.silent is (source.told_at is not None):
                continue
            await store.note_silence(connection, ctx.workspace.id, source.id, silent=source.silent)
            if source.silent:
                told += len(
                    await notify(
                        ctx,
                        connection,
                        NoticeKind.SOURCE_SILENT,
                        to=[source.owner.id] if source.owner else await owners_of(ctx, connection),
                        thing=Thing(ThingKind.SOURCE, source.id),
                        title=source.name,
                        once=f"silent since {source.last_at}",
                    )
                )
    return told


async def _write_key(ctx: Context, connection: AsyncConnection, source: Source) -> str | None:
    """The public key of a source, None where it has none, it was revoked, or the installation's secret has changed."""
    if source.key_id is None:
        return None
    key = public_key(ctx.services.secrets, source.key_id)
    return key if await store.living_hash(connection, ctx.workspace.id, source.key_id) == digest(key) else None
