"""Reviews over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.model import Permission
from gonfalon.content.review import actions, reading, store
from gonfalon.content.review.model import ContentKind, ReviewState
from gonfalon.content.review.schemas import (
    HandInIn,
    ReviewAnswerIn,
    ReviewIn,
    ReviewOut,
    ReviewRow,
    ReviewSettings,
    ReviewVersionOut,
)
from gonfalon.kit.paging import ById, Page

router = APIRouter(tags=["reviews"], prefix="/workspaces/{workspace}")


@router.get("/content-reviews", operation_id="list_reviews")
async def list_reviews(ctx: Ctx, page: ById, state: Annotated[ReviewState | None, Query()] = None) -> Page[ReviewRow]:
    """Return reviews of content with what each waits for, the newest first."""
    return page.of(await reading.list_reviews(ctx, page, state), ReviewRow)


@router.post("/content-reviews", operation_id="ask_review", status_code=201)
async def ask_review(body: ReviewIn, ctx: Ctx) -> ReviewOut:
    """Begin the review of a content; 409 while one is open."""
    review_id = await actions.ask_review(ctx, body.kind, body.content_id, body.importance, body.planned(), body.note)
    return await reading.read_review(ctx, review_id)


@router.get("/content-reviews/of", operation_id="get_review_of")
async def get_review_of(
    kind: Annotated[ContentKind, Query()], content_id: Annotated[UUID, Query()], ctx: Ctx
) -> ReviewOut | None:
    """Return the newest review of a content; null where nobody asked for one."""
    return await reading.review_of(ctx, kind, content_id)


@router.get("/content-reviews/{review_id}", operation_id="get_review")
async def get_review(review_id: UUID, ctx: Ctx) -> ReviewOut:
    """Return a review with its steps and answers, as it stands with the newest version."""
    return await reading.read_review(ctx, review_id)


@router.get("/content-reviews/{review_id}/versions/{number}", operation_id="get_review_version")
async def get_version(review_id: UUID, number: Annotated[int, Path(ge=1, le=2**31 - 1)], ctx: Ctx) -> ReviewVersionOut:
    """Return a version of what is reviewed, as it looks and as it is written. Show `html` where nothing runs."""
    return await reading.read_version(ctx, review_id, number)


@router.post("/content-reviews/{review_id}/hand-in", operation_id="hand_in_draft")
async def hand_in(review_id: UUID, body: HandInIn, ctx: Ctx) -> ReviewOut:
    """Hand in the newest version as the draft that is due; 409 when another was saved meanwhile."""
    await actions.hand_in(ctx, review_id, body.step, body.version)
    return await reading.read_review(ctx, review_id)


@router.post("/content-reviews/{review_id}/answers", operation_id="answer_review")
async def answer_review(review_id: UUID, body: ReviewAnswerIn, ctx: Ctx) -> ReviewOut:
    """Say yes to the newest version, or what is to change; 409 when another was saved meanwhile."""
    await actions.answer_review(ctx, review_id, body.step, body.version, body.answer, body.note)
    return await reading.read_review(ctx, review_id)


@router.post("/content-reviews/{review_id}/end", operation_id="end_review")
async def end_review(review_id: UUID, ctx: Ctx) -> ReviewOut:
    """Give a review up; its content then counts as not reviewed."""
    await actions.end_review(ctx, review_id)
    return await reading.read_review(ctx, review_id)


@router.get("/review-settings", operation_id="get_review_settings")
async def get_settings(ctx: Ctx) -> ReviewSettings:
    """Return whether content needs a review before it is launched."""
    ctx.require(Permission.SETTINGS_READ)
    async with ctx.reading() as connection:
        return ReviewSettings(required=await store.is_required(ctx, connection))


@router.put("/review-settings", operation_id="set_review_settings")
async def set_settings(body: ReviewSettings, ctx: Ctx) -> ReviewSettings:
    """Set whether content needs a review before it is launched; for owners."""
    await actions.require_reviews(ctx, required=body.required)
    return body
