"""The list of people over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import StreamingResponse

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.paging import Page, PageRequest, encode_cursor, paging
from gonfalon.people.attributes.store import attributes_of
from gonfalon.people.consent.actions import recorder
from gonfalon.people.consent.model import Statement
from gonfalon.people.consent.schemas import Changed
from gonfalon.people.directory import actions, store
from gonfalon.people.directory.model import Choice, Sort
from gonfalon.people.directory.schemas import (
    AttributeSetIn,
    ChosenIn,
    ConsentsIn,
    ErasedIn,
    ErasedOut,
    ExportIn,
    TaggedIn,
    TotalOut,
)
from gonfalon.people.profiles.schemas import PersonOut

router = APIRouter(tags=["people"], prefix="/workspaces/{workspace}")

Search = Annotated[str, Query(max_length=200, description="Words found in names, addresses, numbers or ids")]
Filters = Annotated[
    list[str],
    Query(
        alias="filter",
        max_length=20,
        description="`attribute.KEY:OP[:VALUE]` (is, is_not, contains, lt, le, gt, ge, known, unknown), `tag:is:NAME`,"
        " `tag:is_not:NAME`, `email:known`, `phone:unknown`, `consent.CHANNEL.TOPIC:granted|withdrawn|none`;"
        " all must hold",
    ),
]


@router.get("/people", operation_id="list_people")
async def list_people(
    ctx: Ctx,
    page: Annotated[PageRequest, Depends(paging(int | str | None, int))],
    search: Search = "",
    filters: Filters = [],  # noqa: B006 - FastAPI copies it
    sort: Sort = Sort.NEWEST,
) -> Page[PersonOut]:
    """Return people, searched, filtered and sorted."""
    ctx.require(Permission.PEOPLE_READ)
    question = await actions.read_question(ctx, search, filters, sort)
    async with ctx.reading() as connection:
        attributes = await attributes_of(connection, ctx.workspace.id)
    shown, after = await store.find_page(ctx, question, attributes, page.after, page.limit)
    return Page(
        items=[PersonOut.model_validate(person) for person in shown],
        next_cursor=encode_cursor(*after) if after else None,
    )


@router.get("/people/count", operation_id="count_people")
async def count_people(
    ctx: Ctx,
    search: Search = "",
    filters: Filters = [],  # noqa: B006 - FastAPI copies it
) -> TotalOut:
    """Return how many people a question means."""
    ctx.require(Permission.PEOPLE_READ)
    question = await actions.read_question(ctx, search, filters)
    async with ctx.reading() as connection:
        attributes = await attributes_of(connection, ctx.workspace.id)
    total = await store.count_people(ctx, question, attributes)
    return TotalOut(count=total.count, more=total.more)


@router.post("/people/tags", operation_id="tag_people")
async def tag_people(body: TaggedIn, ctx: Ctx) -> Changed:
    """Give and takes tags of many people in one go; answers for how many something changed."""
    chosen = await _choice(ctx, body)
    return Changed(changed=await actions.tag_people(ctx, chosen, body.add, body.remove))


@router.post("/people/attributes", operation_id="set_attribute_of_people")
async def set_attribute(body: AttributeSetIn, ctx: Ctx) -> Changed:
    """Give many people one value of an attribute in one go; answers for how many it changed."""
    chosen = await _choice(ctx, body)
    return Changed(changed=await actions.set_attribute(ctx, chosen, body.key, body.value))


@router.post("/people/consents", operation_id="record_consent_of_people")
async def record_consent(body: ConsentsIn, ctx: Ctx) -> Changed:
    """Record in one go what many people said about topics, with proof; answers how many states it changed."""
    chosen = await _choice(ctx, body)
    source, details = recorder(ctx)
    said = Statement(
        body.channel,
        body.state,
        source,
        body.at,
        body.wording,
        details | {"origin": body.origin.strip()},
        basis=body.basis,
        expires_at=body.expires_at,
    )
    return Changed(changed=await actions.record_consent_of(ctx, chosen, body.topic_ids, said))


@router.post("/people/erase", operation_id="erase_people")
async def erase_people(body: ErasedIn, ctx: Ctx) -> ErasedOut:
    """Erase many people for good in one go, if they are as many as were confirmed; no import brings them back."""
    chosen = await _choice(ctx, body)
    return ErasedOut(erased=await actions.erase_people(ctx, chosen, body.confirmed))


@router.post(
    "/people/exports",
    operation_id="export_people",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/csv": {}}, "description": "A line per person, UTF-8."}},
)
async def export_people(body: ExportIn, ctx: Ctx) -> StreamingResponse:
    """Write CSV of the chosen people; safe to open in a spreadsheet, and an import reads it back.

    A POST although it changes nothing but the audit trail: what leaves the product is written down.
    """
    chosen = await _choice(ctx, body)
    parts = await actions.export_people(ctx, chosen, body.columns)
    return StreamingResponse(
        parts,
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="people.csv"'},
    )


async def _choice(ctx: Context, body: ChosenIn) -> Choice:
    if body.matching is None:
        ids = tuple(dict.fromkeys(body.person_ids or ()))
        return Choice(ids, said={"chosen": len(ids)})
    asked = body.matching
    question = await actions.read_question(ctx, asked.search, asked.filter)
    return Choice(matching=question, said={"search": asked.search, "filters": asked.filter})
