"""List open problems of the lessons around a campaign."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.planning.campaigns.model import Stage
from gonfalon.planning.campaigns.store import stage_of
from gonfalon.planning.playbook.lessons import store
from gonfalon.planning.playbook.lessons.reading import list_fitting
from gonfalon.teamwork.attention import Attention

_MOST = 3
_FITTING = 10


async def of_lessons(ctx: Context, connection: AsyncConnection, campaign_ids: Sequence[UUID]) -> list[Attention]:
    """List lessons learned there whose day is over, and those of others that fit while a campaign is being planned."""
    found: list[Attention] = []
    for campaign_id in campaign_ids:
        found += await _of_one(ctx, connection, campaign_id)
    return found


async def _of_one(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[Attention]:
    expired = await store.list_expired(ctx, connection, campaign_id, _MOST)
    found = [
        Attention(
            campaign_id,
            "lesson.expired",
            "look",
            "lesson",
            row.id,
            {"name": row.title, "since_on": row.expires_on.isoformat()},
        )
        for row in expired
    ]
    if await stage_of(ctx, connection, campaign_id) is not Stage.PLAN:
        return found
    fitting = await list_fitting(ctx, connection, campaign_id, _FITTING)
    if fitting:
        values = {"count": len(fitting), "name": fitting[0].title}
        found.append(Attention(campaign_id, "lesson.applies", "look", "lessons", campaign_id, values))
    return found
