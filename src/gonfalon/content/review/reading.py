"""Reviews as pages show them: the board, and one with everything of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.content.assets.rules import EXTENSIONS
from gonfalon.content.assets.store import find_asset
from gonfalon.content.review import rules, store
from gonfalon.content.review.actions import may_end
from gonfalon.content.review.model import Content, ContentKind, Course, Review, ReviewState, ReviewStepKind, Seat, Step
from gonfalon.content.review.schemas import (
    ReviewOut,
    ReviewRow,
    ReviewSeatOut,
    ReviewStepOut,
    ReviewVersion,
    ReviewVersionOut,
)
from gonfalon.content.templates.actions import preview
from gonfalon.content.templates.store import find_source, list_versions
from gonfalon.kit.paging import PageRequest
from gonfalon.kit.sql import run

MOST_VERSIONS = 200


async def list_reviews(ctx: Context, page: PageRequest, state: ReviewState | None) -> list[ReviewRow]:
    """Return reviews with what each waits for, the newest first; one more than the page's limit when there are more."""
    ctx.require(Permission.SETTINGS_READ)
    async with ctx.reading() as connection:
        rows = await run(
            connection,
            __package__,
            "list_reviews",
            workspace_id=ctx.workspace.id,
            state=state.value if state else None,
            after=page.after[0] if page.after else None,
            limit=page.fetch,
            me=ctx.actor.id if ctx.actor.kind == "member" else None,
        )
        return [ReviewRow.model_validate(dict(row._mapping) | {"asked_by": row.asked_by_name}) for row in rows]


async def read_review(ctx: Context, review_id: UUID) -> ReviewOut:
    """Return one review with its steps, as it stands with the newest version; raises NotFound."""
    ctx.require(Permission.SETTINGS_READ)
    async with ctx.reading() as connection:
        return await _shown(ctx, connection, await store.find_review(ctx, connection, review_id))


async def review_of(ctx: Context, kind: ContentKind, content_id: UUID) -> ReviewOut | None:
    """Return the newest review of a content; None where nobody asked for one. Raises NotFound."""
    ctx.require(Permission.SETTINGS_READ)
    async with ctx.reading() as connection:
        await store.find_content(ctx, connection, kind, content_id)
        review = await store.newest_review(ctx, connection, kind, content_id)
        return None if review is None else await _shown(ctx, connection, review)


async def _shown(ctx: Context, connection: AsyncConnection, review: Review) -> ReviewOut:
    content = await store.find_content(ctx, connection, review.kind, review.content_id)
    course = rules.reopen(await store.load_course(ctx, connection, review), content.version)
    is_open = course.state is ReviewState.OPEN
    me = UUID(ctx.actor.id) if ctx.actor.kind == "member" and ctx.actor.id else None
    drafting = course.current.kind is ReviewStepKind.DRAFT
    seated = (
        rules.seats_for(course.current, me, owner=ctx.may(Permission.APPROVALS_MANAGE))
        if me is not None and is_open and not drafting
        else ()
    )
    wrote = me is not None and await store.has_written(ctx, connection, review, content.version, me)
    alone = wrote and await store.is_alone(ctx, connection)
    steps = await _steps(connection, course, content, ctx.now)
    return ReviewOut(
        id=review.id,
        kind=review.kind,
        content_id=review.content_id,
        title=content.name,
        importance=review.importance,
        note=review.note,
        asked_by=review.asked_by_name,
        asked_at=review.created_at,
        state=course.state,
        step=course.step if is_open else None,
        version=content.version,
        passed_version=review.passed_version,
        reopened=is_open and review.passed_version is not None,
        ended_by=review.ended_by,
        steps=steps,
        versions=await _versions(ctx, connection, review),
        may_hand_in=is_open and drafting and me is not None and ctx.may(Permission.CONTENT_WRITE),
        may_answer=bool(seated) and (alone or not wrote),
        may_end=me is not None and review.state is not ReviewState.ENDED and may_end(ctx, review, course, me),
        own=bool(seated) and wrote and not alone,
        alone=bool(seated) and alone,
    )


async def _versions(ctx: Context, connection: AsyncConnection, review: Review) -> list[ReviewVersion]:
    if review.kind is ContentKind.ASSET:
        asset = await find_asset(ctx, connection, review.content_id)
        return [ReviewVersion(number=1, by="", at=asset.created_at)]
    found = await list_versions(ctx, connection, review.content_id)
    return [ReviewVersion(number=each.number, by=each.saved_by, at=each.created_at) for each in found[:MOST_VERSIONS]]


async def read_version(ctx: Context, review_id: UUID, number: int) -> ReviewVersionOut:
    """Return one version of what is reviewed, as a made-up person would get it; raises NotFound, TemplateError."""
    ctx.require(Permission.SETTINGS_READ)
    async with ctx.reading() as connection:
        review = await store.find_review(ctx, connection, review_id)
        if review.kind is ContentKind.ASSET:
            asset = await find_asset(ctx, connection, review.content_id)
            picture = f"/assets/{asset.id}.{EXTENSIONS[asset.media_type]}"
            return ReviewVersionOut(number=1, subject=asset.name, preheader="", html="", source="", picture=picture)
        source = await find_source(connection, ctx.workspace.id, review.content_id, number)
    rendered = await preview(ctx, source)
    return ReviewVersionOut(
        number=number,
        subject=rendered.subject,
        preheader=rendered.preheader,
        html=rendered.html.decode(),
        source=source.body,
        picture="",
    )


async def _steps(connection: AsyncConnection, course: Course, content: Content, now: datetime) -> list[ReviewStepOut]:
    seats = [seat for step in course.steps for seat in step.seats]
    ids = {each for seat in seats for each in (seat.user_id, seat.stand_in_id) if each is not None}
    names = await store.names_of(connection, ids)
    kinds = [step.kind for step in course.steps]
    return [
        ReviewStepOut(
            position=step.position,
            kind=step.kind,
            round=kinds[: step.position + 1].count(step.kind),
            last=step.kind not in kinds[step.position + 1 :],
            quorum=step.quorum,
            days=step.days,
            begun_at=step.begun_at or (now if course.state is ReviewState.OPEN and step is course.current else None),
            due_at=step.due_at,
            done_at=step.done_at,
            result=step.result,
            version=step.version,
            by=step.done_by,
            seats=[_seat(seat, step, content, names) for seat in step.seats],
        )
        for step in course.steps
    ]


def _seat(seat: Seat, step: Step, content: Content, names: dict[UUID, str]) -> ReviewSeatOut:
    outside = seat.link_id is not None
    return ReviewSeatOut(
        name=seat.answered_by_name if outside else names.get(seat.user_id, "") if seat.user_id else "",
        user_id=seat.user_id,
        stand_in=names.get(seat.stand_in_id, "") if seat.stand_in_id else "",
        outside=outside,
        answer=seat.answer,
        note=seat.note,
        version=seat.version,
        by=seat.answered_by_name,
        at=seat.answered_at,
        counts=seat.answer is not None and seat.version == (step.version or content.version),
    )
