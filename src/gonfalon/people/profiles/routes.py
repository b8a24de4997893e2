"""One person over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.model import Permission
from gonfalon.kit.paging import Page, PageRequest, encode_cursor, paging
from gonfalon.people.companies.schemas import EmployerOut
from gonfalon.people.companies.store import companies_of
from gonfalon.people.consent.store import consents_of, proofs_of
from gonfalon.people.merging.store import merged_into
from gonfalon.people.profiles import actions, store
from gonfalon.people.profiles.model import Happening
from gonfalon.people.profiles.schemas import (
    IdentityOut,
    ListOut,
    PersonChange,
    PersonIn,
    PersonOut,
    ProfileOut,
    SilenceOut,
)

router = APIRouter(tags=["people"], prefix="/workspaces/{workspace}")


@router.post("/people", operation_id="save_person")
async def save_person(body: PersonIn, ctx: Ctx) -> PersonOut:
    """Find the person by external id, email or phone, or makes one; merges attributes and adds tags."""
    record = actions.identified(ctx, email=body.email, phone=body.phone, external_id=body.external_id)
    saved = await actions.save_person(
        ctx, record, body.attributes, body.tags, only_new=body.only_new, agreed=body.consent
    )
    return PersonOut.model_validate(saved)


@router.get("/tags", operation_id="list_tags")
async def list_tags(ctx: Ctx) -> list[str]:
    """Return every tag that was ever given, by name."""
    ctx.require(Permission.AUDIENCES_READ)
    async with ctx.reading() as connection:
        return await store.tags_of(ctx, connection)


@router.get("/people/{person_id}", operation_id="get_person")
async def get_person(person_id: int, ctx: Ctx) -> ProfileOut:
    """Return everything known of a person."""
    ctx.require(Permission.PEOPLE_READ)
    w = ctx.workspace.id
    async with ctx.reading() as connection:
        person = await store.find_person(connection, w, person_id)
        identities = await store.identities_of(connection, w, person_id)
        consents = await consents_of(connection, w, person_id)
        proofs = await proofs_of(connection, w, person_id)
        around = await store.surroundings_of(connection, w, person_id)
        companies = await companies_of(connection, w, person_id)
        now = await merged_into(connection, w, person_id) if person.erased_at else None
    return ProfileOut(
        **PersonOut.model_validate(person).model_dump(),
        name=actions.name_of(person),
        undeclared=person.undeclared,
        identities=[IdentityOut(kind=kind, value=value, created_at=at) for kind, value, at in identities],
        consents=consents,
        proofs=proofs,
        suppressions=[
            SilenceOut(channel=row.key, reason=row.name, created_at=row.at)
            for row in around
            if row.kind == "suppression"
        ],
        lists=[ListOut(id=row.key, name=row.name) for row in around if row.kind == "list"],
        merged_into=now,
        companies=[EmployerOut.model_validate(each) for each in companies],
    )


@router.patch("/people/{person_id}", operation_id="update_person")
async def update_person(person_id: int, body: PersonChange, ctx: Ctx) -> PersonOut:
    """Change what is given; the rest stays."""
    identity = body.model_dump(include={"email", "phone", "external_id"}, exclude_unset=True)
    changed = await actions.update_person(
        ctx, person_id, identity, body.attributes, add_tags=body.add_tags, remove_tags=body.remove_tags
    )
    return PersonOut.model_validate(changed)


@router.get("/people/{person_id}/timeline", operation_id="get_timeline")
async def get_timeline(
    person_id: int, ctx: Ctx, page: Annotated[PageRequest, Depends(paging(datetime, int, int))]
) -> Page[Happening]:
    """Return what a person did and what happened to them, the newest first."""
    ctx.require(Permission.PEOPLE_READ)
    async with ctx.reading() as connection:
        await store.find_person(connection, ctx.workspace.id, person_id)
        shown, after = await store.timeline_of(connection, ctx.workspace.id, person_id, page.after, page.limit)
    return Page(
        items=shown,
        next_cursor=encode_cursor(*after) if after else None,
    )
