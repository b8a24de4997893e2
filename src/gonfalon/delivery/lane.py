"""One workspace's way through a sender on a channel: its leased messages, its connections, its breaker."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from gonfalon.channels.contract import (
    Blame,
    ChannelUnavailable,
    Composition,
    Connection,
    Outcome,
    Provider,
    Verdict,
)
from gonfalon.delivery.committer import Committer
from gonfalon.delivery.inflight import LOW_WATER, Batch, InFlight, Job, StallWatch
from gonfalon.delivery.ledger import LeasedBatch, Ledger
from gonfalon.delivery.model import MessageState, Trouble
from gonfalon.delivery.rules import Breaker, Record, put_off, record_of, trouble_connecting
from gonfalon.kit.log import log
from gonfalon.kit.services import Services

T = TypeVar("T")

_REST_SECONDS = (1.0, 2.0, 5.0, 15.0, 30.0)
"""How long a connection that could not be made waits, the first time, the second …"""
_MOST_BROKEN = 3
"""New connections that may end over one message before it is put off, so that it holds up nobody."""
_ENDING_SECONDS = 5.0


class Lane(InFlight):
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
        channel: str,
        provider: Provider,
        failures: int,
        wants_more: Callable[[], None],
        watch: StallWatch,
    ) -> None:
        super().__init__(services, ledger, committer, channel, wants_more, watch)
        self.workspace_id = workspace_id
        self.provider = provider
        self._breaker = Breaker(failures)
        self._workers: set[asyncio.Task[None]] = set()
        self._connecting = 0
        self._open = 0
        self._tripped = False

    @property
    def full(self) -> bool:
        """Whether there is enough to do for now. A breaker that probes takes one batch."""
        if self.leaving:
            return True
        return len(self._jobs) >= (1 if self._breaker.probing else LOW_WATER)

    @property
    def leaving(self) -> bool:
        """It takes nothing more: what is at its connections is finished, and another lane may begin beside it."""
        return self._tripped or self._closing

    @property
    def ended(self) -> bool:
        """Nothing in hand and no connection open: the lane may be forgotten, and made anew with newer settings."""
        return not self._batches and not self._workers

    @property
    def stalled(self) -> bool:
        """It has work, waits for nobody outside, and nothing has happened for a minute: remake it."""
        return bool(self._jobs or self._in_flight) and self.watch.stalled

    async def take(self, leased: LeasedBatch, composition: Composition, rows: Sequence[Any]) -> None:
        """Take a batch in; its messages are handed over as connections come free."""
        batch = Batch(leased, composition, len(rows))
        if not rows:
            self._committer.finished(batch.id)
            return
        self._batches[batch.id] = batch
        if not self._jobs and not self._in_flight:
            self.watch.moved()
        self._jobs.extend(Job(row, batch) for row in rows)
        self._staff()
        async with self._arrived:
            self._arrived.notify_all()

    async def drain(self) -> None:
        """Stop taking messages; returns when those at connections have their outcome and all batches are back."""
        await self._stop_taking()
        await self.hold()
        if self._workers:
            await asyncio.gather(*self._workers, return_exceptions=True)
        await self._give_back(0.0)

    async def remake(self) -> None:
        """End everything that stands still, and give it back: a new lane takes it. What may be out is unknown."""
        await self._stop_taking()
        for worker in self._workers:
            worker.cancel()
        if self._workers:
            await asyncio.wait(self._workers, timeout=_ENDING_SECONDS)
        for job in list(self._in_flight):
            self._failed(job, "Sending stood still.")
        await self.hold()

    def abandon(self) -> None:
        """Drop everything at once: another sender has taken over."""
        self._closing = True
        for worker in self._workers:
            worker.cancel()

    # Connections

    def _staff(self) -> None:
        """As many connections as the provider allows and the messages need."""
        wished = 1 if self._breaker.probing else min(self.provider.connections, len(self._jobs))
        for _ in range(wished - len(self._workers)):
            worker = asyncio.get_running_loop().create_task(self._work())
            self._workers.add(worker)
            worker.add_done_callback(self._worker_ended)

    def _worker_ended(self, task: asyncio.Task[None]) -> None:
        self._workers.discard(task)
        if not task.cancelled() and (problem := task.exception()) is not None:
            log.error("sender_connection_failed", workspace=self.workspace_id, exc_info=problem)

    async def _work(self) -> None:
        """One connection after the other, until there is nothing left to send. Whatever ends one, the next is made."""
        rests = 0
        while (job := self._next()) is not None:
            try:
                fruitful = await self._connect(job)
            except Exception as problem:
                log.error("sender_connection_failed", workspace=self.workspace_id, exc_info=problem)
                fruitful = False
                for mine in [each for each in self._in_flight if each.holder is asyncio.current_task()]:
                    self._failed(mine, f"Gonfalon failed: {type(problem).__name__}")
                if self._breaker.unreachable():
                    await self._trip(Trouble.INTERNAL, type(problem).__name__)
            rests = 0 if fruitful else rests + 1
            if rests:
                await self._rest(_REST_SECONDS[min(rests, len(_REST_SECONDS)) - 1])
        await self._give_back(0.0)

    async def _rest(self, seconds: float) -> None:
        async with self._arrived:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._arrived.wait_for(lambda: self._closing)

    async def _connect(self, job: Job) -> bool:
        """One connection's life; False when it came to nothing, and the next had better wait."""
        self._connecting += 1
        try:
            connection = await self._asked(self.provider.connect())
        except ChannelUnavailable as problem:
            self._put_back(job)
            # A server that takes no more connections is no server that is down, while it keeps others of ours.
            crowded = self._open > 0 or (problem.code > 0 and self._connecting > 1)
            if (problem.permanent or not crowded) and self._breaker.unreachable(problem.permanent):
                await self._trip(trouble_connecting(problem), problem.detail)
            return False
        finally:
            self._connecting -= 1
        self._open += 1
        try:
            return await self._converse(connection, job)
        finally:
            self._open -= 1
            await connection.close()

    async def _asked(self, answer: Awaitable[T]) -> T:
        """Return what the server answers; while it has the word nothing of ours stands still."""
        self.watch.asking += 1
        try:
            return await answer
        finally:
            self.watch.asking -= 1
            self.watch.moved()

    def _offer(self, connection: Connection, job: Job) -> None:
        connection.offer(job.composed.envelope)

    async def _converse(self, connection: Connection, first: Job) -> bool:
        """Hand messages over until the connection ends or there are none; whether it took any, or might have."""
        job: Job | None = first
        fruitful = False
        self._offer(connection, first)
        while job is not None:
            refusal = await self._asked(connection.offered())
            if refusal is not None:
                fruitful |= await self._refused(connection, job, refusal, new=not fruitful)
                job = self._next() if connection.usable else None
                if job is not None:
                    self._offer(connection, job)
                continue
            permit = self._committer.intend(job.row.id)
            # Composed while the commit runs.
            following = self._next()
            if denial := await permit:
                connection.withdraw()
                if following is not None:
                    self._put_back(following)
                await self._denied(job, denial)
                return True
            job.handed = True
            outcome = await self._asked(
                connection.deliver(
                    job.composed.payload,
                    following.composed.envelope if following else None,
                )
            )
            fruitful |= outcome.verdict not in (Verdict.UNKNOWN, Verdict.NOT_SENT)
            await self._answered(connection, job, outcome, new=not fruitful)
            job = following
            if job is None and connection.usable:
                job = await self._wait()
                if job is not None:
                    self._offer(connection, job)
        return fruitful or connection.usable

    async def _answered(self, connection: Connection, job: Job, outcome: Outcome, *, new: bool) -> None:
        record = record_of(outcome, job.row.attempts)
        if record is None:
            self._committer.not_sent(job.row.id)
            if outcome.verdict is Verdict.THROTTLED:
                self._put_back(job)
            else:
                await self._unsent(connection, job, outcome, new=new)
        else:
            self._end(job, record)
        await self._judge(outcome, job)

    async def _refused(self, connection: Connection, job: Job, refusal: Outcome, *, new: bool) -> bool:
        """Return the message was refused before its body; whether by an answer about it."""
        record = record_of(refusal, job.row.attempts)
        if refusal.verdict is Verdict.THROTTLED:
            self._put_back(job, last=True)
            if job.batch.released:
                await self._give_back(0.0)
            return False
        if record is None:
            await self._unsent(connection, job, refusal, new=new)
            return False
        self._end(job, record)
        await self._judge(refusal, job)
        return True

    async def _unsent(self, connection: Connection, job: Job, outcome: Outcome, *, new: bool) -> None:
        """The connection ended before the message was handed over.

        One that took messages before has done its part: servers limit how many. A new one that ends speaks against
        the server, or against this message: others go first then, and after a few it is put off.
        """
        if not new and not connection.usable:
            self._put_back(job)
            return
        job.broke += 1
        if job.broke < _MOST_BROKEN:
            self._put_back(job, last=True)
        else:
            self._end(job, put_off(job.row.attempts, f"{outcome.code or ''} {outcome.detail}".strip()))
        if self._breaker.fruitless():
            await self._trip(Trouble.CONNECTION_LOST, outcome.detail)

    async def _denied(self, job: Job, denial: str) -> None:
        if denial == "held":
            self._put_back(job)
            await self.hold(job.batch.dispatch_id)
        elif denial == "gone":
            self._leave(job)
        else:
            self._end(job, Record(MessageState.WITHHELD, denial, ""))

    async def _judge(self, outcome: Outcome, job: Job) -> None:
        was_probing = self._breaker.probing
        if outcome.verdict is Verdict.ACCEPTED:
            self._breaker.outcome(outcome)
            if was_probing:
                await self._ledger.open_breaker(self.workspace_id, self.channel, 0.0, 0)
                self._staff()
        elif (
            outcome.verdict not in (Verdict.NOT_SENT, Verdict.THROTTLED)
            and outcome.blame is not Blame.RECIPIENT
            and self._breaker.outcome(outcome)
        ):
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
            self.workspace_id, self.channel, self._breaker.pause, self._breaker.failures, trouble, reason
        )
        await self._stop_taking()
        await self.hold()
