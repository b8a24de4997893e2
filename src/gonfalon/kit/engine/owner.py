"""The engine as the application sees it: started once, followed by a thread, asked by many."""

from __future__ import annotations

import asyncio
import shutil
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, TypeVar

import duckdb
import structlog

from gonfalon.kit.clock import utcnow
from gonfalon.kit.engine.model import Followed, Snapshot
from gonfalon.kit.engine.source import Source
from gonfalon.kit.engine.store import FILE_NAME, Store, describe
from gonfalon.kit.errors import Unavailable
from gonfalon.kit.log import seldom

T = TypeVar("T")
log = structlog.get_logger("gonfalon.engine")

POLL_SECONDS = 0.2
RETRY_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Status:
    """``state``: loading (not yet usable), following, or failing (``problem`` says why; the last good
    copy still answers if ``usable``). ``at``: when the copy was last known to equal the truth.
    ``done`` of about ``total`` rows are in a copy that is loading."""

    state: Literal["loading", "following", "failing", "stopped"]
    usable: bool
    at: datetime | None
    snapshot: str
    problem: str
    done: int = 0
    total: int = 0


class Engine:
    """Owner of the analytics file. ``start`` returns at once; a first load goes on in its thread.

    One process may own a folder. Reads see one consistent state of the truth, as it was when
    ``status().snapshot`` was taken.
    """

    def __init__(
        self,
        folder: Path,
        url: str,
        followed: tuple[Followed, ...],
        *,
        memory: str = "1GB",
        threads: int = 2,
        readers: int = 4,
    ) -> None:
        self._folder, self._url, self._followed = folder, url, followed
        self._memory, self._threads = memory, threads
        self._readers = ThreadPoolExecutor(readers, thread_name_prefix="engine-read")
        self._store: Store | None = None
        self._status = Status("stopped", False, None, "", "")
        self._changed = threading.Condition()
        self._wake = threading.Event()
        self._stopping = False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to follow, in a thread of its own."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._stopping = False
        self._tell(Status("loading", False, None, "", ""))
        self._thread = threading.Thread(target=self._follow_for_ever, name="engine-follow", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End following and closes the file."""
        self._stopping = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join()
        self._readers.shutdown(wait=True, cancel_futures=True)

    def status(self) -> Status:
        """Return how the copy is."""
        return self._status

    def away(self) -> Unavailable:
        """Return the error of a question that a copy which is not usable yet cannot answer; it says how far the copy
        is."""
        status = self._status
        return Unavailable(
            "engine_away",
            "The analytics copy is not ready yet; it is being built. Try again in a moment.",
            problem=status.problem,
            done=status.done,
            total=status.total,
        )

    async def reached(self, point: int | Snapshot, within: float = 30.0) -> None:
        """Wait until the copy has what transaction ``point`` did, or all that a snapshot saw.

        A transaction must have ended to be waited for. Raises Unavailable after ``within`` seconds.
        """
        if _has(self._status, point):
            return
        self._wake.set()
        arrived = await asyncio.to_thread(self._wait, lambda status: _has(status, point), within)
        if not arrived:
            raise self._behind()

    def _behind(self) -> Unavailable:
        return Unavailable(
            "engine_behind",
            "The analytics copy has not caught up with the latest changes yet; try again in a moment.",
            problem=self._status.problem,
        )

    def ready(self, timeout: float) -> bool:
        """Wait (blocking) until the copy can be asked."""
        return self._wait(lambda status: status.usable, timeout)

    async def fetch(
        self, sql: str, params: Mapping[str, object] | None = None, *, within: float = 20.0
    ) -> list[tuple[Any, ...]]:
        """Return the rows of a read-only question with ``$name`` parameters.

        Raises Unavailable where there is no copy yet or the question takes over ``within`` seconds.
        """
        return await self.ask(lambda cursor: cursor.execute(sql, dict(params or {})).fetchall(), within=within)

    async def ask(self, question: Callable[[duckdb.DuckDBPyConnection], T], *, within: float = 20.0) -> T:
        """Run ``question`` on a cursor, in a thread and a read-only transaction: one state for all of it.

        Raises Unavailable where there is no copy, where it does not have yet what the question names (a workspace or
        an attribute that was made a moment ago), and where the answer takes over ``within`` seconds.
        """
        store = self._store
        if store is None or not self._status.usable:
            raise self.away()
        cursor = store.connection.cursor()
        loop = asyncio.get_running_loop()
        running = loop.run_in_executor(self._readers, _read, cursor, question)
        try:
            return await asyncio.wait_for(asyncio.shield(running), within)
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            log.warning("engine_asked_too_early", problem=describe(error))
            self._wake.set()
            raise self._behind() from error
        except (TimeoutError, asyncio.CancelledError) as error:
            cursor.interrupt()
            await asyncio.wait([running])
            running.exception()  # the interruption itself is no news
            if isinstance(error, asyncio.CancelledError):
                raise
            raise Unavailable(
                "engine_slow", f"This question took longer than {within:g} seconds; narrow it down.", within=within
            ) from None

    def _tell(self, status: Status) -> None:
        with self._changed:
            self._status = status
            self._changed.notify_all()

    def _wait(self, test: Callable[[Status], bool], timeout: float) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: test(self._status) or self._stopping, timeout) and test(self._status)

    def _follow_for_ever(self) -> None:
        while not self._stopping:
            source: Source | None = None
            try:
                source = Source(self._url)
                self._follow(source)
            except Exception as error:  # whatever it is, following must go on
                problem = describe(error)
                if (before := seldom("engine_failing", problem)) is not None:
                    log.warning("engine_failing", problem=problem, left_out=before)
                if isinstance(error, duckdb.FatalException):  # the file's state is unknown from here on
                    self._close()
                self._tell(Status("failing", self._store is not None, self._status.at, self._status.snapshot, problem))
                self._pause(RETRY_SECONDS)
            finally:
                if source is not None:
                    with suppress(Exception):  # a lost connection may refuse even that
                        source.close()
        self._close()
        self._tell(Status("stopped", False, None, "", ""))

    def _follow(self, source: Source) -> None:
        store = self._opened(source)
        while not self._stopping:
            self._wake.clear()
            cursor = store.cursor
            assert cursor is not None
            asked = utcnow()
            if source.now() != cursor:
                with source.reading() as reading:
                    store.follow(reading, cursor)
                    cursor = reading.snapshot
            self._tell(Status("following", True, asked, cursor.text, ""))
            self._pause(POLL_SECONDS)

    def _opened(self, source: Source) -> Store:
        """The store, rebuilt if it is missing, unreadable, unfinished or of something else."""
        identity = source.identity()
        if self._store is None:
            try:
                self._store = self._open()
            except duckdb.IOException as error:
                if "lock" in str(error).lower():
                    raise
                log.warning("engine_unreadable", problem=describe(error))
            except duckdb.Error as error:
                log.warning("engine_unreadable", problem=describe(error))
        if self._store is not None and self._store.fits(identity) and not _ahead(self._store.cursor, source.now()):
            return self._store
        self._close()
        self._tell(Status("loading", False, None, "", ""))
        self._remove()
        began = time.monotonic()
        store = self._open()
        try:
            with source.reading() as reading:
                store.load(reading, identity, self._loaded)
        except BaseException:
            store.close()
            raise
        self._store = store
        log.info("engine_loaded", seconds=round(time.monotonic() - began, 1))
        return store

    def _loaded(self, done: int, total: int) -> None:
        self._tell(Status("loading", False, None, "", "", done, total))

    def _open(self) -> Store:
        return Store(self._folder, self._followed, self._memory, self._threads)

    def _close(self) -> None:
        store, self._store = self._store, None
        if store is not None:
            store.close()

    def _remove(self) -> None:
        for leftover in self._folder.glob(f"{FILE_NAME}*"):
            leftover.unlink()
        shutil.rmtree(self._folder / "spill", ignore_errors=True)

    def _pause(self, seconds: float) -> None:
        if not self._stopping:
            self._wake.wait(seconds)


def _read(cursor: duckdb.DuckDBPyConnection, question: Callable[[duckdb.DuckDBPyConnection], T]) -> T:
    try:
        cursor.execute("begin transaction read only")
        try:
            return question(cursor)
        finally:
            cursor.execute("rollback")
    finally:
        cursor.close()


def _has(status: Status, point: int | Snapshot) -> bool:
    if not status.usable or not status.snapshot:
        return False
    found = Snapshot(status.snapshot)
    return found.covers(point) if isinstance(point, Snapshot) else found.sees(point)


def _ahead(cursor: Snapshot | None, now: Snapshot) -> bool:
    """The truth has gone back in time: it was restored from a backup."""
    return cursor is not None and int(cursor.text.split(":")[1]) > int(now.text.split(":")[1])
