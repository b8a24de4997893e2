"""Keep the last count of every workspace, so that no page waits for one.

Held in the process that owns the analytics copy. A count is repeated when the copy has moved on, though not more often
than is reasonable for what it takes; until the new one is there, the last one is shown with its time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context, system_context
from gonfalon.kit.clock import utcnow
from gonfalon.kit.engine import Engine
from gonfalon.kit.errors import Unavailable
from gonfalon.kit.log import log
from gonfalon.planning.calendar.collisions.counting import count_people
from gonfalon.planning.calendar.collisions.model import Collision, Counted, Planned
from gonfalon.planning.calendar.collisions.rules import Board
from gonfalon.planning.calendar.collisions.store import load_planned

PATIENCE = 20
"""A count may be so many times as old as it took to make before it is made again."""
SHORTEST, LONGEST = timedelta(seconds=2), timedelta(seconds=60)
MOST_PAIRS = 1_000
"""Pairs kept for whoever asks without wanting to count."""
WAIT_SECONDS = 1.8
"""How long an answer waits for a count that is nearly there."""
FIRST_SECONDS = 1.0
"""How long a page that is about something else waits for the first count of all."""
FRESH = timedelta(minutes=10)
"""For such a page, a younger count is good whatever has changed."""


@dataclass(frozen=True)
class CachedCount:
    """A count with what it was made of (the question, and the copy's position), and the worst pairs it found."""

    counted: Counted
    question: object
    position: str
    took: timedelta
    worst: list[Collision]


@dataclass
class CountCache:
    """The last counts by workspace, and those that are being made."""

    counts: dict[int, CachedCount] = field(default_factory=dict)
    running: dict[int, asyncio.Task[CachedCount]] = field(default_factory=dict)


def cache_of(ctx: Context) -> CountCache:
    """Return the process's one cache."""
    cache = ctx.services.find(CountCache)
    if cache is None:
        cache = CountCache()
        ctx.services.put(CountCache, cache)
    return cache


async def current_count(ctx: Context) -> tuple[Planned, Counted | None, bool]:
    """Return what is planned, the last count of it (None: the first is being made), and whether a newer one is made.

    Covers the whole workspace, whatever the caller may see. Raises Unavailable when there is nothing to show and no
    copy to ask.
    """
    everything = system_context(ctx.services, ctx.workspace)
    cache, workspace = cache_of(ctx), ctx.workspace.id
    async with everything.reading() as connection:
        planned = await load_planned(everything, connection)
    count = cache.counts.get(workspace)
    if count is not None and _still_good(ctx, count, planned):
        return planned, count.counted, False
    task = _running(everything, planned, cache)
    done, _ = await asyncio.wait([task], timeout=WAIT_SECONDS)
    if done:
        if task.exception() is None:
            made = task.result()
            return planned, made.counted, made.question != _question(planned)
        if count is None:
            raise task.exception() or RuntimeError
    return planned, None if count is None else count.counted, True


async def last_count(ctx: Context, connection: AsyncConnection, campaign_ids: Collection[UUID]) -> CachedCount | None:
    """Return the last count, for pages of campaigns; None when there is none yet, or nothing of theirs can collide.

    An old count is made again while the old one is shown. Only the first one, after a start, is waited for a moment.
    """
    everything = system_context(ctx.services, ctx.workspace)
    cache = cache_of(ctx)
    count = cache.counts.get(ctx.workspace.id)
    if count is not None and utcnow() - count.counted.at < FRESH:
        return count
    planned = await load_planned(everything, connection)
    dated = [touch for touch in planned.touches if touch.people is not None and touch.day is not None]
    if len(dated) < 2 or all(touch.campaign_id not in campaign_ids for touch in dated):
        return None
    if count is None or not _still_good(ctx, count, planned):
        task = _running(everything, planned, cache)
        if count is None:
            await asyncio.wait([task], timeout=FIRST_SECONDS)
    return cache.counts.get(ctx.workspace.id)


def _running(ctx: Context, planned: Planned, cache: CountCache) -> asyncio.Task[CachedCount]:
    """Return the count that is being made, or else begin a new one."""
    task = cache.running.get(ctx.workspace.id)
    if task is None or task.done():
        task = asyncio.create_task(_count(ctx, planned, cache))
        task.add_done_callback(_log_failure)
        cache.running[ctx.workspace.id] = task
    return task


def _log_failure(task: asyncio.Task[CachedCount]) -> None:
    """Log failures of background counts. A missing copy is not logged here: the calendar reports it."""
    error = None if task.cancelled() else task.exception()
    if error is not None and not isinstance(error, Unavailable):
        log.warning("collisions_not_counted", error=repr(error))


async def _count(ctx: Context, planned: Planned, cache: CountCache) -> CachedCount:
    began = utcnow()
    position = _position(ctx)
    counted = await count_people(ctx, planned)
    board = Board(planned.touches, counted.shared, planned.settings)
    worst, _ = await asyncio.to_thread(board.collisions, MOST_PAIRS)
    made = CachedCount(counted, _question(planned), position, utcnow() - began, worst)
    cache.counts[ctx.workspace.id] = made
    return made


def _still_good(ctx: Context, count: CachedCount, planned: Planned) -> bool:
    if count.question != _question(planned):
        return False
    age = utcnow() - count.counted.at
    return count.position == _position(ctx) or age < min(max(SHORTEST, PATIENCE * count.took), LONGEST)


def _position(ctx: Context) -> str:
    engine = ctx.services.find(Engine)
    return "" if engine is None else engine.status().snapshot


def _question(planned: Planned) -> object:
    """Return what a count depends on beside the people themselves: names and priorities don't matter."""
    return (
        tuple((touch.id, touch.people, touch.at, touch.channel) for touch in planned.touches),
        tuple(sorted((str(id), repr(rule)) for id, rule in planned.rules.items())),
        planned.limit,
    )
