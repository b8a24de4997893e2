"""Changing the dates of a timeline over HTTP: look first, then apply."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from gonfalon.accounts.auth import Ctx
from gonfalon.planning.timeline.replan import actions
from gonfalon.planning.timeline.replan.schemas import ApplyIn, ChangesIn, PreviewOut

router = APIRouter(tags=["timeline"])
_TIMELINE = "/workspaces/{workspace}/campaigns/{campaign_id}/timeline"


@router.post(_TIMELINE + "/preview", operation_id="preview_timeline")
async def preview_timeline(campaign_id: UUID, body: ChangesIn, ctx: Ctx) -> PreviewOut:
    """Return what changes would move, whom they would overload and which deadlines would be missed; writes nothing."""
    return PreviewOut.of(await actions.preview_changes(ctx, campaign_id, [one.change() for one in body.changes]))


@router.post(_TIMELINE + "/apply", operation_id="apply_timeline")
async def apply_timeline(campaign_id: UUID, body: ApplyIn, ctx: Ctx) -> PreviewOut:
    """Apply what a preview has shown; 409 `preview_stale` when it would be something else by now."""
    changes = [one.change() for one in body.changes]
    return PreviewOut.of(await actions.apply_changes(ctx, campaign_id, changes, body.fingerprint))
