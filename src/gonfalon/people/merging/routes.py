"""Merging over HTTP."""

from __future__ import annotations

from fastapi import APIRouter

from gonfalon.accounts.auth import Ctx
from gonfalon.people.merging import actions
from gonfalon.people.merging.model import Merge, MergePreview
from gonfalon.people.merging.schemas import MergeIn, SplitIn, SplitOut

router = APIRouter(tags=["people"], prefix="/workspaces/{workspace}")


@router.get("/people/{person_id}/merges/with/{other_id}", operation_id="preview_merge")
async def preview_merge(person_id: int, other_id: int, ctx: Ctx) -> MergePreview:
    """Return what making the other one this person would do."""
    return await actions.preview_merge(ctx, person_id, other_id)


@router.post("/people/{person_id}/merges", operation_id="merge_people")
async def merge_people(person_id: int, body: MergeIn, ctx: Ctx) -> Merge:
    """Make the other one this person; asked again, answers the merge that is there."""
    return await actions.merge_two(ctx, person_id, body.other_id, body.take)


@router.get("/people/{person_id}/merges", operation_id="list_merges")
async def list_merges(person_id: int, ctx: Ctx) -> list[Merge]:
    """Return who was made one with a person or split from them, the newest first."""
    return await actions.list_merges(ctx, person_id)


@router.post("/people/merges/{merge_id}/undo", operation_id="undo_merge")
async def undo_merge(merge_id: int, ctx: Ctx) -> Merge:
    """Make a merged person somebody again, with everything that was theirs."""
    return await actions.undo_merge(ctx, merge_id)


@router.post("/people/{person_id}/split", operation_id="split_person")
async def split_person(person_id: int, body: SplitIn, ctx: Ctx) -> SplitOut:
    """Make somebody new of some identities and events of a person."""
    chosen = [(each.kind, each.value) for each in body.identities]
    return SplitOut(person_id=await actions.split_person(ctx, person_id, chosen, body.event_ids))
