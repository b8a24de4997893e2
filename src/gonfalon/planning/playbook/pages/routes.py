"""Playbook pages over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.paging import Page, PageRequest, paging
from gonfalon.planning.playbook.pages import actions, store
from gonfalon.planning.playbook.pages.model import PageKind, PagePlace, PageVersion
from gonfalon.planning.playbook.pages.schemas import (
    PlaybookPageIn,
    PlaybookPageOut,
    PlaybookPageRow,
    PlaybookPageSave,
    StartersIn,
)

router = APIRouter(tags=["playbook"])
_PATH = "/workspaces/{workspace}/playbook/pages"


async def _shown(ctx: Context, page_id: UUID) -> PlaybookPageOut:
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        row = await store.find_page(ctx, connection, page_id)
    shown = PlaybookPageRow.model_validate(row, from_attributes=True)
    return PlaybookPageOut(body=row.body, html=await actions.html_of(row.body), **dict(shown))


@router.get(_PATH, operation_id="list_pages")
async def list_pages(
    ctx: Ctx,
    page: Annotated[PageRequest, Depends(paging(int, str, UUID))],
    q: Annotated[str, Query(max_length=200, description="Words in title or text; Chinese anywhere in them")] = "",
    kind: PageKind | None = None,
    tag: Annotated[str, Query(max_length=40)] = "",
    applies: Annotated[PagePlace | None, Query(description="Only those shown beside this")] = None,
) -> Page[PlaybookPageRow]:
    """Return pages by title; those whose title has the words first."""
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        rows = await store.list_pages(ctx, connection, page, words=q, kind=kind, tag=tag, applies=applies)
    return page.of(rows, PlaybookPageRow, "rank", "sorted_title", "id")


@router.get("/workspaces/{workspace}/playbook/tags", operation_id="list_page_tags")
async def list_tags(ctx: Ctx) -> list[str]:
    """Return every tag in use, by name."""
    ctx.require(Permission.CAMPAIGNS_READ)
    return await ctx.read(store.list_tags)


@router.post(_PATH, operation_id="create_page", status_code=201)
async def create_page(body: PlaybookPageIn, ctx: Ctx) -> PlaybookPageOut:
    """Write a new page."""
    return await _shown(ctx, await actions.create_page(ctx, **dict(body)))


@router.post("/workspaces/{workspace}/playbook/starters", operation_id="add_starter_pages")
async def add_starters(body: StartersIn, ctx: Ctx) -> Page[PlaybookPageRow]:
    """Add the ready-made pages that are not there; answers the first pages of the playbook."""
    await actions.add_starters(ctx, body.language)
    return await list_pages(ctx, PageRequest(None, 50))


@router.get(_PATH + "/{page_id}", operation_id="get_page")
async def get_page(page_id: UUID, ctx: Ctx) -> PlaybookPageOut:
    """Return one page, as it was written and as it is shown."""
    return await _shown(ctx, page_id)


@router.put(_PATH + "/{page_id}", operation_id="save_page")
async def save_page(page_id: UUID, body: PlaybookPageSave, ctx: Ctx) -> PlaybookPageOut:
    """Save a page; 409 when somebody else has saved since `version`."""
    values = dict(body)
    await actions.save_page(ctx, page_id, values.pop("version"), **values)
    return await _shown(ctx, page_id)


@router.delete(_PATH + "/{page_id}", operation_id="delete_page", status_code=204)
async def delete_page(page_id: UUID, ctx: Ctx) -> None:
    """Delete a page with its versions."""
    await actions.delete_page(ctx, page_id)


@router.get(_PATH + "/{page_id}/versions", operation_id="list_page_versions")
async def list_versions(page_id: UUID, ctx: Ctx) -> list[PageVersion]:
    """Return what the page said before each save, the newest first, at most 100."""
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        await store.find_page(ctx, connection, page_id)
        return await store.list_versions(ctx, connection, page_id)
