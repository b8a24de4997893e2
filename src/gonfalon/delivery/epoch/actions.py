"""What the outside remembers of the database: so that one that was restored or copied holds and asks.

Every sender keeps a file in the home folder, beside the secret key: which database it worked with, and how far its
writes had come. The database has the twin (`epochs`, and the ticks of living and past leases). A database that is
behind the file, that is another one, or that has sent and meets a home it does not know, may be a backup of the past
or a copy on a second server. Then every send that is under way is held, and a person decides.
"""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.members.actions import hold_invitations
from gonfalon.delivery.epoch import store
from gonfalon.delivery.rules import Finding, Mark, judge
from gonfalon.kit.errors import Unavailable
from gonfalon.kit.locks import one_at_a_time
from gonfalon.kit.log import log
from gonfalon.kit.services import Services
from gonfalon.teamwork.mail.actions import hold_mails

JOIN_SECONDS = 15.0
"""A home without a file belongs to a second machine if a sender of another home ticks meanwhile (each does in 10 s)."""


class Keeper:
    """One process's memory of the database. worker: its name; the file is kept under it."""

    def __init__(self, services: Services, worker: str) -> None:
        self._services = services
        self._folder = services.settings.folder / "epoch"
        name = hashlib.sha256(worker.encode()).hexdigest()[:16]
        self._file = self._folder / f"{name}.json"
        self._mark: Mark | None = None

    async def admit(self) -> None:
        """Compare the database with what this home remembers, and hold what is under way if it cannot be the same.

        Waits while the database is away. The processes of a home do this one after the other.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / "lock").open("w") as lock:
            await asyncio.to_thread(fcntl.flock, lock, fcntl.LOCK_EX)
            marks = [*_read(self._folder)]
            waits = False
            while True:
                try:
                    self._mark = await self._compare(marks)
                    break
                except Unavailable as problem:
                    if not waits:
                        log.warning("epoch_waits_for_database", problem=problem.sentence)
                    waits = True
                    await asyncio.sleep(2)
            self._write()

    async def began(self, lease: UUID) -> None:
        """Note that a lease begins: returns once the file says so, and survives a power cut. Nothing is sent before."""
        assert self._mark is not None
        self._mark = msgspec.structs.replace(self._mark, lease=lease, tick=0)
        while True:
            try:
                await asyncio.to_thread(self._write)
                return
            except OSError as problem:
                log.error("epoch_not_kept", file=str(self._file), problem=str(problem))
                await asyncio.sleep(2)

    async def keep(self, tick: int) -> None:
        """Note how many writes the database has answered. The file may lag, but never says more than was done."""
        if self._mark is None or tick == self._mark.tick:
            return
        self._mark = msgspec.structs.replace(self._mark, tick=tick)
        try:
            await asyncio.to_thread(self._write)
        except OSError as problem:
            log.warning("epoch_not_kept", file=str(self._file), problem=str(problem))

    async def _compare(self, marks: Sequence[Mark]) -> Mark:
        async with self._services.db.reading() as connection:
            unknown = judge(marks, await store.read_database(connection, marks)) is Finding.UNKNOWN_HOME
        joins = unknown and await self._others_send()
        async with self._services.db.transaction() as connection:
            await one_at_a_time(connection, "epoch")
            found = await store.read_database(connection, marks)
            finding = judge(marks, found)
            if finding is Finding.UNKNOWN_HOME and joins:
                finding = Finding.SAME
            epoch = found.epoch
            if epoch is None or finding is not Finding.SAME:
                epoch = await _begin_epoch(connection, finding)
        if finding is not Finding.SAME:
            for file in self._folder.glob("*.json"):
                file.unlink()
        return Mark(epoch=epoch, system=found.system, timeline=found.timeline)

    async def _others_send(self) -> bool:
        """Whether a living sender of another home works with this database."""
        async with self._services.db.reading() as connection:
            before = await store.living_ticks(connection)
        for _ in range(int(JOIN_SECONDS) if before else 0):
            await asyncio.sleep(1)
            async with self._services.db.reading() as connection:
                now = await store.living_ticks(connection)
            if any(now.get(lease, tick) > tick for lease, tick in before.items()):
                return True
        return False

    def _write(self) -> None:
        draft = self._file.with_suffix(".new")
        with draft.open("wb") as file:
            file.write(msgspec.json.encode(self._mark))
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, self._file)
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@asynccontextmanager
async def epoch_resource(services: Services) -> AsyncIterator[Keeper]:
    """Return the app's own look at the database, before it runs a job: mails that wait are not sent a second time
    either."""
    keeper = Keeper(services, "app")
    await keeper.admit()
    yield keeper


def _read(folder: Path) -> Sequence[Mark]:
    found = []
    for path in sorted(folder.glob("*.json")):
        try:
            found.append(msgspec.json.decode(path.read_bytes(), type=Mark))
        except (OSError, msgspec.MsgspecError) as problem:
            log.warning("epoch_unreadable", file=str(path), problem=str(problem))
    return found


async def _begin_epoch(connection: AsyncConnection, finding: Finding) -> UUID:
    """Begin a new epoch; unless it is the first one, hold everything that would leave by itself."""
    held = mails = 0
    if finding is not Finding.SAME:
        held = await store.hold_under_way(connection, f"The database was restored or copied ({finding.value}).")
        mails = await hold_invitations(connection) + await hold_mails(connection)
        log.warning("database_restored_or_copied", finding=finding.value, dispatches_held=held, mails_held=mails)
    return await store.insert_epoch(connection, finding, held, mails)
