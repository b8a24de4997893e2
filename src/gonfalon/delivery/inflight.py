"""What a lane has in hand: leased batches, their messages, and when something last moved."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from gonfalon.channels.contract import BadAddress, Composition, Message
from gonfalon.content.render import TemplateError
from gonfalon.delivery.committer import Committer
from gonfalon.delivery.ledger import Ended, LeasedBatch, Ledger
from gonfalon.delivery.model import MessageState
from gonfalon.delivery.rules import Record, put_off
from gonfalon.delivery.suppression import address_hash
from gonfalon.kit.log import log
from gonfalon.kit.services import Services

LOW_WATER = 250
"""Fewer messages than this in hand: time to lease more."""
STALL_SECONDS = 60.0
"""Work, connections that wait for nobody, and no outcome for so long: something of ours is stuck."""
ANSWER_SECONDS = 720.0
"""The same while a server has the word: it may take ten minutes (RFC 5321 §4.5.3.2)."""


class Batch:
    """A leased batch in hand. `left`: messages without an outcome; `out`: those of them at a connection."""

    __slots__ = ("composed_at", "composition", "dispatch_id", "id", "left", "out", "released", "returning")

    def __init__(self, leased: LeasedBatch, composition: Composition, size: int) -> None:
        self.id = leased.id
        self.dispatch_id: UUID = leased.dispatch_id
        self.composed_at: datetime = leased.composed_at
        self.composition = composition
        self.left = size
        self.out = 0
        self.released = False
        self.returning = False


@dataclass(slots=True, eq=False)
class Job:
    """One message to hand over. row: of load_batch.

    holder: the connection that has it. handed: its final dot may be out. broke: new connections that ended over it.
    """

    row: Any
    batch: Batch
    message: Message | None = None
    holder: asyncio.Task[Any] | None = None
    handed: bool = False
    broke: int = 0

    @property
    def composed(self) -> Message:
        """What is handed over; `_next` gives no job without it."""
        assert self.message is not None
        return self.message


class StallWatch:
    """Says when a lane stands still although it has work and nobody outside has the word."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._moved = clock()
        self.asking = 0
        """Connections that wait for a server's word; the server's time limit bounds that."""

    def moved(self) -> None:
        """Note that something happened: an outcome, an answer, new work."""
        self._moved = self._clock()

    @property
    def stalled(self) -> bool:
        """Whether nothing has happened for longer than anything we wait for may take."""
        return self._clock() - self._moved > (ANSWER_SECONDS if self.asking else STALL_SECONDS)


class InFlight:
    """The leased batches and their messages: which wait, which a connection has, and how each ends."""

    def __init__(
        self,
        services: Services,
        ledger: Ledger,
        committer: Committer,
        channel: str,
        wants_more: Callable[[], None],
        watch: StallWatch,
    ) -> None:
        self.channel = channel
        self.watch = watch
        self.progressed: set[UUID] = set()
        """Dispatches that a message got its outcome in; whoever writes that down empties it."""
        self._wants_more = wants_more
        self._secrets = services.secrets
        self._ledger = ledger
        self._committer = committer
        self._jobs: deque[Job] = deque()
        self._batches: dict[int, Batch] = {}
        self._in_flight: set[Job] = set()
        self._arrived = asyncio.Condition()
        self._closing = False

    @property
    def batches(self) -> list[int]:
        """The leased batches in hand."""
        return list(self._batches)

    async def hold(self, dispatch_id: UUID | None = None, delay: float = 0.0) -> None:
        """Give the batches of a dispatch (None: all) back as soon as no connection has any of their messages."""
        for batch in list(self._batches.values()):
            if dispatch_id is None or batch.dispatch_id == dispatch_id:
                batch.released = True
        self._jobs = deque(job for job in self._jobs if not job.batch.released)
        await self._give_back(delay)

    async def _stop_taking(self) -> None:
        self._closing = True
        async with self._arrived:
            self._arrived.notify_all()

    def _next(self) -> Job | None:
        """Return the next job, composed. What can't be composed is withheld here and now."""
        while self._jobs and not self._closing:
            job = self._jobs.popleft()
            if len(self._jobs) == LOW_WATER:
                self._wants_more()
            job.batch.out += 1
            job.holder = asyncio.current_task()
            self._in_flight.add(job)
            try:
                job.message = job.batch.composition.message(job.row, job.batch.composed_at)
            except BadAddress:
                self._end(job, Record(MessageState.WITHHELD, "bad_address", ""))
            except TemplateError as problem:
                self._end(job, Record(MessageState.WITHHELD, "template_error", problem.sentence[:500]))
            except Exception as problem:  # whatever it is, it is this message's trouble alone
                log.error("compose_failed", dispatch=str(job.batch.dispatch_id), message=job.row.id, exc_info=problem)
                self._end(job, Record(MessageState.WITHHELD, "template_error", f"{type(problem).__name__}"))
            else:
                return job
        return None

    async def _wait(self) -> Job | None:
        """Return the next job, waited for a moment; None when the connection may as well go."""
        job = self._next()
        if job is not None or self._closing:
            return job
        async with self._arrived:
            try:
                async with asyncio.timeout(2.0):
                    await self._arrived.wait_for(lambda: bool(self._jobs) or self._closing)
            except TimeoutError:
                return None
        return self._next()

    def _end(self, job: Job, record: Record) -> None:
        suppress = address_hash(self._secrets, self.channel, job.row.address) if record.suppress else None
        self._committer.ended(Ended.of(job.row.id, record, suppress))
        self.watch.moved()
        self.progressed.add(job.batch.dispatch_id)
        self._leave(job)

    def _leave(self, job: Job) -> None:
        """The job needs nothing more."""
        self._let_go(job)
        batch = job.batch
        batch.left -= 1
        if batch.left == 0 and self._batches.pop(batch.id, None) is not None:
            self._committer.finished(batch.id)

    def _put_back(self, job: Job, *, last: bool = False) -> None:
        """The job was not handed over; it stays ours, first in line or last, unless its batch goes back."""
        self._let_go(job)
        if not job.batch.released:
            (self._jobs.append if last else self._jobs.appendleft)(job)

    def _let_go(self, job: Job) -> None:
        self._in_flight.discard(job)
        job.batch.out -= 1
        job.message, job.holder, job.handed = None, None, False

    def _failed(self, job: Job, why: str) -> None:
        """Something of ours went wrong with the job in hand: it is in doubt, or tried again later, a few times."""
        if job.handed:
            self._end(job, Record(MessageState.UNKNOWN, "connection_lost", why))
        else:
            self._end(job, put_off(job.row.attempts, why))

    async def _give_back(self, delay: float) -> None:
        ready = [b for b in self._batches.values() if b.released and b.out == 0 and not b.returning]
        if not ready:
            return
        for batch in ready:
            batch.returning = True
        # The outcomes of their messages must be in the ledger before others may take the rest.
        await self._committer.settled()
        await self._ledger.release([batch.id for batch in ready], delay)
        for batch in ready:
            self._batches.pop(batch.id, None)
        self._wants_more()
