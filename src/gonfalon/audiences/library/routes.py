"""The manual of audiences over HTTP."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from gonfalon.accounts.auth import Ctx

from . import actions
from .schemas import DefinitionIn, DefinitionOut

router = APIRouter(tags=["audiences"], prefix="/workspaces/{workspace}/audiences")


@router.get("/library", operation_id="list_audience_definitions")
async def list_audience_definitions(ctx: Ctx) -> list[DefinitionOut]:
    """Return the manual: every audience in use (at most 1,000), the ideal customers and main segments first."""
    found = await actions.list_definitions(ctx)
    return [DefinitionOut.model_validate(each, from_attributes=True) for each in found]


@router.put("/{audience_id}/definition", operation_id="define_audience")
async def define_audience(audience_id: UUID, body: DefinitionIn, ctx: Ctx) -> DefinitionOut:
    """Write what an audience is for; at most five are main segments."""
    return DefinitionOut.model_validate(await actions.save_definition(ctx, audience_id, body), from_attributes=True)
