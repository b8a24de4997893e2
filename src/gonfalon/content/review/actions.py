"""The verbs of reviews: ask, hand in, answer, end. Locks go from the content to its review, everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.accounts.versions import changed_meanwhile
from gonfalon.accounts.workdays.rules import working_days
from gonfalon.accounts.workdays.store import load_weeks
from gonfalon.approvals.rules import due_at
from gonfalon.content.review import rules, store
from gonfalon.content.review.model import (
    Content,
    ContentKind,
    Course,
    DueStep,
    Importance,
    Review,
    ReviewAnswer,
    ReviewState,
    ReviewStepKind,
    Seat,
    Step,
    StepResult,
)
from gonfalon.kit.errors import Conflict, Forbidden, Invalid
from gonfalon.kit.ids import new_id
from gonfalon.teamwork.actions import notify
from gonfalon.teamwork.model import NoticeKind, Thing, ThingKind
from gonfalon.teamwork.store import member_id


async def ask_review(
    ctx: Context, kind: ContentKind, content_id: UUID, importance: Importance, steps: Sequence[Step], note: str
) -> UUID:
    """Begin the review of a content; a passed one before it ends. Tells whose turn it is; returns the review's id.

    Raises NotFound, Invalid (steps that nobody could pass, or the asker alone), Conflict where one is open already.
    """
    _may_ask(ctx)
    asker = member_id(ctx)
    review_id = new_id()
    async with ctx.transaction() as connection:
        content = await store.find_content(ctx, connection, kind, content_id, lock=True)
        rules.check_steps(steps, asker, alone=await store.is_alone(ctx, connection))
        named = {each for step in steps for seat in step.seats for each in (seat.user_id, seat.stand_in_id) if each}
        await store.check_reviewers(ctx, connection, named)
        present = await store.newest_review(ctx, connection, kind, content_id, lock=True)
        if present is not None and present.state is not ReviewState.ENDED:
            await _end_passed(ctx, connection, present, content)
        course = await _begin(ctx, connection, Course(ReviewState.OPEN, tuple(steps)))
        await store.add_review(
            ctx,
            connection,
            review_id,
            course,
            kind=kind.value,
            content_id=content_id,
            title=content.name,
            importance=importance.value,
            note=note.strip(),
            from_version=content.version,
        )
        review = await store.find_review(ctx, connection, review_id)
        await _tell_turn(ctx, connection, review, course, content.version)
        await ctx.audit(connection, "review.asked", kind.value, content_id, content.name, version=content.version)
    return review_id


async def hand_in(ctx: Context, review_id: UUID, step: int, version: int) -> None:
    """Hand in the newest version as the draft that is due; raises Conflict when it is not, or another is newest."""
    _may_ask(ctx)
    member_id(ctx)
    async with ctx.transaction() as connection:
        review, content, course = await _locked(ctx, connection, review_id)
        _check_turn(course, step, ReviewStepKind.DRAFT)
        _check_version(content, version)
        course = await _begin(ctx, connection, rules.hand_in(course, version, ctx.actor.name, ctx.now))
        await store.save_course(ctx, connection, review_id, course)
        await _tell_turn(ctx, connection, review, course, version)
        await _audit(ctx, connection, "review.handed_in", review, content)


async def answer_review(
    ctx: Context, review_id: UUID, step: int, version: int, answer: ReviewAnswer, note: str
) -> None:
    """Say yes to the newest version, or what is to change, in a place that one has, stands in for, or owns.

    Raises Conflict when the step is over or another version is newest, Forbidden for who has no place or wrote it.
    """
    ctx.require(Permission.SETTINGS_READ)
    me = member_id(ctx)
    async with ctx.transaction() as connection:
        review, content, course = await _locked(ctx, connection, review_id)
        _check_turn(course, step, ReviewStepKind.REVIEW)
        _check_version(content, version)
        seats = rules.seats_for(course.current, me, owner=ctx.may(Permission.APPROVALS_MANAGE))
        if not seats:
            raise Forbidden("review_not_yours", "This step waits for others; leave a remark instead.")
        if await store.has_written(ctx, connection, review, version, me) and not await store.is_alone(ctx, connection):
            raise Forbidden(
                "review_own",
                f"You asked for this or wrote version {version}, so somebody else decides.",
                version=version,
            )
        said = _said(answer, note, version) | {"answered_by": me, "answered_by_name": ctx.actor.name}
        said["answered_at"] = ctx.now
        answered = [replace(each, **said) for each in seats]
        await settle(ctx, connection, (review, content, course), answered)


async def answer_as(
    ctx: Context, review_id: UUID, step: int, version: int, answer: ReviewAnswer, note: str, seat: Seat
) -> None:
    """Answer the newest version from outside, in a place of one's own beside the members' places."""
    async with ctx.transaction() as connection:
        review, content, course = await _locked(ctx, connection, review_id)
        _check_turn(course, step, ReviewStepKind.REVIEW)
        _check_version(content, version)
        held = next((each for each in course.current.seats if each.link_id == seat.link_id), seat)
        said = _said(answer, note, version) | {"answered_by_name": ctx.actor.name, "answered_at": ctx.now}
        await settle(ctx, connection, (review, content, course), [replace(held, **said)])


async def settle(
    ctx: Context, connection: AsyncConnection, found: tuple[Review, Content, Course], answered: Sequence[Seat]
) -> None:
    """Write answers given in the open step, and what they lead to; tells whose turn it is then."""
    review, content, before = found
    course = rules.take_answer(before, answered, content.version, ctx.actor.name, ctx.now)
    course = await _begin(ctx, connection, course)
    await store.save_course(ctx, connection, review.id, course)
    done = course.steps[before.step]
    if done.done_at is not None:
        decision = "changes" if done.result is StepResult.CHANGES else "approved"
        await _tell_author(ctx, connection, review, decision, answered[0].note)
        await _tell_turn(ctx, connection, review, course, content.version)
    await _audit(ctx, connection, "review.answered", review, content, answer=str(answered[0].answer))


async def end_review(ctx: Context, review_id: UUID) -> None:
    """Give a review up. Whoever asked may until a reviewer was asked; then its reviewers and owners may."""
    ctx.require(Permission.SETTINGS_READ)
    me = member_id(ctx)
    async with ctx.transaction() as connection:
        review, content, course = await _locked(ctx, connection, review_id)
        if review.state is ReviewState.ENDED:
            return
        if not may_end(ctx, review, course, me):
            raise Forbidden(
                "review_end", "Once reviewers were asked, one of them or an owner ends the review; ask one of them."
            )
        await store.end_review(ctx, connection, review_id)
        await _audit(ctx, connection, "review.ended", review, content)


def may_end(ctx: Context, review: Review, course: Course, me: UUID) -> bool:
    """Return whether a member may give the review up: who is bound by it cannot loosen it."""
    if ctx.may(Permission.APPROVALS_MANAGE):
        return True
    begun = any(each.begun_at and each.kind is ReviewStepKind.REVIEW for each in course.steps)
    seated = any(me in (seat.user_id, seat.stand_in_id) for step in course.steps for seat in step.seats)
    return me != review.asked_by and seated if begun else me == review.asked_by


async def require_reviews(ctx: Context, *, required: bool) -> None:
    """Set whether content needs a review before it is launched; for owners, whom it does not bind alone."""
    ctx.require(Permission.APPROVALS_MANAGE)
    async with ctx.transaction() as connection:
        await store.set_required(ctx, connection, required=required)
        await ctx.audit(connection, "review.required", "workspace", ctx.workspace.id, required=required)


async def reopen(ctx: Context, review_id: UUID) -> None:
    """Ask for one more last look where a later version was saved than the one that passed. For the job."""
    async with ctx.transaction() as connection:
        review = await store.find_review(ctx, connection, review_id)
        content = await store.find_content(ctx, connection, review.kind, review.content_id, lock=True)
        review = await store.find_review(ctx, connection, review_id, lock=True)
        before = await store.load_course(ctx, connection, review)
        if rules.reopen(before, content.version) is not before:
            await _reopened(ctx, connection, review, content, before)


async def remind(ctx: Context, due: DueStep) -> None:
    """Tell who an open step waits for that it is due soon, or overdue, once each. For the job."""
    kind = NoticeKind.OVERDUE if due.overdue else NoticeKind.DUE_SOON
    on = due.due_at.astimezone(ctx.zone).date().isoformat()
    async with ctx.transaction() as connection:
        await store.mark_reminded(connection, ctx.workspace.id, due.step_id, 2 if due.overdue else 1)
        thing = Thing(ThingKind.REVIEW, due.id)
        await notify(ctx, connection, kind, to=due.people, thing=thing, title=due.title, once=str(due.step_id), on=on)


async def _locked(ctx: Context, connection: AsyncConnection, review_id: UUID) -> tuple[Review, Content, Course]:
    """The review as it stands with the newest version, opened again where a later one was saved than had passed."""
    review = await store.find_review(ctx, connection, review_id)
    content = await store.find_content(ctx, connection, review.kind, review.content_id, lock=True)
    review = await store.find_review(ctx, connection, review_id, lock=True)
    course = await store.load_course(ctx, connection, review)
    if rules.reopen(course, content.version) is not course:
        course = await _reopened(ctx, connection, review, content, course)
    return review, content, course


async def _reopened(
    ctx: Context, connection: AsyncConnection, review: Review, content: Content, before: Course
) -> Course:
    course = await _begin(ctx, connection, rules.reopen(before, content.version))
    await store.save_course(ctx, connection, review.id, course)
    people = {each.user_id for each in course.current.seats if each.user_id}
    to = people | ({review.asked_by} if review.asked_by else set())
    once = f"{review.id} {content.version}"
    await _notify(ctx, connection, NoticeKind.REVIEW_REOPENED, review, to, once=once, version=content.version)
    return await store.load_course(ctx, connection, replace(review, state=course.state, step=course.step))


async def _end_passed(ctx: Context, connection: AsyncConnection, present: Review, content: Content) -> None:
    if present.state is ReviewState.OPEN or present.passed_version != content.version:
        raise Conflict("review_open", "This content is under review already; open that one.", review=str(present.id))
    await store.end_review(ctx, connection, present.id)


async def _begin(ctx: Context, connection: AsyncConnection, course: Course) -> Course:
    """Make it the current step's turn, if it has not begun: from now on, by its working days."""
    step = course.current
    if step.begun_at is not None or course.state is not ReviewState.OPEN:
        return course
    week, _ = await load_weeks(ctx, connection)
    due = due_at(ctx.now, step.days, ctx.zone, working_days(ctx.today, week))
    begun = replace(step, begun_at=ctx.now, due_at=due)
    return replace(course, steps=(*course.steps[: course.step], begun, *course.steps[course.step + 1 :]))


