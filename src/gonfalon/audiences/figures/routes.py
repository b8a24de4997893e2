"""Figures of audiences over HTTP."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from gonfalon.accounts.auth import Ctx

from ..schemas import RuleIn
from . import actions
from .schemas import AudienceProfileOut, ComparedIn, CostsOut, ShareOut

router = APIRouter(tags=["audiences"], prefix="/workspaces/{workspace}/audiences")


@router.post("/costs", operation_id="count_rule_parts")
async def count_rule_parts(body: RuleIn, ctx: Ctx) -> CostsOut:
    """Return what each part of a rule costs in people: how many it means alone, and how many there were without it."""
    return CostsOut.model_validate(await actions.costs_of(ctx, body.rule), from_attributes=True)


@router.post("/shares", operation_id="share_audiences")
async def share_audiences(body: ComparedIn, ctx: Ctx) -> list[ShareOut]:
    """Return how two to five audiences overlap: people by the combination of audiences they are in, the largest
    first."""
    found = await actions.shares_of(ctx, body.audiences)
    return [ShareOut.model_validate(each, from_attributes=True) for each in found]


@router.get("/{audience_id}/profile", operation_id="get_audience_profile")
async def get_audience_profile(audience_id: UUID, ctx: Ctx) -> AudienceProfileOut:
    """Return what makes an audience different from everybody: attributes, tags and events by lift."""
    return AudienceProfileOut.model_validate(await actions.profile_of(ctx, audience_id), from_attributes=True)
