"""The register of sources over HTTP."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.model import Permission
from gonfalon.tracking.sources import actions, store
from gonfalon.tracking.sources.model import Bringer, SourceDraft, SourceSave
from gonfalon.tracking.sources.schemas import (
    DataSourceLinks,
    DataSourceMade,
    DataSourceOut,
    DataSourceViewOut,
)

router = APIRouter(prefix="/workspaces/{workspace}/sources", tags=["sources"])


async def _view(ctx: Ctx, source_id: UUID) -> DataSourceViewOut:
    return DataSourceViewOut.of(await actions.look_at(ctx, source_id), ctx.services.settings.public_url)


@router.get("", operation_id="list_sources")
async def list_sources(ctx: Ctx) -> list[DataSourceOut]:
    """Return where data comes from, by name."""
    ctx.require(Permission.SETTINGS_READ)
    async with ctx.reading() as connection:
        found = await store.list_sources(connection, ctx.workspace.id)
    return [DataSourceOut.model_validate(each) for each in found]


@router.post("", operation_id="create_source", status_code=201)
async def create_source(body: SourceDraft, ctx: Ctx) -> DataSourceMade:
    """Write down a source."""
    return DataSourceMade(id=await actions.create_source(ctx, body))


@router.get("/bringers", operation_id="list_bringers")
async def list_bringers(ctx: Ctx) -> list[Bringer]:
    """Return the keys, forms and newest imports that can bring data, with the source that each belongs to."""
    ctx.require(Permission.SETTINGS_READ)
    async with ctx.reading() as connection:
        return await store.list_bringers(connection, ctx.workspace.id)


@router.get("/{source_id}", operation_id="get_source")
async def get_source(source_id: UUID, ctx: Ctx) -> DataSourceViewOut:
    """Return a source with what brings its data, from where it came, and its public key."""
    return await _view(ctx, source_id)


@router.put("/{source_id}", operation_id="save_source")
async def save_source(source_id: UUID, body: SourceSave, ctx: Ctx) -> DataSourceViewOut:
    """Save what is said of a source; 409 when somebody else has saved since."""
    await actions.save_source(ctx, source_id, body.version, body)
    return await _view(ctx, source_id)


@router.delete("/{source_id}", operation_id="delete_source", status_code=204)
async def delete_source(source_id: UUID, ctx: Ctx) -> None:
    """Strike a source from the register; what it brought stays. 409 while pages send by its key."""
    await actions.delete_source(ctx, source_id)


@router.put("/{source_id}/links", operation_id="link_source")
async def link_source(source_id: UUID, body: DataSourceLinks, ctx: Ctx) -> DataSourceViewOut:
    """Say which keys, forms and imports bring its data; what belonged to another source belongs to this one."""
    await actions.link_source(ctx, source_id, [(each.kind, each.ref) for each in body.links])
    return await _view(ctx, source_id)


@router.post("/{source_id}/key", operation_id="give_source_key")
async def give_source_key(source_id: UUID, ctx: Ctx) -> DataSourceViewOut:
    """Make the public key that its pages send by; one that works is kept."""
    await actions.give_key(ctx, source_id)
    return await _view(ctx, source_id)