def _may_ask(ctx: Context) -> None:
    ctx.require(Permission.SETTINGS_READ)  # guests are told of their campaigns' content alone
    ctx.require(Permission.CONTENT_WRITE)


def _check_turn(course: Course, step: int, kind: ReviewStepKind) -> None:
    if course.state is not ReviewState.OPEN or course.step != step or course.current.kind is not kind:
        raise Conflict("review_step_over", "This step is over already; look at where the review stands now.")


def _check_version(content: Content, version: int) -> None:
    if content.version != version:
        raise changed_meanwhile("content", content.version)


def _said(answer: ReviewAnswer, note: str, version: int) -> dict[str, Any]:
    note = note.strip()
    if answer is ReviewAnswer.CHANGES and not note:
        raise Invalid("review_note", "Say what is to change, so that the author knows what to do.", field="note")
    return {"answer": answer, "note": note, "version": version}


async def _tell_turn(ctx: Context, connection: AsyncConnection, review: Review, course: Course, version: int) -> None:
    step = course.current
    if course.state is not ReviewState.OPEN or step.kind is ReviewStepKind.DRAFT:
        return  # the author asked, or is told what the last step came to
    values: dict[str, Any] = {"note": review.note[:200]} if review.note and course.step < 2 else {}
    if step.due_at is not None:
        values["on"] = step.due_at.astimezone(ctx.zone).date().isoformat()
    to = {each.user_id for each in step.seats if each.user_id}
    once = f"{review.id} {step.position} {version}"
    await _notify(ctx, connection, NoticeKind.REVIEW_ASKED, review, to, once=once, **values)


async def _tell_author(ctx: Context, connection: AsyncConnection, review: Review, decision: str, note: str) -> None:
    if review.asked_by is not None:
        said = {"note": note[:200]} if note else {}
        await _notify(ctx, connection, NoticeKind.REVIEW_ANSWERED, review, {review.asked_by}, decision=decision, **said)


async def _notify(
    ctx: Context, connection: AsyncConnection, kind: NoticeKind, review: Review, to: set[UUID], **values: Any
) -> None:
    thing = Thing(ThingKind.REVIEW, review.id)
    await notify(ctx, connection, kind, to=to, thing=thing, title=review.title, **values)


async def _audit(
    ctx: Context, connection: AsyncConnection, action: str, review: Review, content: Content, **details: Any
) -> None:
    await ctx.audit(
        connection, action, review.kind.value, review.content_id, content.name, version=content.version, **details
    )
