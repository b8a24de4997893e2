"""Uploading, looking at, starting, cancelling and running imports."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg
from sqlalchemy import func
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.db import raw
from gonfalon.kit.errors import Conflict, GonfalonError, Invalid, Unavailable
from gonfalon.kit.ids import new_id
from gonfalon.kit.jobs import defer
from gonfalon.kit.locks import one_at_a_time
from gonfalon.kit.log import log
from gonfalon.people.attributes.store import attributes_of
from gonfalon.people.consent.rules import check_wording
from gonfalon.people.consent.store import find_topic
from gonfalon.people.identities.rules import country_of_zone
from gonfalon.people.imports import files, store, upload
from gonfalon.people.imports.detect import WritingHabits, detect
from gonfalon.people.imports.merge import Live, merge
from gonfalon.people.imports.model import (
    Detected,
    ImportState,
    Phase,
    Plan,
    PreviewRow,
    Progress,
    Reading,
    Result,
    Target,
)
from gonfalon.people.imports.rows import make_recipe, preview
from gonfalon.people.imports.rules import check_plan, warnings_of_name
from gonfalon.people.imports.store import Import
from gonfalon.people.imports.workbooks import workbook_to_csv
from gonfalon.people.profiles.actions import check_tags
from gonfalon.people.rules import free_key, key_of

WATCH_SECONDS = 0.3
DEADLOCK = "40P01"
TRIES = 3
MANY = 5_000

Show = Callable[[Progress], None]


class _Cancelled(Exception):
    """Somebody cancelled the import while it ran."""


async def upload_import(
    ctx: Context, file_name: str, parts: AsyncIterator[bytes], announced: int | None = None
) -> Import:
    """Takes a file in and looks at it. announced: the size that the sender promised, in bytes, if it did."""
    ctx.require(Permission.PEOPLE_IMPORT)
    await _clear_abandoned(ctx)
    import_id = new_id()
    received = await upload.receive(ctx.services.settings.folder, import_id, parts, announced)
    try:
        return await _add(ctx, import_id, file_name, received)
    except BaseException:
        await asyncio.to_thread(upload.discard, received.path)
        raise


async def _add(ctx: Context, import_id: UUID, file_name: str, received: upload.Received) -> Import:
    detected = await _detect(ctx, received.path, None, received.sheets, received.sheet)
    detected = detected.model_copy(update={"warnings": [*warnings_of_name(file_name), *detected.warnings]})
    async with ctx.transaction() as connection:
        return await store.add_import(
            connection,
            ctx.workspace.id,
            id=import_id,
            file_name=Path(file_name.replace("\\", "/")).name[:200].replace("\x00", "") or "people.csv",
            file_path=str(received.path),
            file_size=received.size,
            detected=detected.model_dump(mode="json"),
            created_by=ctx.actor.name,
        )


async def _detect(
    ctx: Context, path: Path, reading: Reading | None, sheets: Sequence[str] = (), sheet: str = ""
) -> Detected:
    async with ctx.reading() as connection:
        attributes = await attributes_of(connection, ctx.workspace.id)
    w = ctx.workspace
    habits = WritingHabits(w.currency, w.language, country_of_zone(w.time_zone))
    return await upload.FILES.run(detect, path, attributes, habits, reading, sheets, sheet)


async def read_differently(ctx: Context, import_id: UUID, reading: Reading) -> Import:
    """Looks at the file again with another encoding, delimiter or header, or at another sheet of a workbook."""
    ctx.require(Permission.PEOPLE_IMPORT)
    async with ctx.reading() as connection:
        found = _still_open(await store.find_import(connection, ctx.workspace.id, import_id))
    sheets, sheet = found.detected.sheets, found.detected.reading.sheet
    if reading.sheet and reading.sheet != sheet:
        sheets, sheet = await upload.FILES.run(_open_sheet, found.file_path, reading.sheet)
        detected = await _detect(ctx, found.file_path, None, sheets, sheet)
    else:
        detected = await _detect(ctx, found.file_path, reading, sheets, sheet)
    async with ctx.transaction() as connection:
        await store.change_import(connection, ctx.workspace.id, import_id, detected=detected.model_dump(mode="json"))
        return await store.find_import(connection, ctx.workspace.id, import_id)


def _open_sheet(path: Path, sheet: str) -> tuple[list[str], str]:
    workbook = upload.workbook_of(path)
    if not workbook.exists():
        raise Invalid("import_sheet_unknown", "The workbook is no longer there; upload it again.")
    sheets, chosen = workbook_to_csv(workbook, path, sheet)
    if chosen != sheet:
        raise Invalid(
            "import_sheet_unknown", f"The workbook has no sheet “{sheet[:100]}” that holds rows.", sheet=sheet[:100]
        )
    return sheets, chosen


async def preview_import(ctx: Context, import_id: UUID, plan: Plan) -> tuple[list[PreviewRow], dict[int, str]]:
    """The file's first 20 rows exactly as the plan would store them, and the key of each column's attribute.

    Raises Invalid for a plan that cannot be done.
    """
    ctx.require(Permission.PEOPLE_IMPORT)
    async with ctx.reading() as connection:
        found = _still_open(await store.find_import(connection, ctx.workspace.id, import_id))
        declared = await attributes_of(connection, ctx.workspace.id)
    check_plan(plan, found.detected.columns, declared, complete=False)
    keys: dict[int, str] = {}
    for each in plan.columns:
        if each.to is Target.NEW_ATTRIBUTE:
            keys[each.column] = free_key(key_of(each.label, "attribute"), {*declared, *keys.values()})
    recipe = make_recipe(
        plan, found.detected.columns, declared, keys, ctx.workspace.currency, found.detected.reading,
        ZoneInfo(ctx.workspace.time_zone),
    )  # fmt: skip
    known = {each.column: each.attribute for each in plan.columns if each.to is Target.ATTRIBUTE}
    return await upload.FILES.run(preview, found.file_path, recipe), known | keys


async def start_import(ctx: Context, import_id: UUID, plan: Plan) -> Import:
    """Begins an import in the background. Starting one that has begun changes nothing."""
    ctx.require(Permission.PEOPLE_IMPORT)
    from gonfalon.people.imports.jobs import run_import_job

    async with ctx.transaction() as connection:
        found = await store.find_import(connection, ctx.workspace.id, import_id, lock=True)
        if found.state is not ImportState.UPLOADED:
            if found.state is ImportState.RUNNING:
                return found
            raise Conflict("import_over", "This import is over; upload the file again to import it once more.")
        await _begin(ctx, connection, found, plan)
        await defer(connection, run_import_job, workspace_id=ctx.workspace.id, import_id=str(import_id))
        return await store.find_import(connection, ctx.workspace.id, import_id)


async def _begin(ctx: Context, connection: AsyncConnection, found: Import, plan: Plan) -> None:
    """Holds the plan against the workspace and marks the import as running."""
    check_plan(plan, found.detected.columns, await attributes_of(connection, ctx.workspace.id))
    check_tags(plan.tags)
    if plan.consent is not None:
        check_wording(plan.consent.wording)
        for topic_id in plan.consent.topic_ids:
            await find_topic(connection, ctx.workspace.id, topic_id)
    await store.change_import(
        connection,
        ctx.workspace.id,
        found.id,
        state=ImportState.RUNNING.value,
        plan=plan.model_dump(mode="json"),
        progress=Progress(total_bytes=found.file_size).model_dump(mode="json"),
        started_at=func.now(),
    )


async def cancel_import(ctx: Context, import_id: UUID) -> Import:
    """Ends an import that waits or runs; nothing of it stays. One that is over stays as it is."""
    ctx.require(Permission.PEOPLE_IMPORT)
    async with ctx.transaction() as connection:
        found = await store.find_import(connection, ctx.workspace.id, import_id, lock=True)
        if found.state in (ImportState.UPLOADED, ImportState.RUNNING):
            await store.change_import(
                connection,
                ctx.workspace.id,
                import_id,
                state=ImportState.CANCELLED.value,
                finished_at=func.now(),
            )
            await ctx.audit(connection, "import.cancelled", "import", import_id, found.file_name)
            if found.state is ImportState.UPLOADED:
                await asyncio.to_thread(_discard_own, ctx, found)
        return await store.find_import(connection, ctx.workspace.id, import_id)


async def import_file(
    ctx: Context,
    path: Path,
    plan: Plan | None = None,
    progress: Show | None = None,
    adapt: Callable[[Plan], Plan] | None = None,
) -> Import:
    """Imports a file of this machine at once (the command line's door). Without a plan the suggested one is used.

    adapt: what to change in the suggested plan.

    progress is called with how far it is, from the event loop. Raises Invalid for a file or plan that cannot be used;
    what fails later is told by the import's state and error.
    """
    ctx.require(Permission.PEOPLE_IMPORT)
    import_id, source = new_id(), path
    sheets: list[str] = []
    sheet = ""
    if await asyncio.to_thread(files.check_kind, path) == "xlsx":
        folder = await asyncio.to_thread(upload.import_folder, ctx.services.settings.folder)
        source = folder / f"{import_id}.csv"
        sheets, sheet = await upload.FILES.run(workbook_to_csv, path, source)
    size = (await asyncio.to_thread(path.stat)).st_size
    added = await _add(ctx, import_id, path.name, upload.Received(source, size, sheets, sheet))
    chosen = plan or added.detected.suggested
    if chosen is None:
        raise Invalid("import_plan_missing", "Nothing in this file says who the people are; say which column does.")
    if plan is None and adapt is not None:
        chosen = adapt(chosen)
    async with ctx.transaction() as connection:
        await _begin(ctx, connection, added, chosen)
    return await run_import(ctx, import_id, progress)


async def run_import(ctx: Context, import_id: UUID, show: Show | None = None) -> Import:
    """Runs a started import to its end; one that is over already stays as it is. May be repeated after a crash.

    A failure that people can mend is kept in the import; a database that is away is raised, to be tried again.
    """
    ctx.require(Permission.PEOPLE_IMPORT)
    for attempt in range(1, TRIES + 1):
        try:
            await _run_once(ctx, import_id, show)
            break
        except _Cancelled:
            break
        except DBAPIError as error:
            again = getattr(error.orig, "sqlstate", None) == DEADLOCK and attempt < TRIES
            if not again:
                log.error("import_failed", import_id=str(import_id), exc_info=error)
                await _fail(ctx, import_id, "Something went wrong on our side; nothing was changed. Try once more.")
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
    await asyncio.to_thread(_discard_own, ctx, found)
    return found


async def _run_once(ctx: Context, import_id: UUID, show: Show | None) -> None:
    began = monotonic()
    async with ctx.transaction() as connection:
        # One at a time of the same import: a worker that was thought dead may still be at it.
        await one_at_a_time(connection, "import", import_id)
        found = await store.find_import(connection, ctx.workspace.id, import_id)
        if found.state is not ImportState.RUNNING or found.plan is None:
            return
        live = Live(Progress(total_bytes=found.file_size))
        cancelled = asyncio.Event()
        watcher = asyncio.create_task(_watch(ctx, import_id, await raw(connection), live, cancelled, show))
        try:
            result = await merge(ctx, connection, found, found.plan, live)
        except Exception as error:
            if cancelled.is_set():
                raise _Cancelled from error
            raise
        finally:
            watcher.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await watcher
        done = Progress(phase=Phase.DONE, bytes=found.file_size, total_bytes=found.file_size, rows=result.rows)
        await _finish(
            ctx, connection, found, result.model_copy(update={"seconds": round(monotonic() - began, 2)}), done
        )
    if result.new + result.changed > MANY:
        async with ctx.transaction() as connection:  # or the planner would think the tables as small as before
            await store.analyze(connection, "people", "consents")
    if show is not None:
        show(done)


async def _finish(ctx: Context, connection: AsyncConnection, found: Import, result: Result, progress: Progress) -> None:
    """Marks the import as finished in its own transaction, unless somebody cancelled it at the last moment."""
    present = await store.find_import(connection, ctx.workspace.id, found.id, lock=True)
    if present.state is not ImportState.RUNNING:
        raise _Cancelled
    await store.change_import(
        connection,
        ctx.workspace.id,
        found.id,
        state=ImportState.FINISHED.value,
        result=result.model_dump(mode="json"),
        progress=progress.model_dump(mode="json"),
        finished_at=func.now(),
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
    import_id: UUID,
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
                state = await store.note_progress(connection, ctx.workspace.id, import_id, live.progress)
        except Unavailable:
            continue
        if state is not ImportState.RUNNING and not cancelled.is_set():
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


async def _clear_abandoned(ctx: Context) -> None:
    async with ctx.transaction() as connection:
        gone = await store.forget_abandoned(connection, ctx.workspace.id)
    for path in gone:
        await asyncio.to_thread(upload.discard, path)


def _discard_own(ctx: Context, found: Import) -> None:
    """Removes the file of an import that is over, if it is below our own folder."""
    if found.file_path.is_relative_to(upload.import_folder(ctx.services.settings.folder)):
        upload.discard(found.file_path)


def _still_open(found: Import) -> Import:
    if found.state is not ImportState.UPLOADED:
        raise Conflict(
            "import_over", "This import has begun or is over; upload the file again to change how it is read."
        )
    return found
