"""Threads for work that would hold up the event loop: pools of their own, so that one sort never waits for another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from gonfalon.kit.errors import Unavailable

P = ParamSpec("P")
T = TypeVar("T")


class Pool:
    """Up to `threads` for one sort of work; who waits longer than `seconds` is told so."""

    def __init__(self, name: str, *, threads: int, seconds: float) -> None:
        self._executor = ThreadPoolExecutor(threads, name)
        self._seconds = seconds

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what the function returns or raises; Unavailable (`too_slow`) when it takes too long."""
        work = asyncio.get_running_loop().run_in_executor(self._executor, lambda: function(*args, **kwargs))
        try:
            return await asyncio.wait_for(asyncio.shield(work), self._seconds)
        except TimeoutError as error:
            work.add_done_callback(lambda done: done.cancelled() or done.exception())
            raise Unavailable("too_slow", "This takes too long just now; wait a moment and try again.") from error
