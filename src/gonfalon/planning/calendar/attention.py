"""What of the people whom a campaign's touchpoints share with others wants attention."""

from __future__ import annotations

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Role
from gonfalon.planning.attention.model import Attention
from gonfalon.planning.calendar.collisions.desk import last_count
from gonfalon.planning.calendar.collisions.model import Collision, Touch
from gonfalon.planning.calendar.rules import local_day
from gonfalon.planning.tables import touchpoints

WORTH = 0.05
"""From this share of the smaller touchpoint's people on, a collision is worth somebody's time."""
_MOST = 3


async def of_collisions(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[Attention]:
    """The worst collisions of the campaign's touchpoints, as last counted.

    What has been moved, given other people or deleted since the count is left out. A guest, who sees a part of the
    plan only, is told of none.
    """
    if ctx.actor.role is Role.GUEST:
        return []
    kept = await last_count(ctx, connection, campaign_id)
    if kept is None:
        return []
    sizes = kept.counted.shared.sizes

    def worth(pair: Collision) -> bool:
        smaller = min(sizes.get(touch.people, 0) if touch.people else 0 for touch in (pair.one, pair.other))
        return pair.people >= WORTH * smaller

    mine = [
        pair for pair in kept.worst if campaign_id in (pair.one.campaign_id, pair.other.campaign_id) and worth(pair)
    ]
    if not mine:
        return []
    now = await _as_they_are(ctx, connection, {touch.id for pair in mine for touch in (pair.one, pair.other)})
    zone = ctx.zone

    def holds(touch: Touch) -> bool:
        return _unchanged(touch, now.get(touch.id), zone)

    still = [pair for pair in mine if holds(pair.one) and holds(pair.other)]
    return [
        Attention(
            "collision",
            "look",
            "collision",
            (pair.one if pair.one.campaign_id == campaign_id else pair.other).id,
            {"name": now[pair.one.id].name, "other": now[pair.other.id].name, "people": pair.people, "days": pair.days},
        )
        for pair in still[:_MOST]
    ]


async def _as_they_are(ctx: Context, connection: AsyncConnection, ids: set[UUID]) -> dict[UUID, Row[Any]]:
    t = touchpoints.c
    query: Select[Any] = select(t.id, t.name, t.channel, t.audience_id, t.send_at, t.launched_at, t.done_on).where(
        t.id.in_(ids), t.workspace_id == ctx.workspace.id
    )
    return {row.id: row for row in await connection.execute(query)}


def _unchanged(touch: Touch, row: Row[Any] | None, zone: ZoneInfo) -> bool:
    if row is None or (row.channel, row.audience_id) != (touch.channel, touch.audience_id):
        return False
    open_draft = row.launched_at is None and row.done_on is None
    if open_draft == touch.launched:
        return False
    return not open_draft or (row.send_at is not None and local_day(row.send_at, zone) == touch.day)
