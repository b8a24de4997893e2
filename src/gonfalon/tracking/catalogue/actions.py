"""Say what an event means and who answers for it; tell them when it stops or changes shape."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.members.store import check_members, owners_of
from gonfalon.accounts.model import Permission
from gonfalon.accounts.versions import save_version
from gonfalon.teamwork.actions import notify
from gonfalon.teamwork.model import NoticeKind, Thing, ThingKind
from gonfalon.tracking.catalogue import store
from gonfalon.tracking.catalogue.model import EventKind, EventShape
from gonfalon.tracking.tables import event_kinds


async def look_at(ctx: Context, kind_id: UUID) -> tuple[EventKind, list[EventShape]]:
    """Return an event with its properties; raises NotFound."""
    ctx.require(Permission.SETTINGS_READ)
    async with ctx.reading() as connection:
        kind = await store.find_kind(connection, ctx.workspace.id, kind_id)
        return kind, await store.list_shapes(connection, ctx.workspace.id, kind_id)


async def save_kind(ctx: Context, kind_id: UUID, version: int, owner_id: UUID | None, description: str) -> None:
    """Save who answers for an event and what it means; 409 when somebody else has saved since."""
    ctx.require(Permission.PEOPLE_WRITE)
    async with ctx.transaction() as connection:
        await check_members(ctx, connection, [owner_id])
        values = {"owner_id": owner_id, "description": description}
        await save_version(ctx, connection, event_kinds, kind_id, version, values)
        kind = await store.find_kind(connection, ctx.workspace.id, kind_id)
        await ctx.audit(connection, "event_kind.saved", "event_kind", kind_id, kind.name)


async def settle_shapes(ctx: Context, kind_id: UUID) -> None:
    """Say that the types that an event's properties have come as are right."""
    ctx.require(Permission.PEOPLE_WRITE)
    async with ctx.transaction() as connection:
        kind = await store.find_kind(connection, ctx.workspace.id, kind_id)
        odd = [each for each in await store.list_shapes(connection, ctx.workspace.id, kind_id) if each.unusual]
        await store.note_shapes(connection, ctx.workspace.id, kind_id, odd, settled=True)
        await ctx.audit(connection, "event_kind.settled", "event_kind", kind_id, kind.name, properties=len(odd))


async def tell_of_events(ctx: Context) -> int:
    """Tell who answers for an event, else the owners, that it has stopped or changed; return how many were told."""
    told = 0
    async with ctx.transaction() as connection:
        for kind in await store.list_kinds(connection, ctx.workspace.id):
            if kind.stopped and kind.told_at is None:
                told += await _tell(ctx, connection, NoticeKind.EVENT_STOPPED, kind, kind.last_at.isoformat())
                await store.note_silence(connection, ctx.workspace.id, kind.id)
            if kind.unusual:
                told += await _tell_of_shapes(ctx, connection, kind)
    return told


async def _tell_of_shapes(ctx: Context, connection: AsyncConnection, kind: EventKind) -> int:
    shapes = await store.list_shapes(connection, ctx.workspace.id, kind.id)
    odd = [each for each in shapes if each.unusual and each.told_at is None]
    if not odd:
        return 0
    await store.note_shapes(connection, ctx.workspace.id, kind.id, odd)
    names = sorted({each.property for each in odd})
    note = ", ".join(names)[:200]
    return await _tell(ctx, connection, NoticeKind.EVENT_CHANGED, kind, note, note=note)


async def _tell(
    ctx: Context, connection: AsyncConnection, notice: NoticeKind, kind: EventKind, once: str, **values: Any
) -> int:
    to = [kind.owner.id] if kind.owner else await owners_of(ctx, connection)
    thing = Thing(ThingKind.EVENT, kind.id)
    told = await notify(ctx, connection, notice, to=to, thing=thing, title=kind.name, once=once, **values)
    return len(told)
