"""The one transaction of an import: file → stage → match → people, consent and report. All or nothing.

The stage is a temporary table of the transaction. So an import that is killed at any point has changed nothing, and
running it again begins anew; there is nothing to clean up and nothing that could be done twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.kit.db import raw
from gonfalon.people.attributes import actions as attributes
from gonfalon.people.attributes.rules import MAX_CHOICES
from gonfalon.people.attributes.store import attributes_of
from gonfalon.people.consent.model import ConsentSource, ConsentState, Statement
from gonfalon.people.consent.store import write_statement
from gonfalon.people.identities.rules import erased_key
from gonfalon.people.imports import store
from gonfalon.people.imports.model import Existing, Phase, Plan, Progress, Result, Target
from gonfalon.people.imports.rows import STAGE_COLUMNS, Recipe, make_recipe, raw_lines, stage_lines
from gonfalon.people.imports.rules import DUPLICATE, check_plan
from gonfalon.people.imports.store import Import
from gonfalon.people.profiles.store import change_tags
from gonfalon.people.tables import attribute_definitions, erased_identities


@dataclass
class Live:
    """What a running import says of itself while it runs; read by whoever shows the progress."""

    progress: Progress

    def say(self, phase: Phase, **more: int) -> None:
        """Notes a new phase or how far reading is."""
        self.progress = self.progress.model_copy(update={"phase": phase, **more})


async def merge(ctx: Context, connection: AsyncConnection, found: Import, plan: Plan, live: Live) -> Result:
    """Takes the file's people in, in the caller's transaction."""
    recipe, made = await _prepare(ctx, connection, found, plan)
    live.say(Phase.READING, bytes=0, rows=0)
    await store.execute(connection, "create_stage")
    await _fill_stage(connection, found, plan, recipe, live)
    await _keep_choices(ctx, connection, recipe)
    live.say(Phase.MATCHING)
    await connection.exec_driver_sql("analyze import_rows")
    w = ctx.workspace.id
    await store.execute(connection, "reject_duplicates", plan.match)
    if await _somebody_was_erased(connection, w):
        key = erased_key(ctx.services.secrets)
        await store.execute(connection, "reject_erased", plan.match, workspace_id=w, erased_key=key)
    await store.execute(connection, "match_people", plan.match, workspace_id=w)
    await connection.exec_driver_sql("analyze import_people")
    await store.execute(connection, "reject_faults")
    live.say(Phase.SAVING)
    new, changed = await _save(connection, w, plan)
    live.say(Phase.CONSENT)
    consents, refusals = await _record_consent(ctx, connection, found, plan)
    live.say(Phase.REPORTING)
    so_far = Result(new=new, changed=changed, consents=consents, refusals=refusals, new_attributes=made)
    return await _report(ctx, connection, found, plan, so_far)


async def _prepare(ctx: Context, connection: AsyncConnection, found: Import, plan: Plan) -> tuple[Recipe, list[str]]:
    """Checks the plan against what is declared now, declares what is new; the recipe and the new keys."""
    declared = await attributes_of(connection, ctx.workspace.id)
    check_plan(plan, found.detected.columns, declared)
    new_keys: dict[int, str] = {}
    for each in plan.columns:
        if each.to is Target.NEW_ATTRIBUTE:
            # A choice needs one choice to be declared; what the file holds is set when it has been read.
            choices = each.choices or ["–"]
            made = await attributes.declare(
                connection,
                ctx.workspace.id,
                each.label,
                each.type,
                choices=choices if each.type.value == "choice" else (),
            )
            new_keys[each.column] = made.key
    recipe = make_recipe(plan, found.detected.columns, declared, new_keys, ctx.workspace.currency)
    return recipe, list(new_keys.values())


async def _fill_stage(connection: AsyncConnection, found: Import, plan: Plan, recipe: Recipe, live: Live) -> None:
    """Streams the file into the stage. The next chunk is made in a thread while the database takes this one."""
    chunks = stage_lines(found.file_path, plan, recipe)
    target = f"copy import_rows ({', '.join(STAGE_COLUMNS)}) from stdin"
    async with (await raw(connection)).cursor().copy(target) as copy:
        coming = asyncio.create_task(asyncio.to_thread(_next, chunks))
        try:
            while (chunk := await coming) is not None:
                coming = asyncio.create_task(asyncio.to_thread(_next, chunks))
                lines, rows, at = chunk
                await copy.write(lines)
                live.say(Phase.READING, rows=rows, bytes=at)
        finally:
            await asyncio.wait([coming])


def _next(chunks: Iterator[Any]) -> Any:
    """`next` with an end: StopIteration cannot cross a thread."""
    return next(chunks, None)


async def _keep_choices(ctx: Context, connection: AsyncConnection, recipe: Recipe) -> None:
    definitions = attribute_definitions
    for key, choices in recipe.grown.items():
        if choices:
            await connection.execute(
                update(definitions)
                .where(
                    definitions.c.workspace_id == ctx.workspace.id,
                    definitions.c.key == key,
                    definitions.c.type == "choice",
                    definitions.c.deleted_at.is_(None),
                )
                .values(choices=sorted(choices)[:MAX_CHOICES])
            )


async def _somebody_was_erased(connection: AsyncConnection, workspace_id: int) -> bool:
    found = await connection.execute(
        select(erased_identities.c.hash).where(erased_identities.c.workspace_id == workspace_id).limit(1)
    )
    return found.first() is not None


async def _save(connection: AsyncConnection, workspace_id: int, plan: Plan) -> tuple[int, int]:
    """Inserts the new and updates the known; how many of each."""
    tags = sorted(set(plan.tags))
    if tags:
        await change_tags(connection, workspace_id, [], tags)  # makes them known as tags of the workspace
    wanted = await connection.exec_driver_sql("select count(*) from import_people where is_new and fault is null")
    expected = int(wanted.scalar_one())
    new = (await store.execute(connection, "insert_people", workspace_id=workspace_id, tags=tags)).rowcount
    if new < expected:
        await store.execute(connection, "reject_raced")
    if plan.existing is Existing.SKIP:
        return new, 0
    overwrite = plan.existing is Existing.OVERWRITE
    changed = await store.execute(connection, "update_people", overwrite=overwrite, tags=tags)
    return new, changed.rowcount


async def _record_consent(ctx: Context, connection: AsyncConnection, found: Import, plan: Plan) -> tuple[int, int]:
    """How many states of consent were granted, and how many refused. A refusal counts for skipped people too."""
    if plan.consent is None:
        return 0, 0
    given = plan.consent
    statement = Statement(
        given.channel,
        ConsentState.GRANTED,
        ConsentSource.IMPORT,
        given.at,
        given.wording,
        {"import": str(found.id), "file": found.file_name, "origin": given.origin, "actor": ctx.actor.name},
    )
    people = (
        "select person_id from import_people where fault is null and consent and is_new"
        if plan.existing is Existing.SKIP
        else "select person_id from import_people where fault is null and consent"
    )
    granted = await write_statement(connection, ctx.workspace.id, people, given.topic_ids, statement)
    # The wording is what people agreed to; nobody refuses under it.
    refusal = replace(statement, state=ConsentState.WITHDRAWN, wording="")
    refusing = "select person_id from import_people where fault is null and not consent"
    return granted, await write_statement(connection, ctx.workspace.id, refusing, given.topic_ids, refusal)


async def _report(ctx: Context, connection: AsyncConnection, found: Import, plan: Plan, so_far: Result) -> Result:
    """Counts, and keeps every refused row with its cells."""
    counts = (await store.execute(connection, "count_rows")).all()
    taken = next((row.rows for row in counts if not row.reason), 0)
    by_reason = {row.reason: row.rows for row in counts if row.reason}
    duplicates = by_reason.pop(DUPLICATE, 0)
    known = taken - so_far.new
    await store.execute(connection, "keep_rejects", import_id=found.id, workspace_id=ctx.workspace.id)
    await _keep_refused(ctx, connection, found, plan)
    skipping = plan.existing is Existing.SKIP
    return so_far.model_copy(
        update={
            "rows": taken + duplicates + sum(by_reason.values()),
            "unchanged": 0 if skipping else known - so_far.changed,
            "skipped": known if skipping else 0,
            "duplicates": duplicates,
            "rejected": sum(by_reason.values()),
            "rejected_by_reason": by_reason,
            "nothing_changed": not (so_far.new or so_far.changed or so_far.consents or so_far.refusals),
        }
    )


async def _keep_refused(ctx: Context, connection: AsyncConnection, found: Import, plan: Plan) -> None:
    """Rows that the merge refused are read from the file once more: carrying every row's cells along would cost all."""
    refused = await store.refused_lines(connection)
    if not refused:
        return
    chunks = raw_lines(found.file_path, plan, refused, f"{found.id}\t{ctx.workspace.id}")
    target = "copy import_rejects (import_id, workspace_id, line, reason, field, raw) from stdin"
    async with (await raw(connection)).cursor().copy(target) as copy:
        while (chunk := await asyncio.to_thread(_next, chunks)) is not None:
            await copy.write(chunk)


__all__ = ["Live", "merge"]
