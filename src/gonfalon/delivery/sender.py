"""The sender process: leases batches, renders and hands over, and writes down what happened.

Any number may run; each is fenced by its row in sender_leases. Killed at any instant, the next one goes on: only
messages between their final dot and its answer are in doubt, at most one an open connection.
"""

from __future__ import annotations

import asyncio
import contextlib
from uuid import UUID

from gonfalon.channels.email.provider import load_provider
from gonfalon.delivery.committer import Committer
from gonfalon.delivery.lane import CHANNEL, Lane
from gonfalon.delivery.ledger import Fenced, LeasedBatch, Ledger
from gonfalon.delivery.mailing import Mailing, load_mailing
from gonfalon.delivery.rules import LEASE_SECONDS
from gonfalon.kit.errors import GonfalonError, Unavailable
from gonfalon.kit.log import log
from gonfalon.kit.services import Services

_POLL_SECONDS = 0.25
_CLEAN_SECONDS = 1.0
_RECOVER_EVERY = 20
_DRAIN_SECONDS = 8.0
_REMEMBERED = 32


class Sender:
    """One sender. worker: a name that a restart keeps, so that it takes over from its earlier life at once."""

    def __init__(self, services: Services, worker: str) -> None:
        self._services = services
        self._worker = worker
        self._lanes: dict[int, Lane] = {}
        self._mailings: dict[UUID, Mailing] = {}
        self._hungry = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop` is set, then finish what connections have in hand (8 seconds at most) and leave."""
        while not stop.is_set():
            ledger = Ledger(self._services.db.url, self._worker)
            try:
                await ledger.enter()
                log.info("sender_started", worker=self._worker, lease=ledger.lease)
                await self._live(ledger, stop)
            except Fenced:
                log.warning("sender_fenced", worker=self._worker, lease=ledger.lease)
            finally:
                self._lanes.clear()
                self._mailings.clear()
                await ledger.close()

    async def _live(self, ledger: Ledger, stop: asyncio.Event) -> None:
        committer = Committer(ledger)
        commits = asyncio.create_task(committer.run(LEASE_SECONDS / 6))
        chores = [
            asyncio.create_task(self._feed(ledger, committer)),
            asyncio.create_task(self._clean(ledger)),
            asyncio.create_task(stop.wait()),
        ]
        try:
            done, _ = await asyncio.wait([commits, *chores], return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
            await self._drain(ledger, committer, commits)
        finally:
            for lane in self._lanes.values():
                lane.abandon()
            for task in (commits, *chores):
                task.cancel()
            await asyncio.gather(commits, *chores, return_exceptions=True)

    async def _drain(self, ledger: Ledger, committer: Committer, commits: asyncio.Task[None]) -> None:
        drains = asyncio.gather(*(lane.drain() for lane in self._lanes.values()))
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_DRAIN_SECONDS):
                await drains
                await committer.settled()
                await ledger.finish_dispatches()
                commits.cancel()
                await ledger.leave()

    async def _feed(self, ledger: Ledger, committer: Committer) -> None:
        """Keep the lanes supplied."""
        while True:
            self._hungry.clear()
            self._forget_lanes()
            full = [number for number, lane in self._lanes.items() if lane.full]
            known = [batch for lane in self._lanes.values() for batch in lane.batches]
            leased = await ledger.take(full, known)
            if leased is None:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(_POLL_SECONDS):
                        await self._hungry.wait()
                continue
            try:
                lane, mailing = await self._prepare(ledger, committer, leased)
            except Unavailable as problem:
                log.warning("batch_returned", dispatch=str(leased.dispatch_id), problem=problem.sentence)
                await ledger.release([leased.id], 5.0)
            except GonfalonError as problem:
                await ledger.hold_dispatch(leased.dispatch_id, problem.code, problem.sentence)
                await ledger.release([leased.id])
            else:
                await lane.take(leased, mailing, await ledger.load(leased))

    async def _prepare(self, ledger: Ledger, committer: Committer, leased: LeasedBatch) -> tuple[Lane, Mailing]:
        lane = self._lanes.get(leased.workspace_id)
        mailing = self._mailings.get(leased.dispatch_id)
        if lane is not None and mailing is not None:
            return lane, mailing
        async with self._services.db.reading() as connection:
            if lane is None:
                provider = await load_provider(connection, self._services, leased.workspace_id)
                lane = Lane(
                    self._services,
                    ledger,
                    committer,
                    workspace_id=leased.workspace_id,
                    provider=provider,
                    failures=await ledger.failures(leased.workspace_id, CHANNEL),
                    hungry=self._hungry.set,
                )
            mailing = await load_mailing(connection, self._services, lane.provider, leased.dispatch_id)
        self._lanes[leased.workspace_id] = lane
        if len(self._mailings) >= _REMEMBERED:
            self._mailings.pop(next(iter(self._mailings)))
        self._mailings[leased.dispatch_id] = mailing
        return lane, mailing

    def _forget_lanes(self) -> None:
        """The next lane of a workspace reads the provider anew: a changed password or key counts from then on."""
        for number in [number for number, lane in self._lanes.items() if lane.ended]:
            del self._lanes[number]
            self._mailings = {k: m for k, m in self._mailings.items() if m.workspace_id != number}

    async def _clean(self, ledger: Ledger) -> None:
        """Mark finished dispatches, look for senders that died."""
        beat = 0
        while True:
            await asyncio.sleep(_CLEAN_SECONDS)
            beat += 1
            await ledger.finish_dispatches()
            if beat % _RECOVER_EVERY == 0:
                await ledger.recover()
