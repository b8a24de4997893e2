"""Group commit: many small writes wait for one transaction, and each learns when it is durable."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Generic, TypeVar

from gonfalon.kit.errors import Unavailable
from gonfalon.kit.log import log
from gonfalon.kit.tending import keep_running

T = TypeVar("T")
R = TypeVar("R")


class GroupCommit(Generic[T, R]):
    """Collects items while the previous batch is being committed, then commits them together.

    No timer: an item that comes alone is written at once; under load batches grow to what arrives during one
    commit. `write` gets a batch and returns one result per item; if it raises, every waiting item fails with
    that error, and the next batch starts afresh. At most `waiting` items wait; more are refused (Unavailable).
    """

    def __init__(self, write: Callable[[Sequence[T]], Awaitable[Sequence[R]]], *, batch: int, waiting: int) -> None:
        self._write = write
        self._batch = batch
        self._waiting = waiting
        self._pending: list[tuple[T, asyncio.Future[R]]] = []
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._closing = False

    async def put(self, item: T) -> R:
        """Return when the item's batch is committed, with the item's result."""
        if self._closing or len(self._pending) >= self._waiting:
            raise Unavailable("busy", "Too much is arriving at once; send it again in a moment.")
        future: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._pending.append((item, future))
        self._wake.set()
        return await future

    async def __aenter__(self) -> GroupCommit[T, R]:
        self._task = asyncio.create_task(
            keep_running("group commit", self._run, stopped=lambda: self._closing and not self._pending)
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        """Writes what still waits, then ends."""
        self._closing = True
        self._wake.set()
        if self._task is not None:
            with suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        while True:
            if not self._pending:
                if self._closing:
                    return
                self._wake.clear()
                await self._wake.wait()
                continue
            taken, self._pending = self._pending[: self._batch], self._pending[self._batch :]
            try:
                results = await self._write([item for item, _ in taken])
                if len(results) != len(taken):
                    raise RuntimeError("a write answered for other items than it was given")
            except Exception as error:
                log.warning("group_commit_failed", items=len(taken), error=str(error))
                for _, future in taken:
                    if not future.done():
                        future.set_exception(error)
                continue
            for (_, future), result in zip(taken, results, strict=True):
                if not future.done():
                    future.set_result(result)
