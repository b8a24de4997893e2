"""List open problems of the lessons around a campaign."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.planning.campaigns.model import Stage
from gonfalon.planning.campaigns.store import list_staged
from gonfalon.planning.playbook.lessons import store
from gonfalon.planning.playbook.lessons.reading import list_fitting_of
from gonfalon.teamwork.attention import Attention

_MOST = 3
_FITTING = 10


async def of_lessons(ctx: Context, connection: AsyncConnection, campaign_ids: Sequence[UUID]) -> list[Attention]:
    """List lessons learned there whose day is over, and those of others that fit while a campaign is being planned."""
    expired = await store.list_expired(ctx, connection, campaign_ids, _MOST)
    planning = await list_staged(ctx, connection, campaign_ids, Stage.PLAN)
    fitting = await list_fitting_of(ctx, connection, planning, _FITTING) if planning else {}
    found: list[Attention] = []
    for campaign_id in campaign_ids:
        for row in expired.get(campaign_id, ()):
            values: dict[str, Any] = {"name": row.title, "since_on": row.expires_on.isoformat()}
            found.append(Attention(campaign_id, "lesson.expired", "look", "lesson", row.id, values))
        if lessons := fitting.get(campaign_id):
            values = {"count": len(lessons), "name": lessons[0]}
            found.append(Attention(campaign_id, "lesson.applies", "look", "lessons", campaign_id, values))
    return found
