"""Undoing an import: who it made and nobody touched goes, what it changed is put back, and what stays is said."""

from __future__ import annotations

import json
from contextlib import suppress
from uuid import UUID

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.clock import utcnow
from gonfalon.kit.errors import Conflict
from gonfalon.kit.jobs import defer
from gonfalon.kit.locks import one_at_a_time
from gonfalon.kit.log import log
from gonfalon.people.imports import store
from gonfalon.people.imports.outcomes import Undo, Undone
from gonfalon.people.imports.store import Import
from gonfalon.people.offers import Lists


class _RolledBack(Exception):
    """Ends the transaction of a preview: nothing of it stays."""


async def preview_undo(ctx: Context, import_id: UUID) -> Undone:
    """Return what undoing an import would do and leave now; nothing of it stays. Raises Conflict where it cannot be
    undone."""
    _may(ctx)
    kept: list[Undone] = []
    with suppress(_RolledBack):
        async with ctx.transaction() as connection:
            found = await store.find_import(connection, ctx.workspace.id, import_id)
            _check(found)
            kept.append(await _undo(ctx, connection, found))
            raise _RolledBack
    return kept[0]


async def start_undo(ctx: Context, import_id: UUID) -> Import:
    """Begin undoing an import in the background; one that is being undone, or is undone, stays so."""
    _may(ctx)
    from gonfalon.people.imports.jobs import run_undo_job

    async with ctx.transaction() as connection:
        found = await store.find_import(connection, ctx.workspace.id, import_id, lock=True)
        if found.undo is not None and found.undo.state != "failed":
            return found
        _check(found)
        undo = Undo(by=ctx.actor.name, at=utcnow())
        await store.change_import(connection, ctx.workspace.id, import_id, undo=undo.model_dump(mode="json"))
        await defer(connection, run_undo_job, workspace_id=ctx.workspace.id, import_id=str(import_id))
        return await store.find_import(connection, ctx.workspace.id, import_id)


async def run_undo(ctx: Context, import_id: UUID) -> None:
    """Undo an import in one transaction; one that is undone stays so, so this may be repeated after a crash."""
    try:
        async with ctx.transaction() as connection:
            await one_at_a_time(connection, "import", import_id)
            found = await store.find_import(connection, ctx.workspace.id, import_id, lock=True)
            if found.undo is None or found.undo.state != "running":
                return
            result = await _undo(ctx, connection, found)
            done = found.undo.model_copy(update={"state": "finished", "result": result})
            await store.change_import(connection, ctx.workspace.id, import_id, undo=done.model_dump(mode="json"))
            await store.forget_changes(ctx, connection, import_id)
            await ctx.audit(
                connection, "import.undone", "import", import_id, found.file_name,
                removed=result.removed, restored=result.restored + result.partly,
            )  # fmt: skip
    except DBAPIError as error:
        log.error("undo_failed", import_id=str(import_id), exc_info=error)
        async with ctx.transaction() as connection:
            found = await store.find_import(connection, ctx.workspace.id, import_id, lock=True)
            if found.undo is not None and found.undo.state == "running":
                failed = found.undo.model_copy(
                    update={"state": "failed", "error": "Something went wrong on our side; nothing was changed."}
                )
                await store.change_import(connection, ctx.workspace.id, import_id, undo=failed.model_dump(mode="json"))


async def _undo(ctx: Context, connection: AsyncConnection, found: Import) -> Undone:
    w = ctx.workspace.id
    created = await store.judge_created(connection, w, found)
    removed = await store.run_step(connection, "delete_created", workspace_id=w)
    restored = (await store.run_step(connection, "restore_people", workspace_id=w, import_id=found.id)).one()
    listed = 0
    for room in ctx.services.offered(Lists):
        listed += await room.remove(connection, w, found.transaction or 0)
    unjoined = await store.run_step(connection, "leave_companies", workspace_id=w, transaction=str(found.transaction))
    details = json.dumps({"import": str(found.id), "file": found.file_name, "actor": ctx.actor.name})
    retracted = await store.run_step(
        connection, "retract_grants", workspace_id=w, details=details, transaction=str(found.transaction)
    )
    return Undone(
        removed=removed.rowcount,
        restored=restored.restored,
        partly=restored.partly,
        taken=restored.taken,
        consents=retracted.rowcount,
        listed=listed,
        unjoined=unjoined.rowcount,
        kept_changed=created.changed,
        kept_used=created.used,
        refusals=await store.count_refusals(connection, w, found),
        suppressed=found.result.suppressed,
        attributes=found.result.new_attributes,
    )


def _may(ctx: Context) -> None:
    ctx.require(Permission.PEOPLE_IMPORT)
    ctx.require(Permission.PEOPLE_WRITE)


def _check(found: Import) -> None:
    if found.undoable_until is None:
        raise Conflict(
            "import_not_undoable",
            "Only an import that has finished within the last seven days can be undone, and only once.",
        )
