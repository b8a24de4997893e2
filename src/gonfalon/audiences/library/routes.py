"""The manual of audiences over HTTP."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from gonfalon.accounts.auth import Ctx

from . import actions
from .model import AudienceDefinition
from .schemas import DefinitionIn

router = APIRouter(tags=["audiences"], prefix="/workspaces/{workspace}/audiences")


@router.get("/library", operation_id="list_audience_definitions")
async def list_audience_definitions(ctx: Ctx) -> list[AudienceDefinition]:
    """Return the manual: every audience in use (at most 1,000), the ideal customers and main segments first."""
    return await actions.list_definitions(ctx)


@router.put("/{audience_id}/definition", operation_id="define_audience")
async def define_audience(audience_id: UUID, body: DefinitionIn, ctx: Ctx) -> AudienceDefinition:
    """Write what an audience is for; at most five are main segments."""
    return await actions.save_definition(ctx, audience_id, body)
