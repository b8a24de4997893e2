"""Uploading, looking at, starting, cancelling and running imports."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.errors import Conflict, Invalid
from gonfalon.kit.ids import new_id
from gonfalon.kit.jobs import defer
from gonfalon.kit.zones import country_of_zone
from gonfalon.people.attributes.store import attributes_of
from gonfalon.people.consent.rules import check_wording
from gonfalon.people.consent.store import find_topic
from gonfalon.people.imports import files, store, upload
from gonfalon.people.imports.detect import WritingHabits, detect
from gonfalon.people.imports.model import (
    Detected,
    ImportState,
    Opened,
    Plan,
    PreviewRow,
    Progress,
    Reading,
    Target,
)
from gonfalon.people.imports.previewing import preview
from gonfalon.people.imports.recipe import make_recipe
from gonfalon.people.imports.rules import check_plan, warnings_of_name
from gonfalon.people.imports.running import Show, discard_own, run_import
from gonfalon.people.imports.store import Import
from gonfalon.people.imports.workbooks import workbook_to_csv
from gonfalon.people.offers import Lists
from gonfalon.people.profiles.actions import check_tags
from gonfalon.people.rules import free_key, key_of


async def upload_import(
    ctx: Context, file_name: str, parts: AsyncIterator[bytes], announced: int | None = None
) -> Import:
    """Take a file in and looks at it. announced: the size that the sender promised, in bytes, if it did."""
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
    detected = await _detect(ctx, received.path, None, received.opened)
    detected = detected.model_copy(update={"warnings": [*warnings_of_name(file_name), *detected.warnings]})
    async with ctx.transaction() as connection:
        return await store.add_import(
            ctx,
            connection,
            id=import_id,
            file_name=Path(file_name.replace("\\", "/")).name[:200].replace("\x00", "") or "people.csv",
            file_path=str(received.path),
            file_size=received.size,
            detected=detected.model_dump(mode="json"),
            created_by=ctx.actor.name,
        )


async def _detect(ctx: Context, path: Path, reading: Reading | None, opened: Opened) -> Detected:
    async with ctx.reading() as connection:
        attributes = await attributes_of(connection, ctx.workspace.id)
    w = ctx.workspace
    habits = WritingHabits(w.currency, w.language, country_of_zone(w.time_zone))
    return await upload.FILES.run(detect, path, attributes, habits, reading, opened)


async def read_differently(ctx: Context, import_id: UUID, reading: Reading) -> Import:
    """Look at the file again with another encoding, delimiter or header, or at another sheet of a workbook."""
    ctx.require(Permission.PEOPLE_IMPORT)
    async with ctx.reading() as connection:
        found = _still_open(await store.find_import(connection, ctx.workspace.id, import_id))
    kept = found.detected.reading
    if reading.sheet and reading.sheet != kept.sheet:
        opened = await upload.FILES.run(_open_sheet, found.file_path, reading.sheet)
        detected = await _detect(ctx, found.file_path, None, opened)
    else:
        opened = Opened(tuple(found.detected.sheets), kept.sheet, kept.merged)
        detected = await _detect(ctx, found.file_path, reading, opened)
    async with ctx.transaction() as connection:
        await store.change_import(connection, ctx.workspace.id, import_id, detected=detected.model_dump(mode="json"))
        return await store.find_import(connection, ctx.workspace.id, import_id)


def _open_sheet(path: Path, sheet: str) -> Opened:
    workbook = upload.workbook_of(path)
    if not workbook.exists():
        raise Invalid("import_sheet_unknown", "The workbook is no longer there; upload it again.")
    opened = workbook_to_csv(workbook, path, sheet)
    if opened.sheet != sheet:
        raise Invalid(
            "import_sheet_unknown", f"The workbook has no sheet “{sheet[:100]}” that holds rows.", sheet=sheet[:100]
        )
    return opened


async def preview_import(ctx: Context, import_id: UUID, plan: Plan) -> tuple[list[PreviewRow], dict[int, str]]:
    """Return the file's first 20 rows exactly as the plan would store them, and the key of each column's attribute.

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
    """Begin an import in the background. Starting one that has begun changes nothing."""
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


async def check_whole(ctx: Context, connection: AsyncConnection, found: Import, plan: Plan) -> None:
    """Raise Invalid or NotFound for a plan that cannot be done in the workspace as it is."""
    check_plan(plan, found.detected.columns, await attributes_of(connection, ctx.workspace.id))
    check_tags(plan.tags)
    for each in plan.lists:
        for room in ctx.services.offered(Lists):
            await room.check(ctx, connection, each)
    if plan.consent is not None:
        check_wording(plan.consent.wording)
        for topic_id in plan.consent.topic_ids:
            await find_topic(connection, ctx.workspace.id, topic_id)


async def _begin(ctx: Context, connection: AsyncConnection, found: Import, plan: Plan) -> None:
    """Holds the plan against the workspace and marks the import as running."""
    await check_whole(ctx, connection, found, plan)
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
    """End an import that waits or runs; nothing of it stays. One that is over stays as it is."""
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
                await asyncio.to_thread(discard_own, ctx, found)
        return await store.find_import(connection, ctx.workspace.id, import_id)


async def import_file(
    ctx: Context,
    path: Path,
    plan: Plan | None = None,
    progress: Show | None = None,
    adapt: Callable[[Plan], Plan] | None = None,
) -> Import:
    """Import a file of this machine at once (the command line's door). Without a plan the suggested one is used.

    adapt: what to change in the suggested plan.

    progress is called with how far it is, from the event loop. Raises Invalid for a file or plan that cannot be used;
    what fails later is told by the import's state and error.
    """
    ctx.require(Permission.PEOPLE_IMPORT)
    import_id, source = new_id(), path
    opened = Opened()
    if await asyncio.to_thread(files.check_kind, path) == "xlsx":
        folder = await asyncio.to_thread(upload.import_folder, ctx.services.settings.folder)
        source = folder / f"{import_id}.csv"
        opened = await upload.FILES.run(workbook_to_csv, path, source)
    size = (await asyncio.to_thread(path.stat)).st_size
    added = await _add(ctx, import_id, path.name, upload.Received(source, size, opened))
    chosen = plan or added.detected.suggested
    if chosen is None:
        raise Invalid("import_plan_missing", "Nothing in this file says who the people are; say which column does.")
    if plan is None and adapt is not None:
        chosen = adapt(chosen)
    async with ctx.transaction() as connection:
        await _begin(ctx, connection, added, chosen)
    return await run_import(ctx, import_id, progress)


async def _clear_abandoned(ctx: Context) -> None:
    async with ctx.transaction() as connection:
        gone = await store.forget_abandoned(connection, ctx.workspace.id)
    for path in gone:
        await asyncio.to_thread(upload.discard, path)


def _still_open(found: Import) -> Import:
    if found.state is not ImportState.UPLOADED:
        raise Conflict(
            "import_over", "This import has begun or is over; upload the file again to change how it is read."
        )
    return found
