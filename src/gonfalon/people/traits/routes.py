"""Traits over HTTP."""

from __future__ import annotations

from fastapi import APIRouter

from gonfalon.accounts.auth import Ctx
from gonfalon.people.traits import actions
from gonfalon.people.traits.model import TraitProposal
from gonfalon.people.traits.schemas import ProposalTaken, Taken

router = APIRouter(tags=["attributes"], prefix="/workspaces/{workspace}/traits")


@router.get("", operation_id="list_traits")
async def list_traits(ctx: Ctx) -> list[TraitProposal]:
    """Return what events told of people and no attribute holds, the newest first; at most 300."""
    return await actions.list_proposals(ctx)


@router.post("/{key}/attribute", operation_id="make_attribute_of_trait", status_code=201)
async def make_attribute(key: str, body: ProposalTaken, ctx: Ctx) -> Taken:
    """Make an attribute of a trait; everybody gets the value that was kept for them."""
    made, people = await actions.make_attribute(ctx, key, body.label, body.type, body.choices)
    return Taken(attribute=made, people=people)


@router.delete("/{key}", operation_id="dismiss_trait", status_code=204)
async def dismiss_trait(key: str, ctx: Ctx) -> None:
    """Leave a trait out: what was kept of it is dropped, and later values are not kept."""
    await actions.dismiss_proposal(ctx, key)
