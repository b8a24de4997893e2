"""The one transaction of an import: file → stage → match → people, consent and report. All or nothing.

The stage is a temporary table of the transaction. So an import that is killed at any point has changed nothing, and
running it again begins anew; there is nothing to clean up and nothing that could be done twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.kit.db import raw
from gonfalon.people.attributes import actions as attributes
from gonfalon.people.attributes.rules import MAX_CHOICES
from gonfalon.people.attributes.store import attributes_of, set_choices
from gonfalon.people.consent.model import ConsentSource, ConsentState, Statement
from gonfalon.people.consent.store import write_statement
from gonfalon.people.identities.rules import erased_key
from gonfalon.people.imports import store
from gonfalon.people.imports.model import Existing, Phase, Plan, Progress, Result, Target
from gonfalon.people.imports.reasons import DUPLICATE
from gonfalon.people.imports.rows import (
    STAGE_COLUMNS,
    Recipe,
    channels_of,
    make_recipe,
    raw_lines,
    stage_lines,
)
from gonfalon.people.imports.rules import check_plan
from gonfalon.people.imports.store import Import
from gonfalon.people.model import Channel
from gonfalon.people.offers import Dead, Suppresses
from gonfalon.people.profiles.store import change_tags


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
    await store.run_step(connection, "create_stage")
    await _fill_stage(connection, found, recipe, live)
    await _keep_choices(ctx, connection, recipe)
    live.say(Phase.MATCHING)
    await store.analyze(connection, "import_rows")
    w = ctx.workspace.id
    await store.run_step(connection, "reject_duplicates", plan.match)
    if await store.somebody_was_erased(connection, w):
        key = erased_key(ctx.services.secrets)
        await store.run_step(connection, "reject_erased", plan.match, workspace_id=w, erased_key=key)
    await store.run_step(connection, "match_people", plan.match, workspace_id=w)
    await store.analyze(connection, "import_people")
    columns = {kind: recipe.names[at] for kind, (at, _) in recipe.identities.items()}
    await store.run_step(
        connection, "reject_faults", phone=columns.get("phone", ""), external_id=columns.get("external_id", "")
    )
    live.say(Phase.SAVING)
    new, changed = await _save(connection, w, plan)
    live.say(Phase.CONSENT)
    consents, refusals = await _record_consent(ctx, connection, found, plan)
    suppressed = await _suppress(ctx, connection, found, plan)
    live.say(Phase.REPORTING)
    so_far = Result(
        new=new, changed=changed, consents=consents, refusals=refusals, suppressed=suppressed, new_attributes=made,
        left_open=await _left_open(connection, plan),
    )  # fmt: skip
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
    recipe = make_recipe(
        plan, found.detected.columns, declared, new_keys, ctx.workspace.currency, found.detected.reading,
        ZoneInfo(ctx.workspace.time_zone),
    )  # fmt: skip
    return recipe, list(new_keys.values())


async def _fill_stage(connection: AsyncConnection, found: Import, recipe: Recipe, live: Live) -> None:
    """Streams the file into the stage. The next chunk is made in a thread while the database takes this one."""
    chunks = stage_lines(found.file_path, recipe)
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
    for key, choices in recipe.grown.items():
        if choices:
            await set_choices(connection, ctx.workspace.id, key, sorted(choices)[:MAX_CHOICES])


async def _save(connection: AsyncConnection, workspace_id: int, plan: Plan) -> tuple[int, int]:
    """Inserts the new and updates the known; how many of each."""
    tags = sorted(set(plan.tags))
    if tags:
        await change_tags(connection, workspace_id, [], tags)  # makes them known as tags of the workspace
    if any(each.to is Target.TAGS for each in plan.columns):
        known_too = plan.existing is not Existing.SKIP
        await store.run_step(connection, "keep_tags", workspace_id=workspace_id, known_too=known_too)
    expected = await store.count_new(connection)
    new = (await store.run_step(connection, "insert_people", workspace_id=workspace_id, tags=tags)).rowcount
    if new < expected:
        await store.run_step(connection, "reject_raced")
    if plan.existing is Existing.SKIP:
        return new, 0
    overwrite = plan.existing is Existing.OVERWRITE
    changed = await store.run_step(connection, "update_people", overwrite=overwrite, tags=tags)
    return new, changed.rowcount


_SAYS_YES = "select person_id, agreed_at from import_people where fault is null and answer = 0"
_REFUSE = {
    True: "select person_id, null::timestamptz from import_people where fault is null and answer in (2, 4)",
    False: "select person_id, null::timestamptz from import_people where fault is null and aside in (2, 4)",
}
_ADDRESS = {Channel.EMAIL: "r.email", Channel.SMS: "r.phone"}
_DEGREE = {True: 3, False: 4}
"""What an answer is in the stage of an address that bounced, and of one that is blocked."""


async def _record_consent(ctx: Context, connection: AsyncConnection, found: Import, plan: Plan) -> tuple[int, int]:
    """How many states of consent were granted, and how many refused.

    Refusals count without a statement too, for every topic, and for people who are skipped.
    """
    given, granted, refused = plan.consent, 0, 0
    main, aside = channels_of(plan)
    details = {"import": str(found.id), "file": found.file_name, "actor": ctx.actor.name}
    statement = Statement(main, ConsentState.WITHDRAWN, ConsentSource.IMPORT, details=details)
    if given is not None:
        statement = replace(statement, at=given.at, details=details | {"origin": given.origin})
        people = f"{_SAYS_YES} and is_new" if plan.existing is Existing.SKIP else _SAYS_YES
        agreed = replace(statement, state=ConsentState.GRANTED, wording=given.wording)
        granted = await write_statement(connection, ctx.workspace.id, people, given.topic_ids, agreed)
    if any(each.to is Target.CONSENT for each in plan.columns):
        topics = None if given is None else given.topic_ids
        refused += await write_statement(connection, ctx.workspace.id, _REFUSE[True], topics, statement)
        elsewhere = replace(statement, channel=aside, at=None)
        refused += await write_statement(connection, ctx.workspace.id, _REFUSE[False], None, elsewhere)
    return granted, refused


async def _suppress(ctx: Context, connection: AsyncConnection, found: Import, plan: Plan) -> int:
    """Suppresses the addresses that bounced elsewhere or are blocked there; how many are new on the list."""
    if not any(each.to is Target.CONSENT for each in plan.columns):
        return 0
    count = 0
    for column, channel in zip(("answer", "aside"), channels_of(plan), strict=True):
        for bounced, degree in _DEGREE.items() if channel in _ADDRESS else ():
            address = _ADDRESS[channel]
            query = (
                f"select {address} from import_people i join import_rows r using (line)"  # noqa: S608 (our own words)
                f" where i.fault is null and i.{column} = {degree} and {address} is not null"
            )
            dead = Dead(ctx.workspace.id, channel, bounced, query, found.file_name)
            for room in ctx.services.offered(Suppresses):
                count += await room.suppress(ctx, connection, dead)
    return count


async def _left_open(connection: AsyncConnection, plan: Plan) -> int:
    """How many people get no consent though the rest of the file does: their row says neither yes nor no."""
    if plan.consent is None:
        return 0
    return await store.count_undecided(connection)


async def _report(ctx: Context, connection: AsyncConnection, found: Import, plan: Plan, so_far: Result) -> Result:
    """Counts, and keeps every refused row with its cells."""
    counts = (await store.run_step(connection, "count_rows")).all()
    taken = sum(row.rows for row in counts if not row.reason)
    notes = {row.note: row.rows for row in counts if row.note}
    by_reason = {row.reason: row.rows for row in counts if row.reason}
    duplicates = by_reason.pop(DUPLICATE, 0)
    known = taken - so_far.new
    await store.run_step(connection, "keep_rejects", import_id=found.id, workspace_id=ctx.workspace.id)
    await _keep_refused(ctx, connection, found)
    skipping = plan.existing is Existing.SKIP
    return so_far.model_copy(
        update={
            "rows": taken + duplicates + sum(by_reason.values()),
            "unchanged": 0 if skipping else known - so_far.changed,
            "skipped": known if skipping else 0,
            "duplicates": duplicates,
            "rejected": sum(by_reason.values()),
            "rejected_by_reason": by_reason,
            "incomplete": sum(notes.values()),
            "incomplete_by_reason": notes,
            "nothing_changed": not any(
                (so_far.new, so_far.changed, so_far.consents, so_far.refusals, so_far.suppressed)
            ),
        }
    )


async def _keep_refused(ctx: Context, connection: AsyncConnection, found: Import) -> None:
    """Rows that the merge tells of are read from the file once more: carrying the cells of all along costs more."""
    told = await store.told_lines(connection)
    if not told:
        return
    chunks = raw_lines(found.file_path, found.detected.reading, told, f"{found.id}\t{ctx.workspace.id}")
    target = "copy import_rejects (import_id, workspace_id, line, taken, reason, field, raw) from stdin"
    async with (await raw(connection)).cursor().copy(target) as copy:
        while (chunk := await asyncio.to_thread(_next, chunks)) is not None:
            await copy.write(chunk)
