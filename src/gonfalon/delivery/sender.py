"""The sender process: leases batches, renders and hands over, and writes down what happened.

Any number may run; each is fenced by its row in sender_leases. Killed at any instant, the next one goes on: only
messages between their final dot and its answer are in doubt, at most one an open connection.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from uuid import UUID

import psycopg
from sqlalchemy.exc import SQLAlchemyError

from gonfalon.channels.contract import Composition
from gonfalon.channels.offers import channel_of
from gonfalon.delivery.committer import Committer
from gonfalon.delivery.epoch.actions import Keeper
from gonfalon.delivery.inflight import STALL_SECONDS, StallWatch
from gonfalon.delivery.lane import Lane
from gonfalon.delivery.ledger import Fenced, LeasedBatch, Ledger, Way
from gonfalon.delivery.rules import LEASE_SECONDS
from gonfalon.delivery.store import load_order
from gonfalon.kit.errors import GonfalonError, Unavailable
from gonfalon.kit.log import log
from gonfalon.kit.services import Services

_POLL_SECONDS = 0.25
_CLEAN_SECONDS = 1.0
_RECOVER_EVERY = 20
_DRAIN_SECONDS = 8.0
_WATCH_SECONDS = 2.0
_KEEP_SECONDS = 1.0
_REMEMBERED = 32
_PASSING = frozenset({"database_away", "disk_full"})
MOST_TRIES = 6
"""Leases of a batch that ended with the sender's death and without an outcome, before a person is asked."""


