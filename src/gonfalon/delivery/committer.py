"""Group commit of a sender: what was answered and what is sent next become durable together."""

from __future__ import annotations

import asyncio
import contextlib

from gonfalon.delivery.ledger import Ended, Fenced, Ledger

_GATHER_SECONDS = 0.001
"""How long a group may wait to grow."""


class Committer:
    """Collects outcomes and intents of all connections and writes them, one commit at a time.

    While a commit runs the next group gathers. A commit costs the same for one message as for ten, so it waits a
    moment until as many messages wait for it as are out with the servers. One connection alone never waits.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._ended: list[Ended] = []
        self._wanted: dict[int, asyncio.Future[str]] = {}
        self._open: set[int] = set()
        self._finished: list[int] = []
        self._settling: list[asyncio.Future[None]] = []
        self._wake = asyncio.Event()
        self._enough = asyncio.Event()

    @property
    def in_doubt(self) -> int:
        """Messages whose intent is recorded and whose outcome is not."""
        return len(self._open)

    def ended(self, outcome: Ended) -> None:
        """Write this outcome with the next commit."""
        self._open.discard(outcome.id)
        self._ended.append(outcome)
        self._gathered()

    def not_sent(self, message_id: int) -> None:
        """Note that a message whose intent was recorded was certainly not handed over."""
        self._open.discard(message_id)
        self._gathered()

    def finished(self, batch: int) -> None:
        """Note that every message of the batch has its outcome in an earlier call."""
        self._finished.append(batch)
        self._wake.set()

    async def settled(self) -> None:
        """Return when everything told until now is durable."""
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._settling.append(waiter)
        self._gathered()
        await waiter

    def intend(self, message_id: int) -> asyncio.Future[str]:
        """Ask to hand the message over. The answer is durable: "" for yes, else why not.

        "gone": it no longer waits. "held": its dispatch is paused, it stays in the queue. Anything else: the reason
        to withhold it with, which the caller has to tell as the outcome.
        """
        waiter: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._wanted[message_id] = waiter
        self._gathered()
        return waiter

    async def run(self, beat: float) -> None:
        """Commit groups for ever; at least every `beat` seconds, to renew the lease. Raises Fenced."""
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(beat):
                    await self._wake.wait()
                    await self._gather()
            await self.commit()

    def _gathered(self) -> None:
        self._wake.set()
        if self._complete:
            self._enough.set()

    @property
    def _complete(self) -> bool:
        """Whether the group need not grow: somebody waits for all of it, or it is half of all that is under way."""
        return bool(self._settling) or len(self._wanted) >= len(self._open)

    async def _gather(self) -> None:
        if not self._complete:
            self._enough.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_GATHER_SECONDS):
                    await self._enough.wait()

    async def commit(self) -> None:
        """Write what has gathered. Raises Fenced, after refusing everybody who waits."""
        self._wake.clear()
        ended, self._ended = self._ended, []
        wanted, self._wanted = self._wanted, {}
        finished, self._finished = self._finished, []
        settling, self._settling = self._settling, []
        try:
            refused = await self._ledger.tick(ended, wanted.keys(), self._open, finished)
        except Fenced:
            for waiter in wanted.values():
                if not waiter.done():
                    waiter.set_result("held")
            raise
        for settled in settling:
            if not settled.done():
                settled.set_result(None)
        self._open.update(wanted.keys() - refused.keys())
        for message_id, waiter in wanted.items():
            refusal = refused.get(message_id, "")
            if not waiter.done():
                waiter.set_result(refusal)
            elif not refusal:
                self.not_sent(message_id)
