"""Group commit of a sender: what was answered and what is sent next become durable together."""

from __future__ import annotations

import asyncio
from enum import Enum

from gonfalon.delivery.ledger import Ended, Fenced, Ledger


class Permit(Enum):
    """The ledger's answer to an intent."""

    GRANTED = "granted"
    """The intent is committed: the message may be handed over."""
    REFUSED = "refused"
    """The message is done with: withheld with a reason, or no longer waiting."""
    HELD = "held"
    """Not now: its dispatch is paused. It stays in the queue."""


class Committer:
    """Collects outcomes and intents of all connections and writes them, one commit at a time.

    While a commit runs the next group gathers, so the groups grow with the load. `failed` is set to Fenced when
    another sender has taken over: from then on no permit is granted.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._ended: list[Ended] = []
        self._wanted: dict[int, asyncio.Future[Permit]] = {}
        self._open: set[int] = set()
        self._finished: list[int] = []
        self._settling: list[asyncio.Future[None]] = []
        self._wake = asyncio.Event()

    @property
    def in_doubt(self) -> int:
        """Messages whose intent is recorded and whose outcome is not."""
        return len(self._open)

    def ended(self, outcome: Ended) -> None:
        """Write this outcome with the next commit."""
        self._open.discard(outcome.message_id)
        self._ended.append(outcome)
        self._wake.set()

    def not_sent(self, message_id: int) -> None:
        """A message whose intent was recorded was certainly not handed over."""
        self._open.discard(message_id)
        self._wake.set()

    def finished(self, batch: int) -> None:
        """Every message of the batch has its outcome in an earlier call."""
        self._finished.append(batch)
        self._wake.set()

    async def settled(self) -> None:
        """Returns when everything told until now is durable."""
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._settling.append(waiter)
        self._wake.set()
        await waiter

    async def intend(self, message_id: int) -> Permit:
        """Ask to hand the message over; returns when the answer is durable."""
        waiter: asyncio.Future[Permit] = asyncio.get_running_loop().create_future()
        self._wanted[message_id] = waiter
        self._wake.set()
        return await waiter

    async def run(self, beat: float) -> None:
        """Commit groups for ever; at least every `beat` seconds, to renew the lease. Raises Fenced."""
        while True:
            try:
                async with asyncio.timeout(beat):
                    await self._wake.wait()
            except TimeoutError:
                pass
            await self.commit()

    async def commit(self) -> None:
        """Write what has gathered. Raises Fenced, after refusing everybody who waits."""
        self._wake.clear()
        ended, self._ended = self._ended, []
        wanted, self._wanted = self._wanted, {}
        finished, self._finished = self._finished, []
        settling, self._settling = self._settling, []
        try:
            answer = await self._ledger.tick(ended, wanted.keys(), self._open, finished)
        except Fenced:
            for waiter in wanted.values():
                if not waiter.done():
                    waiter.set_result(Permit.HELD)
            raise
        for settled in settling:
            if not settled.done():
                settled.set_result(None)
        for message_id, waiter in wanted.items():
            if message_id in answer.allowed:
                self._open.add(message_id)
                permit = Permit.GRANTED
            else:
                permit = Permit.HELD if message_id in answer.held else Permit.REFUSED
            if not waiter.done():
                waiter.set_result(permit)
            elif permit is Permit.GRANTED:
                self.not_sent(message_id)