class Sender:
    """One sender. worker: a name that a restart keeps, so that it takes over from its earlier life at once."""

    def __init__(self, services: Services, worker: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._services = services
        self._worker = worker
        self._clock = clock
        self._keeper = Keeper(services, worker)
        self._lanes: dict[Way, Lane] = {}
        self._leaving: list[Lane] = []
        self._compositions: dict[UUID, tuple[Way, Composition]] = {}
        self._wants_more = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop` is set, then finish what connections have in hand (8 seconds at most) and leave."""
        while not stop.is_set():
            ledger = Ledger(self._services.db.url, self._worker)
            try:
                await self._keeper.admit()
                await ledger.enter()
                await self._keeper.began(ledger.mark)
                log.info("sender_started", worker=self._worker, lease=ledger.lease)
                await self._live(ledger, stop)
            except Fenced:
                log.warning("sender_fenced", worker=self._worker, lease=ledger.lease)
            finally:
                await self._keeper.keep(ledger.ticks)
                self._lanes.clear()
                self._leaving.clear()
                self._compositions.clear()
                await ledger.close()

    async def _live(self, ledger: Ledger, stop: asyncio.Event) -> None:
        committer = Committer(ledger)
        commits = asyncio.create_task(committer.run(LEASE_SECONDS / 6))
        chores = [
            asyncio.create_task(self._feed(ledger, committer)),
            asyncio.create_task(self._clean(ledger)),
            asyncio.create_task(self._watch(ledger)),
            asyncio.create_task(self._remember(ledger)),
            asyncio.create_task(stop.wait()),
        ]
        try:
            done, _ = await asyncio.wait([commits, *chores], return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
            await self._drain(ledger, committer, commits)
        finally:
            for lane in self._all_lanes:
                lane.abandon()
            for task in (commits, *chores):
                task.cancel()
            await asyncio.gather(commits, *chores, return_exceptions=True)

    async def _drain(self, ledger: Ledger, committer: Committer, commits: asyncio.Task[None]) -> None:
        drains = asyncio.gather(*(lane.drain() for lane in self._all_lanes))
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
            self._wants_more.clear()
            self._forget_lanes()
            full = [way for way, lane in self._lanes.items() if lane.full]
            known = [batch for lane in self._all_lanes for batch in lane.batches]
            leased = await ledger.take(full, known)
            if leased is None:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(_POLL_SECONDS):
                        await self._wants_more.wait()
                continue
            await self._begin(ledger, committer, leased)

    async def _begin(self, ledger: Ledger, committer: Committer, leased: LeasedBatch) -> None:
        """Make a batch ready to leave. What goes wrong with it holds its dispatch, and nothing else."""
        if leased.tries > MOST_TRIES:
            await self._hold(ledger, leased, "senders_died", f"{leased.tries - 1} senders ended with these messages.")
            return
        try:
            lane, composition = await self._prepare(ledger, committer, leased)
        except (SQLAlchemyError, psycopg.Error, Unavailable) as problem:
            if isinstance(problem, Unavailable) and problem.code not in _PASSING:
                await self._hold(ledger, leased, problem.code, problem.sentence)
                return
            log.warning("batch_returned", dispatch=str(leased.dispatch_id), problem=str(problem))
            await ledger.release([leased.id], 5.0)
        except GonfalonError as problem:
            await self._hold(ledger, leased, problem.code, problem.sentence)
        except Fenced:
            raise
        except Exception as problem:  # whatever it is, other dispatches and workspaces go on
            log.error("prepare_failed", dispatch=str(leased.dispatch_id), exc_info=problem)
            await self._hold(ledger, leased, "cannot_prepare", f"{type(problem).__name__}: {problem}"[:500])
        else:
            await lane.take(leased, composition, await ledger.load(leased))

    async def _hold(self, ledger: Ledger, leased: LeasedBatch, reason: str, detail: str) -> None:
        await ledger.hold_dispatch(leased.dispatch_id, reason, detail)
        await ledger.release([leased.id])

    async def _prepare(self, ledger: Ledger, committer: Committer, leased: LeasedBatch) -> tuple[Lane, Composition]:
        way = (leased.workspace_id, leased.channel)
        lane = self._lanes.get(way)
        known = self._compositions.get(leased.dispatch_id)
        if lane is not None and known is not None:
            return lane, known[1]
        channel = channel_of(self._services, leased.channel)
        async with self._services.db.reading() as connection:
            if lane is None:
                provider = await channel.provider(connection, self._services, leased.workspace_id)
                lane = Lane(
                    self._services,
                    ledger,
                    committer,
                    workspace_id=leased.workspace_id,
                    channel=channel.name,
                    provider=provider,
                    failures=await ledger.failures(*way),
                    wants_more=self._wants_more.set,
                    watch=StallWatch(self._clock),
                )
            order = await load_order(connection, leased.dispatch_id)
            composition = await channel.compose(connection, self._services, lane.provider, order)
        self._lanes[way] = lane
        if len(self._compositions) >= _REMEMBERED:
            self._compositions.pop(next(iter(self._compositions)))
        self._compositions[leased.dispatch_id] = (way, composition)
        return lane, composition

    @property
    def _all_lanes(self) -> list[Lane]:
        return [*self._lanes.values(), *self._leaving]

    def _forget_lanes(self) -> None:
        """Forget lanes that ended: the next one reads the provider anew, so that a changed password or key counts.

        One that leaves finishes what it has beside its successor: a server that keeps it waiting holds up nobody.
        """
        self._leaving = [lane for lane in self._leaving if not lane.ended]
        for way in [way for way, lane in self._lanes.items() if lane.ended or lane.leaving]:
            lane = self._lanes.pop(way)
            if not lane.ended:
                self._leaving.append(lane)
            self._compositions = {key: held for key, held in self._compositions.items() if held[0] != way}

    async def _watch(self, ledger: Ledger) -> None:
        """Remake lanes that stand still without a reason outside, and write down which dispatches move."""
        before = self._clock()
        while True:
            await asyncio.sleep(_WATCH_SECONDS)
            lanes = self._all_lanes
            moved = {dispatch for lane in lanes for dispatch in lane.progressed}
            for lane in lanes:
                lane.progressed.clear()
            await ledger.note_progress(moved)
            late = self._clock() - before > STALL_SECONDS / 2
            before = self._clock()
            for lane in lanes:
                if late:  # the database was away, or this process was stopped: everybody waited for that
                    lane.watch.moved()
                elif lane.stalled:
                    log.error("lane_stalled", workspace=lane.workspace_id, batches=lane.batches)
                    await ledger.note_stall(lane.workspace_id, len(lane.batches))
                    await lane.remake()

    async def _remember(self, ledger: Ledger) -> None:
        """Keep the outside's memory of the database no older than a second."""
        while True:
            await asyncio.sleep(_KEEP_SECONDS)
            await self._keeper.keep(ledger.ticks)

    async def _clean(self, ledger: Ledger) -> None:
        """Mark finished dispatches, look for senders that died."""
        beat = 0
        while True:
            await asyncio.sleep(_CLEAN_SECONDS)
            beat += 1
            await ledger.finish_dispatches()
            if beat % _RECOVER_EVERY == 0:
                await ledger.recover()
