"""Live audiences over HTTP."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from fastapi import APIRouter

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.audiences.live.model import MembershipChange
from gonfalon.kit.paging import ByNumber, Page

from ..store import find_audience
from . import actions, store
from .schemas import FlowOut, LiveIn, LiveOut

FLOW_DAYS = 90

router = APIRouter(tags=["audiences"], prefix="/workspaces/{workspace}/audiences/{audience_id}")


@router.get("/live", operation_id="get_live_audience")
async def get_live_audience(audience_id: UUID, ctx: Ctx) -> LiveOut:
    """Return whether the members of an audience are kept, and how many entered and left each day."""
    ctx.require(Permission.AUDIENCES_READ)
    return await _live(ctx, audience_id)


@router.put("/live", operation_id="set_live_audience")
async def set_live_audience(audience_id: UUID, body: LiveIn, ctx: Ctx) -> LiveOut:
    """Keep the members of an audience from now on, so that it is known who enters and leaves; or no longer."""
    await actions.set_live(ctx, audience_id, body.live)
    return await _live(ctx, audience_id)


@router.get("/changes", operation_id="list_membership_changes")
async def list_membership_changes(
    audience_id: UUID, ctx: Ctx, page: ByNumber, entered: bool | None = None
) -> Page[MembershipChange]:
    """Return who entered and left a live audience, the newest first; kept for a year."""
    ctx.require(Permission.PEOPLE_READ)
    async with ctx.reading() as connection:
        await find_audience(connection, ctx.workspace.id, audience_id, archived=True)
        return page.as_read(await store.changes_of(connection, ctx.workspace.id, audience_id, page, entered))


async def _live(ctx: Context, audience_id: UUID) -> LiveOut:
    workspace = ctx.workspace
    async with ctx.reading() as connection:
        await find_audience(connection, workspace.id, audience_id, archived=True)
        found = await store.live_of(connection, workspace.id, audience_id)
        since = ctx.now - timedelta(days=FLOW_DAYS)
        flows = await store.flows_of(connection, workspace.id, audience_id, workspace.time_zone, since)
    return LiveOut(
        live=found is not None,
        since=found.created_at if found else None,
        refreshed_at=found.refreshed_at if found else None,
        flows=[FlowOut.model_validate(each, from_attributes=True) for each in flows],
    )
