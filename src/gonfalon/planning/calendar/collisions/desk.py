"""The last count of every workspace, so that no page waits for one.

Kept in the process that owns the analytics copy. A count is repeated when the copy has moved on, though not more often
than is reasonable for what it takes; until the new one is there, the last one is shown with its time.
"""

from __future__ import annotations

import asyncio
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
MOST_KEPT = 1_000
"""Pairs kept for whoever asks without wanting to count."""
WAIT_SECONDS = 1.8
"""How long an answer waits for a count that is nearly there."""
FIRST_SECONDS = 1.0
"""How long a page that is about something else waits for the first count of all."""
FRESH = timedelta(minutes=10)
"""For such a page, a younger count is good whatever has changed."""


@dataclass(frozen=True)
class Kept:
    """A count with what it was made of (the question, and the copy's position), and the worst pairs it found."""

    counted: Counted
    question: object
    position: str
    took: timedelta
    worst: list[Collision]


@dataclass
class Desk:
    """Counts by workspace, and those that are being made."""

    kept: dict[int, Kept] = field(default_factory=dict)
    making: dict[int, asyncio.Task[Kept]] = field(default_factory=dict)


def desk_of(ctx: Context) -> Desk:
    """The process's one desk."""
    desk = ctx.services.find(Desk)
    if desk is None:
        desk = Desk()
        ctx.services.put(Desk, desk)
    return desk


async def look(ctx: Context) -> tuple[Planned, Counted | None, bool]:
    """What is planned, the last count of it (None: the first is being made), and whether a newer one is being made.

    Of the whole workspace, whoever asks. Raises Unavailable when there is nothing to show and no copy to ask.
    """
    everything = system_context(ctx.services, ctx.workspace)
    desk, workspace = desk_of(ctx), ctx.workspace.id
    async with everything.reading() as connection:
        planned = await load_planned(everything, connection)
    kept = desk.kept.get(workspace)
    if kept is not None and _still_good(ctx, kept, planned):
        return planned, kept.counted, False
    task = _begun(everything, planned, desk)
    done, _ = await asyncio.wait([task], timeout=WAIT_SECONDS)
    if done:
        if task.exception() is None:
            made = task.result()
            return planned, made.counted, made.question != _question(planned)
        if kept is None:
            raise task.exception() or RuntimeError
    return planned, None if kept is None else kept.counted, True


async def last_count(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> Kept | None:
    """The last count, for the page of a campaign; None when there is none yet, or nothing of it can collide.

    An old count is made again while the old one is shown. Only the first one, after a start, is waited for a moment.
    """
    everything = system_context(ctx.services, ctx.workspace)
    desk = desk_of(ctx)
    kept = desk.kept.get(ctx.workspace.id)
    if kept is not None and utcnow() - kept.counted.at < FRESH:
        return kept
    planned = await load_planned(everything, connection)
    dated = [touch for touch in planned.touches if touch.people is not None and touch.day is not None]
    if len(dated) < 2 or all(touch.campaign_id != campaign_id for touch in dated):
        return None
    if kept is None or not _still_good(ctx, kept, planned):
        task = _begun(everything, planned, desk)
        if kept is None:
            await asyncio.wait([task], timeout=FIRST_SECONDS)
    return desk.kept.get(ctx.workspace.id)


def _begun(ctx: Context, planned: Planned, desk: Desk) -> asyncio.Task[Kept]:
    """The count that is being made, or else a new one."""
    task = desk.making.get(ctx.workspace.id)
    if task is None or task.done():
        task = asyncio.create_task(_make(ctx, planned, desk))
        task.add_done_callback(_noted)
        desk.making[ctx.workspace.id] = task
    return task


def _noted(task: asyncio.Task[Kept]) -> None:
    """Faults that nobody may be waiting for any more. That there is no copy to ask is told by the calendar."""
    error = None if task.cancelled() else task.exception()
    if error is not None and not isinstance(error, Unavailable):
        log.warning("collisions_not_counted", error=repr(error))


async def _make(ctx: Context, planned: Planned, desk: Desk) -> Kept:
    began = utcnow()
    position = _position(ctx)
    counted = await count_people(ctx, planned)
    board = Board(planned.touches, counted.shared, planned.settings)
    worst, _ = await asyncio.to_thread(board.collisions, MOST_KEPT)
    made = Kept(counted, _question(planned), position, utcnow() - began, worst)
    desk.kept[ctx.workspace.id] = made
    return made


def _still_good(ctx: Context, kept: Kept, planned: Planned) -> bool:
    if kept.question != _question(planned):
        return False
    age = utcnow() - kept.counted.at
    return kept.position == _position(ctx) or age < min(max(SHORTEST, PATIENCE * kept.took), LONGEST)


def _position(ctx: Context) -> str:
    engine = ctx.services.find(Engine)
    return "" if engine is None else engine.status().snapshot


def _question(planned: Planned) -> object:
    """What a count depends on beside the people themselves: names and priorities don't matter."""
    return (
        tuple((touch.id, touch.people, touch.at, touch.channel) for touch in planned.touches),
        tuple(sorted((str(id), repr(rule)) for id, rule in planned.rules.items())),
        planned.limit,
    )
