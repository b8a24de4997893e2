"""Retrospectives over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.paging import PageRequest
from gonfalon.planning.playbook.lessons.store import list_lessons
from gonfalon.planning.playbook.retrospective import actions, pdf
from gonfalon.planning.playbook.retrospective.model import RetroSection
from gonfalon.planning.playbook.retrospective.reading import read_retrospective
from gonfalon.planning.playbook.retrospective.schemas import (
    RetroActionIn,
    RetroClose,
    RetroSave,
    RetroSaved,
    RetrospectiveOut,
    RetroTaskIn,
)

router = APIRouter(tags=["playbook"])
_PATH = "/workspaces/{workspace}/campaigns/{campaign_id}/retrospective"


async def _shown(ctx: Context, campaign_id: UUID) -> RetrospectiveOut:
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        return (await read_retrospective(ctx, connection, campaign_id))[1]


@router.get(_PATH, operation_id="get_retrospective")
async def get_retrospective(campaign_id: UUID, ctx: Ctx) -> RetrospectiveOut:
    """Return the campaign's retrospective; it is there, empty, before anybody begins it."""
    return await _shown(ctx, campaign_id)


@router.put(_PATH + "/passages/{section}", operation_id="save_retrospective_passage")
async def save_passage(campaign_id: UUID, section: RetroSection, body: RetroSave, ctx: Ctx) -> RetroSaved:
    """Save a passage; what somebody else wrote since `version` is kept, and the answer says so."""
    kept = await actions.save_passage(ctx, campaign_id, section, body.version, body.text, body.base)
    return RetroSaved.model_validate(kept, from_attributes=True)


@router.post(_PATH + "/actions", operation_id="add_retrospective_action", status_code=201)
async def add_action(campaign_id: UUID, body: RetroActionIn, ctx: Ctx) -> RetrospectiveOut:
    """Add something to do next; answers the whole retrospective."""
    await actions.add_action(ctx, campaign_id, body.name, body.owner_id)
    return await _shown(ctx, campaign_id)


@router.delete(_PATH + "/actions/{action_id}", operation_id="remove_retrospective_action")
async def remove_action(campaign_id: UUID, action_id: UUID, ctx: Ctx) -> RetrospectiveOut:
    """Take an action out; a task it became stays."""
    await actions.remove_action(ctx, campaign_id, action_id)
    return await _shown(ctx, campaign_id)


@router.post(_PATH + "/actions/{action_id}/task", operation_id="make_retrospective_task", status_code=201)
async def make_task(campaign_id: UUID, action_id: UUID, body: RetroTaskIn, ctx: Ctx) -> RetrospectiveOut:
    """Make an action a task of a campaign."""
    await actions.make_task(ctx, campaign_id, action_id, body.campaign_id)
    return await _shown(ctx, campaign_id)


@router.post(_PATH + "/close", operation_id="close_retrospective")
async def close(campaign_id: UUID, body: RetroClose, ctx: Ctx) -> RetrospectiveOut:
    """Close it and keeps the numbers as they are now."""
    await actions.close_retrospective(ctx, campaign_id, body.results)
    return await _shown(ctx, campaign_id)


@router.post(_PATH + "/reopen", operation_id="reopen_retrospective")
async def reopen(campaign_id: UUID, ctx: Ctx) -> RetrospectiveOut:
    """Open a closed retrospective again."""
    await actions.reopen_retrospective(ctx, campaign_id)
    return await _shown(ctx, campaign_id)


@router.get(
    _PATH + ".pdf",
    operation_id="print_retrospective",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}},
)
async def print_retrospective(
    campaign_id: UUID, ctx: Ctx, language: Annotated[str, Query(pattern="^(en|fr|sv|zh)$")] = "en"
) -> Response:
    """Return the summary to share, as a PDF of a page or two."""
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        campaign, found = await read_retrospective(ctx, connection, campaign_id)
        learned = await list_lessons(
            ctx,
            connection,
            PageRequest(None, 20),
            words="",
            state=None,
            category=None,
            type=None,
            channel="",
            campaign_id=campaign_id,
        )
    made = await pdf.write(campaign, found, [row.title for row in learned[:20]], ctx.workspace, language)
    return Response(made, media_type="application/pdf")
