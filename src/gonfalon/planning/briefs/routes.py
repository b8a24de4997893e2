"""Briefs over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.paging import ByNumber, Page
from gonfalon.planning.briefs import actions, pdf, store
from gonfalon.planning.briefs.model import SINGLES, BriefChange, SimilarPassage, single_id
from gonfalon.planning.briefs.rules import telling_words
from gonfalon.planning.briefs.schemas import (
    BriefOut,
    BriefVersionIn,
    BriefVersionOut,
    KeptBriefOut,
    PassageIn,
    PassageOut,
    PassagePlace,
    PassageSave,
    PassageSaved,
)
from gonfalon.planning.campaigns.reading import find_overview
from gonfalon.planning.campaigns.store import see_campaign

router = APIRouter(tags=["briefs"])
_PATH = "/workspaces/{workspace}/campaigns/{campaign_id}/brief"


async def _read(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> BriefOut:
    rows = await store.list_passages(ctx, connection, campaign_id)
    written = {row.id: PassageOut.model_validate(row, from_attributes=True) for row in rows}
    ids = {section: single_id(campaign_id, section) for section in SINGLES}
    singles = [written.pop(of, PassageOut.unwritten(of, section)) for section, of in ids.items()]
    return BriefOut(passages=[*singles, *written.values()])


@router.get(_PATH, operation_id="get_brief")
async def get_brief(campaign_id: UUID, ctx: Ctx) -> BriefOut:
    """Return the campaign's brief."""
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        await see_campaign(ctx, connection, campaign_id)
        return await _read(ctx, connection, campaign_id)


@router.post(_PATH + "/passages", operation_id="add_brief_passage", status_code=201)
async def add_passage(campaign_id: UUID, body: PassageIn, ctx: Ctx) -> BriefOut:
    """Add an audience, a message, a hypothesis or a mandatory item; answers the whole brief."""
    await actions.add_passage(
        ctx,
        campaign_id,
        body.section,
        parent_id=body.parent_id,
        audience_id=body.audience_id,
        kind=body.kind,
        text=body.text,
    )
    return await ctx.read(_read, campaign_id)


@router.put(_PATH + "/passages/{passage_id}", operation_id="save_brief_passage")
async def save_passage(campaign_id: UUID, passage_id: UUID, body: PassageSave, ctx: Ctx) -> PassageSaved:
    """Save a passage's text; what somebody else wrote since `version` is kept, and the answer says so."""
    saved = await actions.save_text(ctx, campaign_id, passage_id, body.version, body.text, body.base)
    return PassageSaved.model_validate(saved, from_attributes=True)


@router.put(_PATH + "/passages/{passage_id}/place", operation_id="place_brief_passage")
async def place_passage(campaign_id: UUID, passage_id: UUID, body: PassagePlace, ctx: Ctx) -> BriefOut:
    """Say which audience a passage is about, or what a message starts from; answers the whole brief."""
    await actions.place_passage(ctx, campaign_id, passage_id, audience_id=body.audience_id, kind=body.kind)
    return await ctx.read(_read, campaign_id)


@router.delete(_PATH + "/passages/{passage_id}", operation_id="remove_brief_passage")
async def remove_passage(campaign_id: UUID, passage_id: UUID, ctx: Ctx) -> BriefOut:
    """Take a passage out, an audience with its messages; answers the whole brief."""
    await actions.remove_passage(ctx, campaign_id, passage_id)
    return await ctx.read(_read, campaign_id)


@router.get(_PATH + "/changes", operation_id="list_brief_changes")
async def list_changes(campaign_id: UUID, ctx: Ctx, page: ByNumber) -> Page[BriefChange]:
    """Return every text that was ever saved, the newest first."""
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        await see_campaign(ctx, connection, campaign_id)
        rows = await store.list_changes(ctx, connection, campaign_id, page)
    return page.as_read(rows)


@router.get(_PATH + "/versions", operation_id="list_brief_versions")
async def list_versions(campaign_id: UUID, ctx: Ctx) -> list[BriefVersionOut]:
    """Return the kept versions, the newest first."""
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        await see_campaign(ctx, connection, campaign_id)
        rows = await store.list_versions(ctx, connection, campaign_id)
    return [BriefVersionOut.model_validate(row, from_attributes=True) for row in rows]


@router.post(_PATH + "/versions", operation_id="keep_brief_version", status_code=201)
async def keep_version(campaign_id: UUID, body: BriefVersionIn, ctx: Ctx) -> list[BriefVersionOut]:
    """Keep the brief as it is now; answers all kept versions."""
    await actions.keep_version(ctx, campaign_id, body.note)
    return await list_versions(campaign_id, ctx)


@router.get(_PATH + "/versions/{number}", operation_id="get_brief_version")
async def get_version(campaign_id: UUID, number: int, ctx: Ctx) -> KeptBriefOut:
    """Return what the brief said at a kept version."""
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        await see_campaign(ctx, connection, campaign_id)
        row = await store.find_version(ctx, connection, campaign_id, number)
    return KeptBriefOut.model_validate(row, from_attributes=True)


@router.post(_PATH + "/versions/{number}/restore", operation_id="restore_brief_version")
async def restore_version(campaign_id: UUID, number: int, ctx: Ctx) -> BriefOut:
    """Make the brief what it was at a kept version."""
    await actions.restore_version(ctx, campaign_id, number)
    return await ctx.read(_read, campaign_id)


@router.get(_PATH + "/similar", operation_id="list_similar_briefs")
async def list_similar(
    campaign_id: UUID,
    ctx: Ctx,
    q: Annotated[str, Query(max_length=2000, description="A text; without one the brief itself is compared")] = "",
) -> list[SimilarPassage]:
    """Return up to 10 passages of other campaigns' briefs that are about the same things, the closest first."""
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        await see_campaign(ctx, connection, campaign_id)
        text = q or " ".join(row.text for row in await store.list_passages(ctx, connection, campaign_id))
        words = telling_words(text)
        return await store.list_similar(ctx, connection, campaign_id, words, 10) if words else []


@router.get(
    _PATH + ".pdf",
    operation_id="print_brief",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}},
)
async def print_brief(
    campaign_id: UUID,
    ctx: Ctx,
    language: Annotated[str, Query(pattern="^(en|fr|sv|zh)$")] = "en",
) -> Response:
    """Return the brief as a PDF of one page, or as few as it needs."""
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        campaign = await find_overview(ctx, connection, campaign_id)
        brief = await _read(ctx, connection, campaign_id)
    made = await pdf.write(campaign, brief, ctx.workspace, language)
    return Response(made, media_type="application/pdf")
