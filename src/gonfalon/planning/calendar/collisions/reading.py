"""Read what the page of collisions shows: the last count, seen by somebody who may not see every campaign."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import date

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission, Role
from gonfalon.planning.calendar.collisions import rules
from gonfalon.planning.calendar.collisions.cache import current_count
from gonfalon.planning.calendar.collisions.model import Counted, PeopleSet, Planned, Shared, Touch
from gonfalon.planning.calendar.collisions.schemas import (
    CollisionsOut,
    OverLimit,
    OverTouchpoint,
    OverWeek,
    UnknownTouchpoint,
)
from gonfalon.planning.calendar.collisions.store import list_seen_campaigns

MOST_SHOWN = 200


async def read_collisions(ctx: Context) -> CollisionsOut:
    """Read collisions between touchpoints of campaigns that the actor may see."""
    ctx.require(Permission.CAMPAIGNS_READ)
    planned, counted, computing = await current_count(ctx)
    touches = await seen_touches(ctx, planned.touches)
    today = ctx.today
    sets = {touch.people for touch in touches if touch.people is not None}
    answer = CollisionsOut(
        computing=computing or counted is None,
        at=counted.at if counted else None,
        sets=len(sets),
        days=planned.settings.days,
        collisions=[],
        total=0,
        over=_over(ctx, planned, counted, touches),
        unknown=_unknown(touches, counted.shared.broken if counted else frozenset()),
        left_out=planned.left_out,
    )
    if counted is not None:
        # In a thread: with a thousand touchpoints it is a hundred thousand pairs.
        await asyncio.to_thread(_fill, answer, planned, counted.shared, touches, today)
    return answer


def _fill(answer: CollisionsOut, planned: Planned, shared: Shared, touches: list[Touch], today: date) -> None:
    board = rules.Board(touches, shared, planned.settings)
    found, answer.total = board.collisions(MOST_SHOWN)
    sizes = {touch.id: shared.sizes.get(touch.people) if touch.people else None for touch in touches}
    answer.collisions = [CollisionsOut.pair(pair, sizes) for pair in rules.with_fixes(board, found, today)]


async def seen_touches(ctx: Context, touches: list[Touch]) -> list[Touch]:
    """Return those of the touchpoints that are of campaigns the actor may see."""
    if ctx.actor.role is not Role.GUEST:
        return touches
    async with ctx.reading() as connection:
        mine = await list_seen_campaigns(ctx, connection)
    return [touch for touch in touches if touch.campaign_id in mine]


def _over(ctx: Context, planned: Planned, counted: Counted | None, touches: list[Touch]) -> OverLimit | None:
    """Return people above the limit; a guest, who sees a part of the plan only, learns nothing of the rest by it."""
    if planned.limit is None or ctx.actor.role is Role.GUEST:
        return None
    over = counted.over if counted else None
    return OverLimit(
        messages=planned.limit.messages,
        days=planned.limit.days,
        people=over.people if over else None,
        weeks=[OverWeek(week=week, people=people) for week, people in sorted((over.weeks if over else {}).items())],
        touchpoints=[
            OverTouchpoint(id=touch.id, people=over.touches[touch.id])
            for touch in touches
            if over and touch.id in over.touches
        ],
    )


def _unknown(touches: Iterable[Touch], broken: frozenset[PeopleSet]) -> list[UnknownTouchpoint]:
    return [
        UnknownTouchpoint(
            id=touch.id,
            name=touch.name,
            campaign_id=touch.campaign_id,
            day=touch.day,
            reason="no_audience" if touch.people is None else "audience_broken",
        )
        for touch in touches
        if touch.day is not None and not touch.launched and (touch.people is None or touch.people in broken)
    ]
