"""Duplicates over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.model import Permission
from gonfalon.kit.paging import Page, PageRequest, encode_cursor, paging
from gonfalon.people.duplicates import actions, store
from gonfalon.people.duplicates.model import SURE, DuplicateKind
from gonfalon.people.duplicates.schemas import (
    ApartIn,
    DuplicateOut,
    DuplicatesOut,
    KindCountOut,
    MergeAllIn,
    MergedOut,
)
from gonfalon.people.profiles.schemas import PersonOut
from gonfalon.people.profiles.store import people_by_id

router = APIRouter(tags=["people"], prefix="/workspaces/{workspace}/duplicates")


@router.get("", operation_id="list_duplicates")
async def list_duplicates(
    ctx: Ctx, page: Annotated[PageRequest, Depends(paging(int, int))], kind: DuplicateKind | None = None
) -> Page[DuplicateOut]:
    """Return people who may be one, two by two."""
    ctx.require(Permission.PEOPLE_READ)
    w = ctx.workspace.id
    async with ctx.reading() as connection:
        found = await store.list_pairs(connection, w, kind, page)
        shown = found[: page.limit]
        ids = list({each for pair in shown for each in (pair.low_id, pair.high_id)})
        people = {each.id: PersonOut.model_validate(each) for each in await people_by_id(ctx, connection, ids)}
    last = shown[-1] if len(found) > page.limit else None
    return Page(
        items=[DuplicateOut(kind=pair.kind, first=people[pair.low_id], second=people[pair.high_id]) for pair in shown],
        next_cursor=encode_cursor(last.low_id, last.high_id) if last else None,
    )


@router.get("/kinds", operation_id="count_duplicates")
async def count_duplicates(ctx: Ctx) -> DuplicatesOut:
    """Return how many pairs of each kind are proposed, and when they were looked for."""
    ctx.require(Permission.PEOPLE_READ)
    async with ctx.reading() as connection:
        counts = await store.count_kinds(connection, ctx.workspace.id)
        search = await store.find_search(connection, ctx.workspace.id)
    return DuplicatesOut(
        kinds=[
            KindCountOut(kind=kind, count=counts[kind], sure=kind in SURE) for kind in DuplicateKind if kind in counts
        ],
        asked_at=search.asked_at if search else None,
        done_at=search.done_at if search else None,
    )


@router.post("/search", operation_id="search_duplicates", status_code=202)
async def search_duplicates(ctx: Ctx) -> None:
    """Have duplicates looked for; the answer's kinds say when it is done."""
    await actions.ask_search(ctx)


@router.post("/apart", operation_id="keep_apart", status_code=204)
async def keep_apart(body: ApartIn, ctx: Ctx) -> None:
    """Remember that two people are two; they are not proposed again."""
    await actions.keep_apart(ctx, body.first_id, body.second_id)


@router.post("/merge", operation_id="merge_duplicates")
async def merge_duplicates(body: MergeAllIn, ctx: Ctx) -> MergedOut:
    """Make one of every pair of a sure kind; the older one stays."""
    return MergedOut(merged=await actions.merge_all(ctx, body.kind, body.confirmed))
