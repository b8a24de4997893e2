"""Work in the background that goes on until it is told to stop.

A library's loop may return after a fault instead of raising, raise what nobody foresaw, or cancel itself. Whatever it
does, it begins again, a little later each time, and the log says so: no part of a process ends in silence.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from time import monotonic

from gonfalon.kit.log import log, seldom

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 15.0
RESTARTS: Counter[str] = Counter()
"""How often each kind of work of this process has begun again."""


async def keep_running(name: str, work: Callable[[], Awaitable[None]], *, stopped: Callable[[], bool] = bool) -> None:
    """Run `work`, and again whenever it ends, until the task is cancelled or `stopped()` is true when it ends."""
    pause = FIRST_PAUSE
    task = asyncio.current_task()
    assert task is not None
    while True:
        began = monotonic()
        problem = "it returned"
        try:
            await work()
        except asyncio.CancelledError:
            if task.cancelling():
                raise
            problem = "it cancelled itself"
        except Exception as error:
            problem = f"{type(error).__name__}: {error}"
        if stopped():
            return
        RESTARTS[name] += 1
        pause = FIRST_PAUSE if monotonic() - began > LONGEST_PAUSE else min(2 * pause, LONGEST_PAUSE)
        if seldom("work_begins_again", name, problem) is not None:
            log.warning("work_begins_again", work=name, times=RESTARTS[name], within=pause, problem=problem[:500])
        await asyncio.sleep(pause)


@asynccontextmanager
async def tended(**works: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
    """Keep each named work running beside the block, and ends them with it."""
    tasks = [asyncio.create_task(keep_running(name, work), name=name) for name, work in works.items()]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task
