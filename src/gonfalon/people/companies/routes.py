"""Companies over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.model import Permission
from gonfalon.kit.paging import ByNumber, Page, PageRequest, encode_cursor, paging
from gonfalon.people.companies import actions, store
from gonfalon.people.companies.model import Company
from gonfalon.people.companies.schemas import (
    CompanyChange,
    CompanyCount,
    CompanyIn,
    KnownPropertyOut,
)
from gonfalon.people.profiles.schemas import PersonOut

router = APIRouter(tags=["companies"], prefix="/workspaces/{workspace}/companies")
Words = Annotated[str, Query(max_length=200, description="Words of the name or key")]


@router.get("", operation_id="list_companies")
async def list_companies(
    ctx: Ctx, page: Annotated[PageRequest, Depends(paging(str, int))], search: Words = ""
) -> Page[Company]:
    """List companies by name."""
    ctx.require(Permission.PEOPLE_READ)
    async with ctx.reading() as connection:
        found = await store.list_companies(ctx, connection, search.replace("\x00", ""), page)
    more = len(found) > page.limit
    last = found[page.limit - 1] if more else None
    return Page(
        items=page.shown(found),
        next_cursor=encode_cursor(last.name.lower(), last.id) if last else None,
    )


@router.get("/count", operation_id="count_companies")
async def count_companies(ctx: Ctx, search: Words = "") -> CompanyCount:
    """Return how many companies have these words."""
    ctx.require(Permission.PEOPLE_READ)
    async with ctx.reading() as connection:
        return CompanyCount(count=await store.count_companies(ctx, connection, search.replace("\x00", "")))


@router.get("/properties", operation_id="list_company_properties")
async def list_properties(ctx: Ctx) -> list[KnownPropertyOut]:
    """Return what is known of companies: names and types of their properties, the commonest first."""
    ctx.require(Permission.PEOPLE_READ)
    async with ctx.reading() as connection:
        found = await store.known_properties(ctx, connection)
    return [KnownPropertyOut.model_validate(each) for each in found]


@router.post("", operation_id="create_company", status_code=201)
async def create_company(body: CompanyIn, ctx: Ctx) -> Company:
    """Make a company by hand."""
    return await actions.create_company(ctx, body.name, body.key, body.properties)


@router.get("/{company_id}", operation_id="get_company")
async def get_company(company_id: int, ctx: Ctx) -> Company:
    """Return one company."""
    ctx.require(Permission.PEOPLE_READ)
    async with ctx.reading() as connection:
        return await store.find_company(ctx, connection, company_id)


@router.patch("/{company_id}", operation_id="change_company")
async def change_company(company_id: int, body: CompanyChange, ctx: Ctx) -> Company:
    """Change what is given; the rest stays."""
    return await actions.change_company(ctx, company_id, body.name, body.properties)


@router.delete("/{company_id}", operation_id="delete_company", status_code=204)
async def delete_company(company_id: int, ctx: Ctx) -> None:
    """Remove a company; its people stay."""
    await actions.delete_company(ctx, company_id)


@router.get("/{company_id}/people", operation_id="list_company_people")
async def list_people(company_id: int, ctx: Ctx, page: ByNumber) -> Page[PersonOut]:
    """Return people who belong to a company, those known last first."""
    ctx.require(Permission.PEOPLE_READ)
    async with ctx.reading() as connection:
        await store.find_company(ctx, connection, company_id)
        found = await store.people_of(ctx, connection, company_id, page)
    return page.of(found, PersonOut)


@router.put("/{company_id}/people/{person_id}", operation_id="add_to_company", status_code=204)
async def add_person(company_id: int, person_id: int, ctx: Ctx) -> None:
    """Put a person into a company; who is in it stays."""
    await actions.add_person(ctx, company_id, person_id)


@router.delete("/{company_id}/people/{person_id}", operation_id="remove_from_company", status_code=204)
async def remove_person(company_id: int, person_id: int, ctx: Ctx) -> None:
    """Take a person out of a company."""
    await actions.remove_person(ctx, company_id, person_id)
