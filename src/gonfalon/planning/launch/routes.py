"""The launch check and the launch over HTTP. Pausing, resuming and cancelling are delivery's."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Request, Response

from gonfalon.accounts.auth import Ctx
from gonfalon.kit.http import idempotent
from gonfalon.planning.launch import actions, again
from gonfalon.planning.launch.schemas import LaunchCheck, LaunchIn, SilentIn, check_out
from gonfalon.planning.touchpoints.schemas import TouchpointOut
from gonfalon.planning.touchpoints.store import find_touchpoint

router = APIRouter(tags=["touchpoints"])


@router.get("/workspaces/{workspace}/touchpoints/{touchpoint_id}/check", operation_id="check_touchpoint")
async def check_touchpoint(touchpoint_id: UUID, ctx: Ctx) -> LaunchCheck:
    """Ask everything that should be asked before a launch."""
    return check_out(await actions.check_touchpoint(ctx, touchpoint_id))


@router.post(
    "/workspaces/{workspace}/touchpoints/{touchpoint_id}/launch",
    operation_id="launch_touchpoint",
    response_model=TouchpointOut,
)
async def launch_touchpoint(
    request: Request,
    touchpoint_id: UUID,
    ctx: Ctx,
    body: LaunchIn | None = None,
    idempotency_key: Annotated[str, Header(max_length=255, description="Repeats the first answer for 24 hours")] = "",
) -> Response:
    """Launch a draft. Its audience is taken when sending begins, unless it is frozen now.

    409 with the blocking `answers` when the launch check does not allow it.
    """

    async def answer() -> TouchpointOut:
        await actions.launch_touchpoint(ctx, touchpoint_id, freeze=body is not None and body.freeze)
        async with ctx.reading() as connection:
            return TouchpointOut.model_validate(
                await find_touchpoint(ctx, connection, touchpoint_id), from_attributes=True
            )

    return await idempotent(request, ctx.services.db, f"workspace {ctx.workspace.id}", answer)


@router.post(
    "/workspaces/{workspace}/touchpoints/{touchpoint_id}/silent", operation_id="draft_for_silent", status_code=201
)
async def draft_for_silent(touchpoint_id: UUID, body: SilentIn, ctx: Ctx) -> TouchpointOut:
    """Return a draft like it, to those who got it and did not click; look at it and launch it."""
    made = await again.draft_for_silent(ctx, touchpoint_id, name=body.name, audience=body.audience)
    async with ctx.reading() as connection:
        return TouchpointOut.model_validate(await find_touchpoint(ctx, connection, made), from_attributes=True)
