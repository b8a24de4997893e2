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
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.members.actions import hold_invitations
from gonfalon.delivery.model import DispatchState
from gonfalon.delivery.rules import Database, Finding, Mark, judge
from gonfalon.delivery.tables import dispatches, epochs
from gonfalon.kit.errors import Unavailable
from gonfalon.kit.ids import new_id
from gonfalon.kit.locks import one_at_a_time
from gonfalon.kit.log import log
from gonfalon.kit.services import Services
from gonfalon.kit.sql import run
from gonfalon.teamwork.mail.actions import hold_mails

RESTORED = "restored"
"""The state_reason of a dispatch that was under way when the database turned out to be a restored or copied one."""
JOIN_SECONDS = 15.0
"""A home without a file belongs to a second machine if a sender of another home ticks meanwhile (each does in 10 s)."""
_UNDER_WAY = (DispatchState.PREPARING.value, DispatchState.RUNNING.value, DispatchState.PAUSED.value)


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
        """A lease begins: returns once the file says so, and survives a power cut. Nothing is sent before."""
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
            unknown = judge(marks, await _database(connection, marks)) is Finding.UNKNOWN_HOME
        joins = unknown and await self._others_send()
        async with self._services.db.transaction() as connection:
            await one_at_a_time(connection, "epoch")
            found = await _database(connection, marks)
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
        query = text("select id, tick from sender_leases where until > now()")
        async with self._services.db.reading() as connection:
            before = {row.id: row.tick for row in await connection.execute(query)}
        for _ in range(int(JOIN_SECONDS) if before else 0):
            await asyncio.sleep(1)
            async with self._services.db.reading() as connection:
                now = {row.id: row.tick for row in await connection.execute(query)}
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
    """The app's own look at the database, before it runs a job: mails that wait are not sent a second time either."""
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


async def _database(connection: AsyncConnection, marks: Sequence[Mark]) -> Database:
    known = (await connection.execute(select(epochs.c.id).order_by(epochs.c.number.desc()))).scalars().all()
    system, timeline = await _server(connection)
    leases = [mark.lease for mark in marks if mark.lease is not None]
    ticks = await run(connection, __package__, "list_ticks", leases=leases)
    return Database(
        epoch=known[0] if known else None,
        past=frozenset(known[1:]),
        system=system,
        timeline=timeline,
        ticks={row.mark: row.tick for row in ticks},
        has_sent=bool(
            (
                await connection.execute(
                    text("select exists (select from past_leases) or exists (select from sender_leases)")
                )
            ).scalar_one()
        ),
    )


async def _server(connection: AsyncConnection) -> tuple[str, int]:
    """The cluster's own identifier and timeline; "" and 0 where the database's user may not ask."""
    try:
        async with connection.begin_nested():
            row = (
                await connection.execute(
                    text(
                        "select (pg_control_system()).system_identifier::text, "
                        "(pg_control_checkpoint()).timeline_id::int"
                    )
                )
            ).one()
            return row[0], row[1]
    except DBAPIError:
        return "", 0


async def _begin_epoch(connection: AsyncConnection, finding: Finding) -> UUID:
    """Write a new epoch down; unless it is the first one, everything that would leave by itself is held."""
    epoch, held, mails = new_id(), 0, 0
    if finding is not Finding.SAME:
        held = (
            await connection.execute(
                update(dispatches)
                .where(dispatches.c.state.in_(_UNDER_WAY))
                .values(
                    state=DispatchState.HELD.value,
                    state_at=func.now(),
                    state_reason=RESTORED,
                    state_detail=f"The database was restored or copied ({finding.value}).",
                )
            )
        ).rowcount
        mails = await hold_invitations(connection) + await hold_mails(connection)
        log.warning("database_restored_or_copied", finding=finding.value, dispatches_held=held, mails_held=mails)
    await connection.execute(insert(epochs).values(id=epoch, finding=finding.value, dispatches=held, mails=mails))
    return epoch
