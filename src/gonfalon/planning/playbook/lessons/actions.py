"""The verbs of lessons."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.accounts.tables import members
from gonfalon.audiences.tables import audiences
from gonfalon.kit.errors import Invalid
from gonfalon.kit.ids import new_id
from gonfalon.planning.campaigns.access import see_campaign
from gonfalon.planning.campaigns.model import CampaignType
from gonfalon.planning.goals.model import GoalMetric
from gonfalon.planning.model import Category
from gonfalon.planning.playbook.lessons import rules, store
from gonfalon.planning.playbook.lessons.model import (
    Effect,
    EffectUnit,
    Evidence,
    EvidenceKind,
    LessonDraft,
    LessonState,
)
from gonfalon.planning.playbook.tables import lessons
from gonfalon.planning.store import check_reference, save_version
from gonfalon.planning.tables import touchpoints
from gonfalon.teamwork.actions import forget_thing, notify
from gonfalon.teamwork.model import NoticeKind, Thing, ThingKind


async def create_lesson(ctx: Context, lesson: LessonDraft) -> UUID:
    """A draft that only writers look at; returns its id. Without an owner, the member who writes it has it."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    values = _values(ctx, lesson)
    if lesson.owner_id is None and ctx.actor.kind == "member" and ctx.actor.id:
        values["owner_id"] = UUID(ctx.actor.id)
    lesson_id = new_id()
    async with ctx.transaction() as connection:
        await _check_references(ctx, connection, lesson)
        await connection.execute(
            insert(lessons).values(id=lesson_id, workspace_id=ctx.workspace.id, updated_by=ctx.actor.name, **values)
        )
        await ctx.audit(
            connection, "lesson.created", "lesson", lesson_id, values["title"], campaign_id=lesson.campaign_id
        )
    return lesson_id


async def save_lesson(ctx: Context, lesson_id: UUID, version: int, lesson: LessonDraft) -> None:
    """Saves the lesson as it was at `version`; a published one must stay what others can rely on."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        before = await store.find_lesson(ctx, connection, lesson_id)
        if before.state == LessonState.PUBLISHED.value:
            rules.check_published(lesson, ctx.today)
        values = _values(ctx, lesson)
        await _check_references(ctx, connection, lesson, before)
        await save_version(ctx, connection, lessons, lesson_id, version, values)
        await ctx.audit(
            connection, "lesson.changed", "lesson", lesson_id, values["title"], campaign_id=before.campaign_id
        )


async def move_lesson(ctx: Context, lesson_id: UUID, version: int, *, published: bool) -> None:
    """Shows a lesson to everybody, or takes it back; raises Invalid for one that nobody can rely on."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        before = await store.find_lesson(ctx, connection, lesson_id)
        if published:
            rules.check_published(_draft_of(before), ctx.today)
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
    """Deletes a lesson."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        before = await store.find_lesson(ctx, connection, lesson_id)
        await connection.execute(
            delete(lessons).where(lessons.c.id == lesson_id, lessons.c.workspace_id == ctx.workspace.id)
        )
        await forget_thing(ctx, connection, Thing(ThingKind.LESSON, lesson_id))
        await ctx.audit(connection, "lesson.deleted", "lesson", lesson_id, before.title, campaign_id=before.campaign_id)


async def remind_owner(ctx: Context, lesson_id: UUID, title: str, expires_on: date, owner_id: UUID) -> None:
    """Tells the owner once that a lesson is about to expire: to be looked at again, renewed or let go."""
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


def _draft_of(row: Any) -> LessonDraft:
    return LessonDraft(
        title=row.title,
        situation=row.situation,
        change=row.change,
        category=Category(row.category) if row.category else None,
        type=CampaignType(row.type) if row.type else None,
        channel=row.channel,
        audience_id=row.audience_id,
        campaign_id=row.campaign_id,
        effect=Effect(GoalMetric(row.metric), EffectUnit(row.unit), row.effect, row.low, row.high)
        if row.metric
        else None,
        evidence=Evidence(EvidenceKind(row.evidence_kind), row.evidence_id, row.evidence_url)
        if row.evidence_kind
        else None,
        expires_on=row.expires_on,
        owner_id=row.owner_id,
    )


async def _check_references(
    ctx: Context, connection: AsyncConnection, lesson: LessonDraft, before: Any | None = None
) -> None:
    # What was chosen earlier and is gone since may stay.
    if before is None or lesson.audience_id != before.audience_id:
        await check_reference(ctx, connection, audiences, lesson.audience_id, "audience")
    if lesson.campaign_id is not None and (before is None or lesson.campaign_id != before.campaign_id):
        await see_campaign(ctx, connection, lesson.campaign_id)
    if lesson.owner_id is not None and (before is None or lesson.owner_id != before.owner_id):
        found = await connection.execute(
            select(members.c.user_id).where(
                members.c.workspace_id == ctx.workspace.id, members.c.user_id == lesson.owner_id
            )
        )
        if found.first() is None:
            raise Invalid("owner_unknown", "The owner must be a member of this workspace; invite them first.")
    evidence = lesson.evidence
    if evidence is not None and evidence.id is not None and (before is None or evidence.id != before.evidence_id):
        if evidence.kind is EvidenceKind.TOUCHPOINT:
            await check_reference(ctx, connection, touchpoints, evidence.id, "touchpoint")
        else:
            await see_campaign(ctx, connection, evidence.id)
