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
from gonfalon.people.imports.model import Phase, Plan, Progress, Result, Target
from gonfalon.people.imports.outcomes import Example
from gonfalon.people.imports.reasons import DUPLICATE
from gonfalon.people.imports.recipe import Recipe, channels_of, make_recipe
from gonfalon.people.imports.rows import STAGE_COLUMNS, raw_lines, stage_lines
from gonfalon.people.imports.rules import check_plan
from gonfalon.people.imports.store import Import
from gonfalon.people.model import Channel, Existing
from gonfalon.people.offers import Dead, Lists, Suppresses
from gonfalon.people.profiles.store import change_tags

SHOWN = 20
"""People shown of what an import would change."""


@dataclass
class Live:
    """What a running import says of itself while it runs; read by whoever shows the progress."""

    progress: Progress

    def say(self, phase: Phase, **more: int) -> None:
        """Note a new phase or how far reading is."""
        self.progress = self.progress.model_copy(update={"phase": phase, **more})


async def merge(ctx: Context, connection: AsyncConnection, found: Import, plan: Plan, live: Live) -> Result:
    """Take the file's people in, in the caller's transaction."""
    _, made = await _match(ctx, connection, found, plan, live)
    live.say(Phase.SAVING)
    w = ctx.workspace.id
    new, changed = await _save(ctx, connection, found, plan)
    listed = 0
    for each in plan.lists:
        for room in ctx.services.offered(Lists):
            listed += await room.add(ctx, connection, each, _LISTED[plan.existing is Existing.SKIP])
    joined = 0
    if any(each.to is Target.COMPANY for each in plan.columns):
        known_too = plan.existing is not Existing.SKIP
        joined = (await store.run_step(connection, "join_companies", workspace_id=w, known_too=known_too)).rowcount
    live.say(Phase.CONSENT)
    consents, refusals = await _record_consent(ctx, connection, found, plan)
    suppressed = await _suppress(ctx, connection, found, plan)
    live.say(Phase.REPORTING)
    so_far = Result(
        new=new, changed=changed, consents=consents, refusals=refusals, suppressed=suppressed, new_attributes=made,
        left_open=await _left_open(connection, plan), listed=listed, joined=joined,
    )  # fmt: skip
    result = await count_rows(connection, plan, so_far)
    await store.run_step(connection, "keep_rejects", import_id=found.id, workspace_id=w)
    await _keep_refused(ctx, connection, found)
    return result


async def rehearse(
    ctx: Context, connection: AsyncConnection, found: Import, plan: Plan, live: Live
) -> tuple[Result, list[Example]]:
    """Return what `merge` would do and the first people it would change, without doing it; the caller rolls back."""
    _, made = await _match(ctx, connection, found, plan, live)
    live.say(Phase.SAVING)
    changed = 0 if plan.existing is Existing.SKIP else await store.count_edits(connection)
    consents, refusals = await _count_consent(ctx, connection, plan)
    live.say(Phase.REPORTING)
    so_far = Result(
        new=await store.count_new(connection), changed=changed, consents=consents, refusals=refusals,
        new_attributes=made, left_open=await _left_open(connection, plan),
    )  # fmt: skip
    result = await count_rows(connection, plan, so_far)
    return result, await store.first_changes(connection, sorted(set(plan.tags)), SHOWN)


async def _match(
    ctx: Context, connection: AsyncConnection, found: Import, plan: Plan, live: Live
) -> tuple[Recipe, list[str]]:
    """Reads the file into the stage and finds whom each row means and what it changes; the recipe, new attributes."""
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
    await store.run_step(connection, "match_people", plan.match, workspace_id=w, create=plan.create)
    await store.analyze(connection, "import_people")
    columns = {kind: recipe.names[at] for kind, (at, _) in recipe.identities.items()}
    await store.run_step(
        connection, "reject_faults", phone=columns.get("phone", ""), external_id=columns.get("external_id", "")
    )
    if plan.existing is not Existing.SKIP:
        await store.run_step(connection, "find_changes", tags=sorted(set(plan.tags)), **_filled(plan, recipe))
    return recipe, made


def _filled(plan: Plan, recipe: Recipe) -> dict[str, Any]:
    """What is only filled where a person has nothing yet: attributes by key, and the identities."""
    fills = {
        each.column for each in plan.columns
        if (each.rule or plan.existing.value) == Existing.FILL.value
    }  # fmt: skip
    identities = {f"fill_{each.value}": False for each in (Target.EMAIL, Target.PHONE, Target.EXTERNAL_ID)}
    return {
        **identities,
        **{f"fill_{kind}": column in fills for kind, (column, _) in recipe.identities.items()},
        "filled": [key for column, key, _ in recipe.attributes if column in fills],
    }


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
            await set_choices(ctx, connection, key, sorted(choices)[:MAX_CHOICES])


async def _save(ctx: Context, connection: AsyncConnection, found: Import, plan: Plan) -> tuple[int, int]:
    """Inserts the new and updates the known; how many of each."""
    w, tags = ctx.workspace.id, sorted(set(plan.tags))
    if tags:
        await change_tags(connection, w, [], tags)  # makes them known as tags of the workspace
    if any(each.to is Target.TAGS for each in plan.columns):
        known_too = plan.existing is not Existing.SKIP
        await store.run_step(connection, "keep_tags", workspace_id=w, known_too=known_too)
    expected = await store.count_new(connection)
    new = (await store.run_step(connection, "insert_people", workspace_id=w, tags=tags)).rowcount
    if new < expected:
        await store.run_step(connection, "reject_raced")
    if plan.existing is Existing.SKIP:
        return new, 0
    changed = await store.run_step(connection, "update_people")
    await store.run_step(connection, "keep_changes", import_id=found.id, workspace_id=w)
    return new, changed.rowcount


_LISTED = {
    False: "select person_id from import_people where fault is null",
    True: "select person_id from import_people where fault is null and is_new",
}
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


async def _count_consent(ctx: Context, connection: AsyncConnection, plan: Plan) -> tuple[int, int]:
    """What `_record_consent` would answer."""
    given, refusing = plan.consent, any(each.to is Target.CONSENT for each in plan.columns)
    if given is None and not refusing:
        return 0, 0
    stated = given is not None
    asked = {
        "workspace_id": ctx.workspace.id,
        "topic_ids": given.topic_ids if given else [],
        "at": given.at if given else None,
        "new_only": plan.existing is Existing.SKIP,
    }
    main, aside = channels_of(plan)
    granted, refused = await store.count_statements(connection, "answer", channel=main.value, stated=stated, **asked)
    if not refusing:
        return granted, 0
    _, elsewhere = await store.count_statements(
        connection, "aside", channel=aside.value, stated=False, **(asked | {"at": None})
    )
    return granted, refused + elsewhere


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


async def count_rows(connection: AsyncConnection, plan: Plan, so_far: Result) -> Result:
    """Return the result with how the file's rows came out."""
    counts = (await store.run_step(connection, "count_rows")).all()
    taken = sum(row.rows for row in counts if not row.reason)
    notes = {row.note: row.rows for row in counts if row.note}
    by_reason = {row.reason: row.rows for row in counts if row.reason}
    duplicates = by_reason.pop(DUPLICATE, 0)
    known = taken - so_far.new
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
                (
                    so_far.new,
                    so_far.changed,
                    so_far.consents,
                    so_far.refusals,
                    so_far.suppressed,
                    so_far.listed,
                    so_far.joined,
                )
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
