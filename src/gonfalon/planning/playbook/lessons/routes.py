"""Lessons over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.paging import ById, Page
from gonfalon.metrics.model import Category
from gonfalon.planning.campaigns.model import CampaignType
from gonfalon.planning.playbook.lessons import actions, store
from gonfalon.planning.playbook.lessons.model import LessonBeside, LessonDraft, LessonMatch, LessonSave, LessonState
from gonfalon.planning.playbook.lessons.reading import list_fitting, with_contradictions
from gonfalon.planning.playbook.lessons.schemas import LessonMove

router = APIRouter(tags=["playbook"])
_PATH = "/workspaces/{workspace}/lessons"


async def _shown(ctx: Context, lesson_id: UUID) -> LessonBeside:
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        found = await store.find_lesson(ctx, connection, lesson_id)
        (lesson,) = await with_contradictions(ctx, connection, [found])
    return lesson


@router.get(_PATH, operation_id="list_lessons")
async def list_lessons(
    ctx: Ctx,
    page: ById,
    q: Annotated[str, Query(max_length=200)] = "",
    state: LessonState | None = None,
    category: Category | None = None,
    type: CampaignType | None = None,
    channel: Annotated[str, Query(max_length=16)] = "",
    campaign_id: Annotated[UUID | None, Query(description="Learned in this campaign")] = None,
) -> Page[LessonBeside]:
    """Return the newest first, each with the lessons that contradict it."""
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        rows = await store.list_lessons(
            ctx,
            connection,
            page,
            words=q,
            state=state,
            category=category,
            type=type,
            channel=channel,
            campaign_id=campaign_id,
        )
        shown = await with_contradictions(ctx, connection, page.shown(rows))
    return Page(items=shown, next_cursor=page.next_cursor(rows))


@router.post(_PATH, operation_id="create_lesson", status_code=201)
async def create_lesson(body: LessonDraft, ctx: Ctx) -> LessonBeside:
    """Write down a finding, as a draft."""
    return await _shown(ctx, await actions.create_lesson(ctx, body))


@router.get(_PATH + "/{lesson_id}", operation_id="get_lesson")
async def get_lesson(lesson_id: UUID, ctx: Ctx) -> LessonBeside:
    """Return one lesson with those that contradict it."""
    return await _shown(ctx, lesson_id)


@router.put(_PATH + "/{lesson_id}", operation_id="save_lesson")
async def save_lesson(lesson_id: UUID, body: LessonSave, ctx: Ctx) -> LessonBeside:
    """Save a lesson; 409 when somebody else has saved since `version`."""
    await actions.save_lesson(ctx, lesson_id, body.version, body)
    return await _shown(ctx, lesson_id)


@router.put(_PATH + "/{lesson_id}/state", operation_id="move_lesson")
async def move_lesson(lesson_id: UUID, body: LessonMove, ctx: Ctx) -> LessonBeside:
    """Publish a lesson or makes it a draft again."""
    await actions.move_lesson(ctx, lesson_id, body.version, published=body.state == "published")
    return await _shown(ctx, lesson_id)


@router.delete(_PATH + "/{lesson_id}", operation_id="delete_lesson", status_code=204)
async def delete_lesson(lesson_id: UUID, ctx: Ctx) -> None:
    """Delete a lesson."""
    await actions.delete_lesson(ctx, lesson_id)


@router.get("/workspaces/{workspace}/campaigns/{campaign_id}/lessons/matching", operation_id="list_matching_lessons")
async def list_matching(campaign_id: UUID, ctx: Ctx) -> list[LessonMatch]:
    """Return up to 10 lessons of other campaigns that fit this one's context and brief, the closest first, and why."""
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        return await with_contradictions(ctx, connection, await list_fitting(ctx, connection, campaign_id, 10))
