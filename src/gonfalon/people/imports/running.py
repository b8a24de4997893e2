"""Running a started import to its end, watched and cancelled from another connection."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from time import monotonic
from typing import TypeVar
from uuid import UUID

import psycopg
from sqlalchemy import func
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.db import raw
from gonfalon.kit.errors import GonfalonError, Unavailable
from gonfalon.kit.locks import one_at_a_time
from gonfalon.kit.log import log
from gonfalon.people.imports import store, upload
from gonfalon.people.imports.merge import Live, merge
from gonfalon.people.imports.model import ImportState, Phase, Progress, Result
from gonfalon.people.imports.store import Import

WATCH_SECONDS = 0.3
DEADLOCK = "40P01"
TRIES = 3
MANY = 5_000

Show = Callable[[Progress], None]
T = TypeVar("T")


class Cancelled(Exception):
    """Somebody cancelled the import while it ran."""


async def run_import(ctx: Context, import_id: UUID, show: Show | None = None) -> Import:
    """Run a started import to its end; one that is over already stays as it is. May be repeated after a crash.

    A failure that people can mend is kept in the import; a database that is away is raised, to be tried again.
    """
    ctx.require(Permission.PEOPLE_IMPORT)
    for attempt in range(1, TRIES + 1):
        try:
            await _run_once(ctx, import_id, show)
            break
        except Cancelled:
            break
        except DBAPIError as error:
            again = getattr(error.orig, "sqlstate", None) == DEADLOCK and attempt < TRIES
            if not again:
                log.error("import_failed", import_id=str(import_id), exc_info=error)
                await _fail(ctx, import_id, "Something went wrong on our side; try once more.")
                break
        except Unavailable as error:
            if error.code == "database_away":
                raise
            await _fail(ctx, import_id, error.sentence)
            break
        except GonfalonError as error:
            await _fail(ctx, import_id, error.sentence)
            break
        except FileNotFoundError:
            await _fail(ctx, import_id, "The uploaded file is no longer there; upload it again.")
            break
    async with ctx.reading() as connection:
        found = await store.find_import(connection, ctx.workspace.id, import_id)
    await asyncio.to_thread(discard_own, ctx, found)
    return found


async def _run_once(ctx: Context, import_id: UUID, show: Show | None) -> None:
    began = monotonic()
    async with ctx.transaction() as connection:
        # One at a time of the same import: a worker that was thought dead may still be at it.
        await one_at_a_time(connection, "import", import_id)
        found = await store.find_import(connection, ctx.workspace.id, import_id)
        if found.state is not ImportState.RUNNING or found.plan is None:
            return
        plan = found.plan

        async def work(live: Live) -> Result:
            return await merge(ctx, connection, found, plan, live)

        result = await watched(ctx, connection, found, work, show)
        done = Progress(phase=Phase.DONE, bytes=found.file_size, total_bytes=found.file_size, rows=result.rows)
        await _finish(
            ctx, connection, found, result.model_copy(update={"seconds": round(monotonic() - began, 2)}), done
        )
    if result.new + result.changed > MANY:
        async with ctx.transaction() as connection:  # or the planner would think the tables as small as before
            await store.analyze(connection, "people", "consents")
    if show is not None:
        show(done)


async def watched(
    ctx: Context,
    connection: AsyncConnection,
    found: Import,
    work: Callable[[Live], Awaitable[T]],
    show: Show | None = None,
) -> T:
    """Do work on a file and tell how far it is; raises Cancelled when the import's state has changed meanwhile."""
    live = Live(Progress(total_bytes=found.file_size))
    cancelled = asyncio.Event()
    watcher = asyncio.create_task(_watch(ctx, found, await raw(connection), live, cancelled, show))
    try:
        return await work(live)
    except Exception as error:
        if cancelled.is_set():
            raise Cancelled from error
        raise
    finally:
        watcher.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await watcher


async def _finish(ctx: Context, connection: AsyncConnection, found: Import, result: Result, progress: Progress) -> None:
    """Marks the import as finished in its own transaction, unless somebody cancelled it at the last moment."""
    present = await store.find_import(connection, ctx.workspace.id, found.id, lock=True)
    if present.state is not ImportState.RUNNING:
        raise Cancelled
    await store.change_import(
        connection,
        ctx.workspace.id,
        found.id,
        state=ImportState.FINISHED.value,
        result=result.model_dump(mode="json"),
        progress=progress.model_dump(mode="json"),
        finished_at=func.now(),
        transaction=func.pg_current_xact_id(),
        trial=None,
    )
    await ctx.audit(
        connection,
        "people.imported",
        "import",
        found.id,
        found.file_name,
        **result.model_dump(mode="json", include={"rows", "new", "changed", "rejected", "consents", "refusals"}),
    )


async def _watch(
    ctx: Context,
    found: Import,
    working: psycopg.AsyncConnection[tuple[object, ...]],
    live: Live,
    cancelled: asyncio.Event,
    show: Show | None,
) -> None:
    """Beside the import, on a connection of its own: tells how far it is, and stops it when somebody cancels."""
    while True:
        await asyncio.sleep(WATCH_SECONDS)
        if show is not None:
            show(live.progress)
        try:
            async with ctx.transaction() as connection:
                state = await store.note_progress(ctx, connection, found.id, live.progress)
        except Unavailable:
            continue
        if state is not found.state and not cancelled.is_set():
            cancelled.set()
            await working.cancel_safe()


async def _fail(ctx: Context, import_id: UUID, sentence: str) -> None:
    async with ctx.transaction() as connection:
        found = await store.find_import(connection, ctx.workspace.id, import_id, lock=True)
        if found.state is ImportState.RUNNING:
            await store.change_import(
                connection,
                ctx.workspace.id,
                import_id,
                state=ImportState.FAILED.value,
                error=sentence,
                finished_at=func.now(),
            )
            await ctx.audit(connection, "import.failed", "import", import_id, found.file_name, error=sentence)


def _discard_own(ctx: Context, found: Import) -> None:
    """Removes the file of an import that is over, if it is below our own folder."""
    if found.file_path.is_relative_to(upload.import_folder(ctx.services.settings.folder)):
        upload.discard(found.file_path)


def discard_own(ctx: Context, found: Import) -> None:
    """Remove the file of an import that is over, if it is below our own folder."""
    if found.file_path.is_relative_to(upload.import_folder(ctx.services.settings.folder)):
        upload.discard(found.file_path)
