"""One workspace's way through a sender: its leased messages, its connections, its breaker."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from gonfalon.channels.contract import Blame, ChannelUnavailable, Connection, Outcome, Verdict
from gonfalon.channels.email.headers import UnsafeAddress
from gonfalon.channels.email.provider import Provider
from gonfalon.content.render import TemplateError
from gonfalon.delivery.committer import Committer
from gonfalon.delivery.ledger import Ended, LeasedBatch, Ledger
from gonfalon.delivery.mailing import Mailing
from gonfalon.delivery.model import MessageState, Trouble
from gonfalon.delivery.rules import Breaker, Record, record_of, trouble_connecting
from gonfalon.delivery.suppression import address_hash
from gonfalon.kit.log import log
from gonfalon.kit.services import Services

CHANNEL = "email"
_LOW_WATER = 250
"""Fewer messages than this in hand: time to lease more."""
_RECONNECT_SECONDS = 1.0


class Batch:
    """A leased batch in hand. `left`: messages without an outcome; `out`: those of them at a connection."""

    __slots__ = ("composed_at", "dispatch_id", "id", "left", "mailing", "out", "released", "returning")

    def __init__(self, leased: LeasedBatch, mailing: Mailing, size: int) -> None:
        self.id = leased.id
        self.dispatch_id: UUID = leased.dispatch_id
        self.composed_at: datetime = leased.composed_at
        self.mailing = mailing
        self.left = size
        self.out = 0
        self.released = False
        self.returning = False


@dataclass(slots=True)
class Job:
    """One message to hand over. row: of load_batch."""

    row: Any
    batch: Batch
    payload: Sequence[bytes] = ()


class Lane:
    """Takes batches in, keeps connections busy, tells the committer what happened.

    A batch goes back to the queue whole and only when none of its messages is at a connection: until an outcome is
    recorded, nobody else may take a message.
    """

    def __init__(
        self,
        services: Services,
        ledger: Ledger,
        committer: Committer,
        *,
        workspace_id: int,
        provider: Provider,
        failures: int,
        hungry: Callable[[], None],
    ) -> None:
        self.workspace_id = workspace_id
        self.provider = provider
        self._hungry = hungry
        self._secrets = services.secrets
        self._ledger = ledger
        self._committer = committer
        self._breaker = Breaker(failures)
        self._jobs: deque[Job] = deque()
        self._batches: dict[int, Batch] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._arrived = asyncio.Condition()
        self._closing = False
        self._tripped = False

    @property
    def batches(self) -> list[int]:
        """The leased batches in hand."""
        return list(self._batches)

    @property
    def full(self) -> bool:
        """Whether there is enough to do for now. A breaker that probes takes one batch."""
        if self._tripped or self._closing:
            return True
        return len(self._jobs) >= (1 if self._breaker.probing else _LOW_WATER)

    @property
    def ended(self) -> bool:
        """Nothing in hand and no connection open: the lane may be forgotten, and made anew with newer settings."""
        return not self._batches and not self._workers

    async def take(self, leased: LeasedBatch, mailing: Mailing, rows: Sequence[Any]) -> None:
        """Take a batch in; its messages are handed over as connections come free."""
        batch = Batch(leased, mailing, len(rows))
        if not rows:
            self._committer.finished(batch.id)
            return
        self._batches[batch.id] = batch
        self._jobs.extend(Job(row, batch) for row in rows)
        wished = 1 if self._breaker.probing else min(self.provider.connections, len(self._jobs))
        for _ in range(wished - len(self._workers)):
            worker = asyncio.get_running_loop().create_task(self._work())
            self._workers.add(worker)
            worker.add_done_callback(self._worker_ended)
        async with self._arrived:
            self._arrived.notify_all()

    async def hold(self, dispatch_id: UUID | None = None, delay: float = 0.0) -> None:
        """Give the batches of a dispatch (None: all) back as soon as no connection has any of their messages."""
        for batch in list(self._batches.values()):
            if dispatch_id is None or batch.dispatch_id == dispatch_id:
                batch.released = True
        self._jobs = deque(job for job in self._jobs if not job.batch.released)
        await self._give_back(delay)

    async def drain(self) -> None:
        """Stop taking messages; returns when those at connections have their outcome and all batches are back."""
        self._closing = True
        await self.hold()
        async with self._arrived:
            self._arrived.notify_all()
        if self._workers:
            await asyncio.gather(*self._workers, return_exceptions=True)
        await self._give_back(0.0)

    def abandon(self) -> None:
        """Drop everything at once: another sender has taken over."""
        self._closing = True
        for worker in self._workers:
            worker.cancel()

    def _worker_ended(self, task: asyncio.Task[None]) -> None:
        self._workers.discard(task)
        if not task.cancelled() and (problem := task.exception()) is not None:
            log.error("sender_connection_failed", workspace=self.workspace_id, exc_info=problem)

    # Jobs

    def _next(self) -> Job | None:
        """The next job, composed. What can't be composed is withheld here and now."""
        while self._jobs and not self._closing:
            job = self._jobs.popleft()
            if len(self._jobs) == _LOW_WATER:
                self._hungry()
            job.batch.out += 1
            try:
                job.payload = job.batch.mailing.mail(job.row, job.batch.composed_at)
            except UnsafeAddress:
                self._end(job, Record(MessageState.WITHHELD, "bad_address", ""))
            except TemplateError as problem:
                self._end(job, Record(MessageState.WITHHELD, "template_error", problem.sentence[:500]))
            else:
                return job
        return None

    async def _wait(self) -> Job | None:
        """The next job, waited for a moment; None when the connection may as well go."""
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
        suppress = address_hash(self._secrets, CHANNEL, job.row.address) if record.suppress else None
        self._committer.ended(Ended.of(job.row.id, record, suppress))
        self._leave(job)

    def _leave(self, job: Job) -> None:
        """The job needs nothing more."""
        job.payload = ()
        batch = job.batch
        batch.out -= 1
        batch.left -= 1
        if batch.left == 0 and self._batches.pop(batch.id, None) is not None:
            self._committer.finished(batch.id)

    def _put_back(self, job: Job) -> None:
        """The job was not handed over; it stays ours, first in line, unless its batch goes back."""
        job.batch.out -= 1
        job.payload = ()
        if not job.batch.released:
            self._jobs.appendleft(job)

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
        self._hungry()

    # Connections

    async def _work(self) -> None:
        """One connection's life: open it when there is something to send, keep it while there is."""
        job = self._next()
        while job is not None:
            try:
                connection = await self.provider.connect()
            except ChannelUnavailable as problem:
                self._put_back(job)
                await self._unreachable(problem)
                job = self._next()
                continue
            try:
                job = await self._converse(connection, job)
            finally:
                await connection.close()
        await self._give_back(0.0)

    async def _unreachable(self, problem: ChannelUnavailable) -> None:
        if self._breaker.unreachable(problem.permanent):
            await self._trip(trouble_connecting(problem), problem.detail)
        elif not self._closing:
            await asyncio.sleep(_RECONNECT_SECONDS)

    async def _converse(self, connection: Connection, job: Job | None) -> Job | None:
        """Hand messages over until the connection ends or there are none; returns a job that still needs one."""
        if job is not None:
            connection.offer(job.batch.mailing.envelope(self.provider, job.row.id, job.row.address))
        while job is not None:
            refusal = await connection.offered()
            if refusal is not None:
                job = await self._refused(connection, job, refusal)
                continue
            permit = self._committer.intend(job.row.id)
            # Composed while the commit runs.
            following = self._next()
            if denial := await permit:
                connection.withdraw()
                if following is not None:
                    self._put_back(following)
                return await self._denied(job, denial)
            outcome = await connection.deliver(
                job.payload,
                following.batch.mailing.envelope(self.provider, following.row.id, following.row.address)
                if following
                else None,
            )
            await self._answered(job, outcome)
            job = following
            if job is None:
                job = await self._wait()
                if job is not None:
                    connection.offer(job.batch.mailing.envelope(self.provider, job.row.id, job.row.address))
        return None

    async def _answered(self, job: Job, outcome: Outcome) -> None:
        record = record_of(outcome, job.row.attempts)
        if record is None:
            self._committer.not_sent(job.row.id)
            self._put_back(job)
        else:
            self._end(job, record)
        await self._judge(outcome, job)

    async def _refused(self, connection: Connection, job: Job, refusal: Outcome) -> Job | None:
        """The message was refused before its body. The connection may go on with another."""
        record = record_of(refusal, job.row.attempts)
        if record is not None:
            self._end(job, record)
            await self._judge(refusal, job)
        elif connection.usable or refusal.verdict is Verdict.NOT_SENT:
            self._put_back(job)
            if self._breaker.unreachable():
                await self._trip(Trouble.CONNECTION_LOST, refusal.detail)
        following = self._next()
        if following is not None and connection.usable:
            envelope = following.batch.mailing.envelope(self.provider, following.row.id, following.row.address)
            connection.offer(envelope)
            return following
        if following is not None:
            self._put_back(following)
        return None

    async def _denied(self, job: Job, denial: str) -> Job | None:
        if denial == "held":
            self._put_back(job)
            await self.hold(job.batch.dispatch_id)
        elif denial == "gone":
            self._leave(job)
        else:
            self._end(job, Record(MessageState.WITHHELD, denial, ""))
        return self._next()

    async def _judge(self, outcome: Outcome, job: Job) -> None:
        was_probing = self._breaker.probing
        if outcome.verdict is Verdict.ACCEPTED:
            self._breaker.outcome(outcome)
            if was_probing:
                await self._ledger.open_breaker(self.workspace_id, CHANNEL, 0.0, 0)
        elif outcome.blame is not Blame.RECIPIENT and self._breaker.outcome(outcome):
            trouble = Trouble.POLICY if outcome.blame is Blame.POLICY else Trouble.PROVIDER
            await self._trip(trouble, f"{outcome.code} {outcome.detail}".strip())
        if job.batch.released:
            await self._give_back(0.0)

    async def _trip(self, trouble: Trouble, reason: str) -> None:
        if self._tripped:
            return
        self._tripped = True
        log.warning("sending_stopped", workspace=self.workspace_id, reason=reason, seconds=self._breaker.pause)
        await self._ledger.open_breaker(
            self.workspace_id, CHANNEL, self._breaker.pause, self._breaker.failures, trouble, reason
        )
        self._closing = True
        await self.hold()
