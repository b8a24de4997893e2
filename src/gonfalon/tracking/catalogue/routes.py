"""The catalogue of events over HTTP."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.model import Permission
from gonfalon.tracking.catalogue import actions, store
from gonfalon.tracking.catalogue.schemas import EventKindOut, EventKindSave, EventKindViewOut

router = APIRouter(prefix="/workspaces/{workspace}/events/catalogue", tags=["events"])


async def _view(ctx: Ctx, kind_id: UUID) -> EventKindViewOut:
    kind, shapes = await actions.look_at(ctx, kind_id)
    row = EventKindOut.model_validate(kind).model_dump()
    return EventKindViewOut(**row, shapes=shapes)


@router.get("", operation_id="list_event_kinds")
async def list_event_kinds(ctx: Ctx) -> list[EventKindOut]:
    """Return the events that have come, by name, and which of them have stopped or changed."""
    ctx.require(Permission.SETTINGS_READ)
    async with ctx.reading() as connection:
        found = await store.list_kinds(connection, ctx.workspace.id)
    return [EventKindOut.model_validate(each) for each in found]


@router.get("/{kind_id}", operation_id="get_event_kind")
async def get_event_kind(kind_id: UUID, ctx: Ctx) -> EventKindViewOut:
    """Return an event with its properties and their types."""
    return await _view(ctx, kind_id)


@router.put("/{kind_id}", operation_id="save_event_kind")
async def save_event_kind(kind_id: UUID, body: EventKindSave, ctx: Ctx) -> EventKindViewOut:
    """Save who answers for an event and what it means; 409 when somebody else has saved since."""
    await actions.save_kind(ctx, kind_id, body.version, body.owner_id, body.description.strip())
    return await _view(ctx, kind_id)


@router.post("/{kind_id}/settle", operation_id="settle_event_shapes")
async def settle_event_shapes(kind_id: UUID, ctx: Ctx) -> EventKindViewOut:
    """Say that the types that its properties have come as are right; nobody is told of these again."""
    await actions.settle_shapes(ctx, kind_id)
    return await _view(ctx, kind_id)
