"""Database calls of lessons."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, get_args
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Float,
    Integer,
    Select,
    Text,
    and_,
    case,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy import cast as as_type
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.access import seen_campaigns
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.accounts.tables import users
from gonfalon.accounts.versions import known
from gonfalon.audiences.tables import audiences
from gonfalon.kit.paging import PageRequest
from gonfalon.kit.rows import all_of, first_of
from gonfalon.metrics.model import Category
from gonfalon.planning.campaigns.model import Campaign, CampaignType
from gonfalon.planning.playbook.lessons.model import (
    Because,
    DueLesson,
    Lesson,
    LessonBeside,
    LessonMatch,
    LessonState,
    OpposedLesson,
)
from gonfalon.planning.playbook.search import closeness, holds_all
from gonfalon.planning.tables.briefs import brief_passages
from gonfalon.planning.tables.campaigns import campaigns
from gonfalon.planning.tables.playbook import lessons
from gonfalon.planning.tables.touchpoints import IN_USE, touchpoints
from gonfalon.teamwork.model import Seen

MOST_AGAINST = 3
_SPACE: ColumnElement[str] = literal_column("' '")
_TEXT = lessons.c.title.concat(_SPACE).concat(lessons.c.situation).concat(_SPACE).concat(lessons.c.change)


_PLAIN = (
    "id", "title", "situation", "change", "category", "type", "channel", "audience_id", "campaign_id", "owner_id",
    "expires_on", "version", "created_at", "updated_at", "updated_by",
)  # fmt: skip


def _select(ctx: Context) -> Select[Any]:
    c = lessons.c
    expired = and_(c.state == LessonState.PUBLISHED.value, c.expires_on <= literal(ctx.today))
    return (
        select(
            *(c[name] for name in _PLAIN),
            c.metric.label("effect_metric"),
            c.unit.label("effect_unit"),
            c.effect.label("effect_value"),
            c.low.label("effect_low"),
            c.high.label("effect_high"),
            c.evidence_kind,
            c.evidence_id,
            c.evidence_url,
            case((expired, LessonState.EXPIRED.value), else_=c.state).label("state"),
            audiences.c.name.label("audience_name"),
            campaigns.c.name.label("campaign_name"),
            users.c.name.label("owner_name"),
        )
        .outerjoin(audiences, audiences.c.id == c.audience_id)
        .outerjoin(campaigns, campaigns.c.id == c.campaign_id)
        .outerjoin(users, users.c.id == c.owner_id)
        .where(c.workspace_id == ctx.workspace.id, seen_campaigns(ctx, c.campaign_id))
    )


def _holds(ctx: Context) -> ColumnElement[bool]:
    """Return the condition that a lesson is published and has not expired."""
    return and_(lessons.c.state == LessonState.PUBLISHED.value, lessons.c.expires_on > literal(ctx.today))


async def find_lesson(ctx: Context, connection: AsyncConnection, lesson_id: UUID) -> LessonBeside:
    """Find a lesson with the names it needs; raises NotFound. A guest finds those of campaigns they have a part in."""
    return known(await first_of(connection, _select(ctx).where(lessons.c.id == lesson_id), LessonBeside), "lesson")


async def list_lessons(
    ctx: Context,
    connection: AsyncConnection,
    page: PageRequest,
    *,
    words: str,
    state: LessonState | None,
    category: Category | None,
    type: CampaignType | None,
    channel: str,
    campaign_id: UUID | None,
) -> list[LessonBeside]:
    """List the newest first, one more than the page holds."""
    query = _select(ctx)
    asked = holds_all(_TEXT, words)
    if asked is not None:
        query = query.where(asked)
    if state is LessonState.PUBLISHED:
        query = query.where(_holds(ctx))
    elif state is LessonState.EXPIRED:
        query = query.where(lessons.c.state == LessonState.PUBLISHED.value, lessons.c.expires_on <= literal(ctx.today))
    elif state is LessonState.DRAFT:
        query = query.where(lessons.c.state == state.value)
    wanted = {"category": category, "type": type, "channel": channel or None, "campaign_id": campaign_id}
    for name, value in wanted.items():
        if value is not None:
            query = query.where(lessons.c[name] == value)
    if page.after:
        query = query.where(lessons.c.id < page.after[0])
    return await all_of(connection, query.order_by(lessons.c.id.desc()).limit(page.fetch), LessonBeside)


async def list_contradictions(
    ctx: Context, connection: AsyncConnection, ids: Sequence[UUID]
) -> dict[UUID, list[OpposedLesson]]:
    """List, by lesson, those that hold for the same context and metric, point the other way, and whose range does not
    touch its own, the newest three. Without a range the effect is its own range.
    """
    if not ids:
        return {}
    one = lessons.alias("one")
    same = [
        one.c[name].is_not_distinct_from(lessons.c[name])
        for name in ("category", "type", "channel", "audience_id", "metric", "unit")
    ]
    low, high = func.coalesce(lessons.c.low, lessons.c.effect), func.coalesce(lessons.c.high, lessons.c.effect)
    its_low, its_high = func.coalesce(one.c.low, one.c.effect), func.coalesce(one.c.high, one.c.effect)
    query = (
        _select(ctx)
        .add_columns(
            one.c.id.label("beside_id"),
            func.row_number().over(partition_by=one.c.id, order_by=lessons.c.id.desc()).label("place"),
        )
        .join(one, and_(one.c.workspace_id == lessons.c.workspace_id, *same))
        .where(
            one.c.id.in_(ids),
            one.c.state == LessonState.PUBLISHED.value,
            one.c.expires_on > literal(ctx.today),
            _holds(ctx),
            lessons.c.metric.is_not(None),
            lessons.c.effect * one.c.effect < 0,
            or_(high < its_low, its_high < low),
        )
        .subquery("against")
    )
    newest = select(query).where(query.c.place <= MOST_AGAINST).order_by(query.c.id.desc())
    found: dict[UUID, list[OpposedLesson]] = {}
    for lesson in await all_of(connection, newest, OpposedLesson):
        found.setdefault(lesson.beside_id, []).append(lesson)
    return found


async def list_matching(
    ctx: Context, connection: AsyncConnection, campaign: Campaign, words: Sequence[str], limit: int
) -> list[LessonMatch]:
    """List lessons of other campaigns that hold and fit this one, the closest first, and why."""
    query = _matching(ctx, campaign, words).order_by(literal_column("score").desc(), lessons.c.id.desc()).limit(limit)
    return await all_of(connection, query, LessonMatch)


async def fitting_titles(
    ctx: Context, connection: AsyncConnection, wanted: Sequence[tuple[Campaign, Sequence[str]]], limit: int
) -> dict[UUID, list[str]]:
    """Return the titles of lessons that fit each of several campaigns with their words, the closest first."""
    parts = []
    for campaign, words in wanted:
        of = _matching(ctx, campaign, words).subquery()
        best = select(literal(campaign.id).label("wanted_by"), of.c.title, of.c.score, of.c.id)
        parts.append(select(best.order_by(of.c.score.desc(), of.c.id.desc()).limit(limit).subquery()))
    every = union_all(*parts).subquery()
    found: dict[UUID, list[str]] = {}
    for row in await connection.execute(select(every).order_by(every.c.score.desc(), every.c.id.desc())):
        found.setdefault(row.wanted_by, []).append(row.title)
    return found


def _matching(ctx: Context, campaign: Campaign, words: Sequence[str]) -> Select[Any]:
    """Return lessons of other campaigns that hold and fit this one, with their score.

    Shared audience counts 4, type 3, channel and words 2, category 1. Category alone fits too much to be shown, and
    so does type with a channel or audience that this campaign does not have.
    """
    c = lessons.c
    channels = select(touchpoints.c.channel).where(
        touchpoints.c.campaign_id == campaign.id, touchpoints.c.workspace_id == ctx.workspace.id, IN_USE
    )
    reached = (
        select(touchpoints.c.audience_id)
        .where(touchpoints.c.campaign_id == campaign.id, touchpoints.c.audience_id.is_not(None), IN_USE)
        .union(
            select(brief_passages.c.audience_id).where(
                brief_passages.c.campaign_id == campaign.id, brief_passages.c.audience_id.is_not(None)
            )
        )
    )
    by_words, rank = closeness(_TEXT, words)
    reasons: dict[str, tuple[ColumnElement[bool], int]] = {
        "audience": (and_(c.audience_id.is_not(None), c.audience_id.in_(reached)), 4),
        "type": (func.coalesce(c.type == campaign.type, false()), 3),
        "channel": (and_(c.channel.is_not(None), c.channel.in_(channels)), 2),
        "words": (by_words, 2),
        "category": (func.coalesce(c.category == campaign.category, false()), 1),
    }

    def points(reason: str) -> ColumnElement[float]:
        condition, weight = reasons[reason]
        return as_type(as_type(condition, Integer) * weight, Float)

    elsewhere = or_(
        and_(c.type.is_not(None), c.type != campaign.type),
        and_(c.category.is_not(None), c.category != campaign.category),
    )
    score = points("audience") + points("type") + points("channel") + points("words") + points("category") + rank
    because: array[Any] = array([case((reasons[name][0], name)) for name in get_args(Because)], type_=Text)
    fits = or_(reasons["audience"][0], reasons["type"][0], reasons["channel"][0], by_words)
    return (
        _select(ctx)
        .add_columns(score.label("score"), func.array_remove(because, None).label("because"))
        .where(
            _holds(ctx),
            fits,
            or_(~elsewhere, reasons["audience"][0], by_words),
            c.campaign_id.is_distinct_from(campaign.id),
        )
    )


async def list_due(connection: AsyncConnection, before: date) -> list[DueLesson]:
    """List published lessons of all workspaces that expire until a day and whose owner could be told.

    All workspaces: the daily job sorts them out. Reads ix_lessons_expiry.
    """
    c = lessons.c
    query = (
        select(c.id, c.workspace_id, c.title, c.expires_on, c.owner_id)
        .where(c.state == LessonState.PUBLISHED.value, c.expires_on <= before, c.owner_id.is_not(None))
        .order_by(c.workspace_id, c.id)
    )
    return await all_of(connection, query, DueLesson)


async def look_at_lesson(ctx: Context, connection: AsyncConnection, lesson_id: UUID) -> Seen:
    """Return a lesson as teamwork finds it: talked about, followed, told of before it expires."""
    ctx.require(Permission.CAMPAIGNS_READ)
    return Seen((await find_lesson(ctx, connection, lesson_id)).title)


async def list_expired(
    ctx: Context, connection: AsyncConnection, campaign_ids: Collection[UUID], most: int
) -> dict[UUID, list[Lesson]]:
    """List the last lessons learned in campaigns whose day is over, so many of each."""
    c = lessons.c
    expired = and_(c.state == LessonState.PUBLISHED.value, c.expires_on <= literal(ctx.today))
    newest = func.row_number().over(partition_by=c.campaign_id, order_by=(c.expires_on.desc(), c.id))
    ranked = _select(ctx).add_columns(newest.label("place")).where(c.campaign_id.in_(campaign_ids), expired).subquery()
    query = select(ranked).where(ranked.c.place <= most).order_by(ranked.c.place)
    found: dict[UUID, list[Lesson]] = {}
    for lesson in await all_of(connection, query, Lesson):
        if lesson.campaign is not None:
            found.setdefault(lesson.campaign.id, []).append(lesson)
    return found
