"""Write down, publish and delete lessons, and remind owners of those about to expire."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.members.store import check_members
from gonfalon.accounts.model import Permission
from gonfalon.accounts.versions import check_reference, delete_row, insert_row, save_version
from gonfalon.audiences.tables import audiences
from gonfalon.planning.campaigns.store import see_campaign
from gonfalon.planning.playbook.lessons import rules, store
from gonfalon.planning.playbook.lessons.model import EvidenceKind, Lesson, LessonDraft, LessonState
from gonfalon.planning.tables.playbook import lessons
from gonfalon.planning.tables.touchpoints import touchpoints
from gonfalon.teamwork.actions import forget_thing, notify
from gonfalon.teamwork.model import NoticeKind, Thing, ThingKind


async def create_lesson(ctx: Context, lesson: LessonDraft) -> UUID:
    """Create a draft that only writers look at; return its id. Without an owner, the member who writes it has it."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    values = _values(ctx, lesson)
    if lesson.owner_id is None and ctx.actor.kind == "member" and ctx.actor.id:
        values["owner_id"] = UUID(ctx.actor.id)
    async with ctx.transaction() as connection:
        await _check_references(ctx, connection, lesson)
        lesson_id = await insert_row(ctx, connection, lessons, **values)
        await ctx.audit(
            connection, "lesson.created", "lesson", lesson_id, values["title"], campaign_id=lesson.campaign_id
        )
    return lesson_id


async def save_lesson(ctx: Context, lesson_id: UUID, version: int, lesson: LessonDraft) -> None:
    """Save the lesson as it was at `version`; a published one must stay what others can rely on."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        before = await store.find_lesson(ctx, connection, lesson_id)
        if before.state is not LessonState.DRAFT:
            rules.check_published(lesson, ctx.today)
        values = _values(ctx, lesson)
        await _check_references(ctx, connection, lesson, before)
        await save_version(ctx, connection, lessons, lesson_id, version, values)
        await ctx.audit(
            connection, "lesson.changed", "lesson", lesson_id, values["title"], campaign_id=before.campaign_id
        )


async def move_lesson(ctx: Context, lesson_id: UUID, version: int, *, published: bool) -> None:
    """Publish a lesson, or make it a draft again; raises Invalid for one that nobody can rely on."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        before = await store.find_lesson(ctx, connection, lesson_id)
        if published:
            rules.check_published(before, ctx.today)
        state = LessonState.PUBLISHED if published else LessonState.DRAFT
        await save_version(ctx, connection, lessons, lesson_id, version, {"state": state.value})
        await ctx.audit(
            connection,
            "lesson.published" if published else "lesson.withdrawn",
            "lesson",
            lesson_id,
            before.title,
            campaign_id=before.campaign_id,
        )


async def delete_lesson(ctx: Context, lesson_id: UUID) -> None:
    """Delete a lesson."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        before = await store.find_lesson(ctx, connection, lesson_id)
        await delete_row(ctx, connection, lessons, lesson_id)
        await forget_thing(ctx, connection, Thing(ThingKind.LESSON, lesson_id))
        await ctx.audit(connection, "lesson.deleted", "lesson", lesson_id, before.title, campaign_id=before.campaign_id)


async def remind_owner(ctx: Context, lesson_id: UUID, title: str, expires_on: date, owner_id: UUID) -> None:
    """Tell the owner once that a lesson is about to expire: to be looked at again, renewed or let go."""
    async with ctx.transaction() as connection:
        await notify(
            ctx, connection, NoticeKind.LESSON_DUE, to=[owner_id], thing=Thing(ThingKind.LESSON, lesson_id),
            title=title, once=expires_on.isoformat(), on=expires_on.isoformat(),
        )  # fmt: skip


def _values(ctx: Context, lesson: LessonDraft) -> dict[str, Any]:
    expires_on = rules.check_lesson(lesson, ctx.today)
    effect, evidence = lesson.effect, lesson.evidence
    return {
        "title": lesson.title.strip(),
        "situation": lesson.situation,
        "change": lesson.change,
        "category": lesson.category and lesson.category.value,
        "type": lesson.type and lesson.type.value,
        "channel": lesson.channel,
        "audience_id": lesson.audience_id,
        "campaign_id": lesson.campaign_id,
        "metric": effect and effect.metric.value,
        "unit": effect and effect.unit.value,
        "effect": effect and effect.value,
        "low": effect and effect.low,
        "high": effect and effect.high,
        "evidence_kind": evidence and evidence.kind.value,
        "evidence_id": evidence and evidence.id,
        "evidence_url": evidence.url.strip() if evidence else "",
        "expires_on": expires_on,
        "owner_id": lesson.owner_id,
    }


async def _check_references(
    ctx: Context, connection: AsyncConnection, lesson: LessonDraft, before: Lesson | None = None
) -> None:
    # What was chosen earlier and is gone since may stay.
    if before is None or lesson.audience_id != before.audience_id:
        await check_reference(ctx, connection, audiences, lesson.audience_id, "audience")
    if lesson.campaign_id is not None and (before is None or lesson.campaign_id != before.campaign_id):
        await see_campaign(ctx, connection, lesson.campaign_id)
    if before is None or lesson.owner_id != before.owner_id:
        await check_members(ctx, connection, [lesson.owner_id])
    evidence = lesson.evidence
    if evidence is not None and evidence.id is not None and (before is None or evidence != before.evidence):
        if evidence.kind is EvidenceKind.TOUCHPOINT:
            await check_reference(ctx, connection, touchpoints, evidence.id, "touchpoint")
        else:
            await see_campaign(ctx, connection, evidence.id)
