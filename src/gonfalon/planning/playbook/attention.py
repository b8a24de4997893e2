"""What of the lessons around a campaign wants attention."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.planning.attention.model import Attention
from gonfalon.planning.playbook.lessons.model import LessonState
from gonfalon.planning.playbook.lessons.reading import list_fitting
from gonfalon.planning.playbook.tables import lessons
from gonfalon.planning.tables import campaigns

_MOST = 3
_FITTING = 10


async def of_lessons(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[Attention]:
    """Lessons learned here whose day is over, and, while the campaign is being planned, those of others that fit it."""
    expired = await connection.execute(
        select(lessons.c.id, lessons.c.title, lessons.c.expires_on)
        .where(
            lessons.c.workspace_id == ctx.workspace.id,
            lessons.c.campaign_id == campaign_id,
            lessons.c.state == LessonState.PUBLISHED.value,
            lessons.c.expires_on <= literal(ctx.today),
        )
        .order_by(lessons.c.expires_on.desc(), lessons.c.id)
        .limit(_MOST)
    )
    found = [
        Attention(
            "lesson.expired", "look", "lesson", row.id, {"name": row.title, "since_on": row.expires_on.isoformat()}
        )
        for row in expired
    ]
    stage = await connection.execute(
        select(campaigns.c.stage).where(campaigns.c.id == campaign_id, campaigns.c.workspace_id == ctx.workspace.id)
    )
    if stage.scalar_one() != "plan":
        return found
    fitting = await list_fitting(ctx, connection, campaign_id, _FITTING)
    if fitting:
        values = {"count": len(fitting), "name": fitting[0].title}
        found.append(Attention("lesson.applies", "look", "lessons", campaign_id, values))
    return found
