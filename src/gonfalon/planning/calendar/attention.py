"""List collisions of a campaign's touchpoints with others that reach the same people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Role
from gonfalon.planning.calendar.collisions.cache import last_count
from gonfalon.planning.calendar.collisions.model import Collision, Touch, TouchpointNow
from gonfalon.planning.calendar.collisions.store import list_touchpoints_now
from gonfalon.planning.calendar.rules import local_day
from gonfalon.teamwork.attention import Attention

WORTH = 0.05
"""From this share of the smaller touchpoint's people on, a collision is worth somebody's time."""
_MOST = 3


async def of_collisions(ctx: Context, connection: AsyncConnection, campaign_ids: Sequence[UUID]) -> list[Attention]:
    """List the worst collisions of campaigns' touchpoints, as last counted.

    What has been moved, given other people or deleted since the count is left out. A guest, who sees a part of the
    plan only, is told of none.
    """
    if ctx.actor.role is Role.GUEST:
        return []
    count = await last_count(ctx, connection, campaign_ids)
    if count is None:
        return []
    sizes = count.counted.shared.sizes

    def worth(pair: Collision) -> bool:
        smaller = min(sizes.get(touch.people, 0) if touch.people else 0 for touch in (pair.one, pair.other))
        return pair.people >= WORTH * smaller

    asked = set(campaign_ids)
    pairs = [pair for pair in count.worst if {pair.one.campaign_id, pair.other.campaign_id} & asked and worth(pair)]
    if not pairs:
        return []
    now = await list_touchpoints_now(ctx, connection, {touch.id for pair in pairs for touch in (pair.one, pair.other)})

    def holds(touch: Touch) -> bool:
        return _unchanged(touch, now.get(touch.id), ctx.zone)

    still = [pair for pair in pairs if holds(pair.one) and holds(pair.other)]
    found: list[Attention] = []
    for campaign_id in campaign_ids:
        mine = [pair for pair in still if campaign_id in (pair.one.campaign_id, pair.other.campaign_id)]
        for pair in mine[:_MOST]:
            own = pair.one if pair.one.campaign_id == campaign_id else pair.other
            values: dict[str, Any] = {"name": now[pair.one.id].name, "other": now[pair.other.id].name}
            values |= {"people": pair.people, "days": pair.days}
            found.append(Attention(campaign_id, "collision", "look", "collision", own.id, values))
    return found


def _unchanged(touch: Touch, now: TouchpointNow | None, zone: ZoneInfo) -> bool:
    if now is None or (now.channel, now.audience_id) != (touch.channel, touch.audience_id):
        return False
    open_draft = now.launched_at is None and now.done_on is None
    if open_draft == touch.launched:
        return False
    return not open_draft or (now.send_at is not None and local_day(now.send_at, zone) == touch.day)
