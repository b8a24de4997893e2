"""Read which lessons fit a campaign, and which contradict each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.planning.briefs.rules import telling_words
from gonfalon.planning.briefs.store import list_passages, texts_of
from gonfalon.planning.campaigns.model import Campaign
from gonfalon.planning.campaigns.store import find_campaign
from gonfalon.planning.playbook.lessons.model import LessonBeside, LessonMatch
from gonfalon.planning.playbook.lessons.store import fitting_titles, list_contradictions, list_matching

L = TypeVar("L", bound=LessonBeside)


async def list_fitting(ctx: Context, connection: AsyncConnection, campaign_id: UUID, limit: int) -> list[LessonMatch]:
    """List lessons of other campaigns that fit this one's context, name and brief, the closest first.

    Raises NotFound.
    """
    campaign = await find_campaign(ctx, connection, campaign_id)
    brief = " ".join(row.text for row in await list_passages(ctx, connection, campaign_id))
    return await list_matching(ctx, connection, campaign, telling_words(f"{campaign.name} {brief}"), limit)


async def list_fitting_of(
    ctx: Context, connection: AsyncConnection, campaigns: Sequence[Campaign], limit: int
) -> dict[UUID, list[str]]:
    """Return the titles of lessons that fit each of the campaigns, at most so many, the closest first."""
    briefs = await texts_of(ctx, connection, [each.id for each in campaigns])
    wanted = [(each, telling_words(f"{each.name} {briefs.get(each.id, '')}")) for each in campaigns]
    return await fitting_titles(ctx, connection, wanted, limit)


async def with_contradictions(ctx: Context, connection: AsyncConnection, lessons: Sequence[L]) -> list[L]:
    """Return the lessons, each with those that contradict it."""
    against = await list_contradictions(ctx, connection, [lesson.id for lesson in lessons])
    return [replace(lesson, contradicts=tuple(against.get(lesson.id, ()))) for lesson in lessons]
