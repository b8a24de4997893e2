"""Collisions over HTTP."""

from __future__ import annotations

from fastapi import APIRouter

from gonfalon.accounts.auth import Ctx
from gonfalon.planning.calendar.collisions.actions import trim_touchpoint
from gonfalon.planning.calendar.collisions.reading import read_collisions
from gonfalon.planning.calendar.collisions.schemas import CollisionsOut, TrimIn, TrimOut

router = APIRouter(tags=["calendar"])
_BASE = "/workspaces/{workspace}/calendar/collisions"


@router.get(_BASE, operation_id="get_collisions")
async def get_collisions(ctx: Ctx) -> CollisionsOut:
    """Return which planned touchpoints hit the same people too soon after each other, how many, and what can be done.

    Counted from the audiences as they are now: drafts and other channels are in it, and so is what was launched in the
    days before. Of a touchpoint whose topic is known, only people who can be reached for it are counted.
    """
    return await read_collisions(ctx)


@router.post(_BASE + "/trim", operation_id="trim_touchpoint")
async def trim(body: TrimIn, ctx: Ctx) -> TrimOut:
    """Send a draft to its audience without the people of another touchpoint's, as a new live audience."""
    audience_id, name = await trim_touchpoint(ctx, body.touchpoint_id, body.other_id)
    return TrimOut(audience_id=audience_id, audience=name)
