"""Touchpoints over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.paging import ById, Page, encode_cursor
from gonfalon.planning.campaigns.store import find_campaign
from gonfalon.planning.model import TouchpointChannel, TouchpointState
from gonfalon.planning.touchpoints import actions, store
from gonfalon.planning.touchpoints.model import TouchpointDone, TouchpointDraft, TouchpointSave
from gonfalon.planning.touchpoints.schemas import (
    TouchpointCopy,
    TouchpointName,
    TouchpointOut,
)

router = APIRouter(tags=["touchpoints"])


async def _shown(ctx: Context, touchpoint_id: UUID) -> TouchpointOut:
    async with ctx.reading() as connection:
        return TouchpointOut.model_validate(
            await store.find_touchpoint(ctx, connection, touchpoint_id), from_attributes=True
        )


@router.get("/workspaces/{workspace}/campaigns/{campaign_id}/touchpoints", operation_id="list_touchpoints")
async def list_touchpoints(campaign_id: UUID, ctx: Ctx) -> list[TouchpointOut]:
    """Return the campaign's touchpoints (at most 200), in the order they were made."""
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        await find_campaign(ctx, connection, campaign_id)
        found = await store.list_touchpoints(ctx, connection, campaign_id)
        return [TouchpointOut.model_validate(each, from_attributes=True) for each in found]


@router.post(
    "/workspaces/{workspace}/campaigns/{campaign_id}/touchpoints", operation_id="create_touchpoint", status_code=201
)
async def create_touchpoint(campaign_id: UUID, body: TouchpointDraft, ctx: Ctx) -> TouchpointOut:
    """Plan a touchpoint."""
    return await _shown(ctx, await actions.create_touchpoint(ctx, campaign_id, body))


@router.get("/workspaces/{workspace}/touchpoints", operation_id="list_all_touchpoints")
async def list_all_touchpoints(
    ctx: Ctx,
    page: ById,
    state: Annotated[TouchpointState | None, Query(description="Without it: all but archived ones")] = None,
    channel: TouchpointChannel | None = None,
    q: Annotated[str, Query(max_length=200, description="Words in its name or its campaign's")] = "",
) -> Page[TouchpointOut]:
    """Return every touchpoint of the workspace, the newest first."""
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        rows = await store.list_all_touchpoints(ctx, connection, page, state=state, channel=channel, words=q)
    items = [TouchpointOut.model_validate(row, from_attributes=True) for row in rows[: page.limit]]
    return Page(items=items, next_cursor=encode_cursor(items[-1].id) if len(rows) > page.limit else None)


@router.get("/workspaces/{workspace}/touchpoints/{touchpoint_id}", operation_id="get_touchpoint")
async def get_touchpoint(touchpoint_id: UUID, ctx: Ctx) -> TouchpointOut:
    """Return one touchpoint."""
    ctx.require(Permission.CAMPAIGNS_READ)
    return await _shown(ctx, touchpoint_id)


@router.put("/workspaces/{workspace}/touchpoints/{touchpoint_id}/name", operation_id="rename_touchpoint")
async def rename_touchpoint(touchpoint_id: UUID, body: TouchpointName, ctx: Ctx) -> TouchpointOut:
    """Give it another name, also after its launch; 409 when somebody else has saved since `version`."""
    await actions.rename_touchpoint(ctx, touchpoint_id, body.version, body.name)
    return await _shown(ctx, touchpoint_id)


@router.put("/workspaces/{workspace}/touchpoints/{touchpoint_id}", operation_id="update_touchpoint")
async def update_touchpoint(touchpoint_id: UUID, body: TouchpointSave, ctx: Ctx) -> TouchpointOut:
    """Save a draft; 409 when it was launched or somebody else has saved since `version`."""
    await actions.update_touchpoint(ctx, touchpoint_id, body.version, body)
    return await _shown(ctx, touchpoint_id)


@router.post(
    "/workspaces/{workspace}/touchpoints/{touchpoint_id}/duplicate",
    operation_id="duplicate_touchpoint",
    status_code=201,
)
async def duplicate_touchpoint(touchpoint_id: UUID, body: TouchpointCopy, ctx: Ctx) -> TouchpointOut:
    """Plan a draft like this touchpoint, without its time and results."""
    return await _shown(ctx, await actions.duplicate_touchpoint(ctx, touchpoint_id, body.name))


@router.delete(
    "/workspaces/{workspace}/touchpoints/{touchpoint_id}", operation_id="archive_touchpoint", status_code=204
)
async def archive_touchpoint(touchpoint_id: UUID, ctx: Ctx) -> None:
    """Put a draft away; it can be restored."""
    await actions.archive_touchpoint(ctx, touchpoint_id)


@router.post("/workspaces/{workspace}/touchpoints/{touchpoint_id}/restore", operation_id="restore_touchpoint")
async def restore_touchpoint(touchpoint_id: UUID, ctx: Ctx) -> TouchpointOut:
    """Bring an archived draft back."""
    await actions.archive_touchpoint(ctx, touchpoint_id, archived=False)
    return await _shown(ctx, touchpoint_id)


@router.put("/workspaces/{workspace}/touchpoints/{touchpoint_id}/done", operation_id="mark_touchpoint_done")
async def mark_done(touchpoint_id: UUID, body: TouchpointDone, ctx: Ctx) -> TouchpointOut:
    """Mark what was carried out elsewhere as done, or corrects its numbers.

    409 for what Gonfalon sends, and while an approval that its launch needs is missing.
    """
    await actions.mark_done(ctx, touchpoint_id, body.version, body)
    return await _shown(ctx, touchpoint_id)


@router.delete("/workspaces/{workspace}/touchpoints/{touchpoint_id}/done", operation_id="reopen_touchpoint")
async def reopen_touchpoint(touchpoint_id: UUID, ctx: Ctx) -> TouchpointOut:
    """Take back that a touchpoint is done; its numbers go with it."""
    await actions.take_back_done(ctx, touchpoint_id)
    return await _shown(ctx, touchpoint_id)
