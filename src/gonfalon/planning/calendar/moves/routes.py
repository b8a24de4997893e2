"""Moves over HTTP: look first, then apply."""

from __future__ import annotations

from fastapi import APIRouter

from gonfalon.accounts.auth import Ctx
from gonfalon.planning.calendar.moves import actions
from gonfalon.planning.calendar.moves.schemas import CalendarMoveApply, CalendarMoveIn, CalendarMoveOut

router = APIRouter(tags=["calendar"])
_BASE = "/workspaces/{workspace}/calendar/moves"


@router.post(_BASE + "/preview", operation_id="preview_move")
async def preview_move(body: CalendarMoveIn, ctx: Ctx) -> CalendarMoveOut:
    """Return what a move would shift, break, and make collide; writes nothing.

    A touchpoint keeps its clock time whatever the clocks do between the two days.
    """
    return CalendarMoveOut.of(*await actions.preview_move(ctx, body.wish()))


@router.post(_BASE, operation_id="apply_move")
async def apply_move(body: CalendarMoveApply, ctx: Ctx) -> CalendarMoveOut:
    """Carry out what a preview has shown; 409 `preview_stale` when it would be something else by now."""
    return CalendarMoveOut.of(await actions.apply_move(ctx, body.wish(), body.fingerprint))
