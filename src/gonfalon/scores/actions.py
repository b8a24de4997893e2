"""The verbs of scores: make, change, switch on and off, archive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.members.store import check_members
from gonfalon.accounts.model import Permission
from gonfalon.accounts.versions import insert_row, save_version
from gonfalon.audiences.segments.language import Catalogue
from gonfalon.audiences.store import load_catalogue
from gonfalon.kit.errors import Conflict, Invalid
from gonfalon.kit.jobs import defer
from gonfalon.kit.locks import one_at_a_time
from gonfalon.tracking.collector.store import names

from . import store
from .definition import ScoreDefinition, dumped
from .model import Score, ScoreState, StageSize
from .rules import check_rules, find_faults
from .starters import begin
from .tables import scores

MOST_SCORES = 20
"""A workspace keeps no more: everybody has a row of each."""


async def create_score(
    ctx: Context, *, name: str, description: str = "", definition: ScoreDefinition | None = None
) -> Score:
    """Make a draft; without a definition it begins with the usual rules, made of what the workspace has."""
    ctx.require(Permission.AUDIENCES_WRITE)
    called = _named(name)
    async with ctx.transaction() as connection:
        await one_at_a_time(connection, "scores of", ctx.workspace.id)
        await _check_room(ctx, connection)
        catalogue = await load_catalogue(connection, ctx.workspace.id)
        if definition is None:
            events = [event for event, _ in await names(connection, ctx.workspace.id)]
            definition = begin(catalogue, events, ctx.workspace.language)
        await _check(ctx, connection, definition, catalogue)
        owner = UUID(ctx.actor.id) if ctx.actor.kind == "member" and ctx.actor.id else None
        values = {"name": called, "description": description.strip(), "owner_id": owner}
        score_id = await insert_row(ctx, connection, scores, **values, definition=dumped(definition))
        await ctx.audit(connection, "score.created", "score", score_id, called)
        return _checked(await store.find_score(connection, ctx.workspace.id, score_id), catalogue)


async def save_score(
    ctx: Context,
    score_id: UUID,
    version: int,
    *,
    name: str,
    description: str,
    owner_id: UUID | None,
    definition: ScoreDefinition,
) -> Score:
    """Save a score as what was made of `version`; one that runs is counted anew. Raises Conflict, NotFound, Invalid.

    Whoever gets into another stage because the rules are others is not handed over.
    """
    ctx.require(Permission.AUDIENCES_WRITE)
    called = _named(name)
    async with ctx.transaction() as connection:
        before = await store.find_score(connection, ctx.workspace.id, score_id, lock=True)
        catalogue = await load_catalogue(connection, ctx.workspace.id)
        await _check(ctx, connection, definition, catalogue)
        await check_members(ctx, connection, [owner_id])
        values = {"name": called, "description": description.strip(), "owner_id": owner_id}
        await save_version(ctx, connection, scores, score_id, version, values | {"definition": dumped(definition)})
        await ctx.audit(connection, "score.saved", "score", score_id, called)
        if before.state is ScoreState.RUNNING:
            await _count_soon(ctx, connection, score_id)
        return _checked(await store.find_score(connection, ctx.workspace.id, score_id), catalogue)


async def start_score(ctx: Context, score_id: UUID) -> Score:
    """Count a score from now on. Doing it twice changes nothing; raises Conflict while it is not ready or archived."""
    ctx.require(Permission.AUDIENCES_WRITE)
    async with ctx.transaction() as connection:
        score = await store.find_score(connection, ctx.workspace.id, score_id, lock=True)
        faults = tuple(find_faults(score.definition, await load_catalogue(connection, ctx.workspace.id)))
        if score.archived_at is not None:
            raise Conflict("score_archived", "This score is archived; bring it back before you switch it on.")
        if not score.definition.rules or faults:
            raise Conflict(
                "score_not_ready", "This score cannot be switched on yet: give it rules, each of which can be asked."
            )
        if score.state is not ScoreState.RUNNING:
            await store.set_score(connection, ctx.workspace.id, score_id, state=ScoreState.RUNNING.value)
            await ctx.audit(connection, "score.started", "score", score_id, score.name)
            await _count_soon(ctx, connection, score_id)
        return await _read(ctx, connection, score_id)


async def pause_score(ctx: Context, score_id: UUID) -> Score:
    """Count a score no longer; what everybody has stays as last counted."""
    ctx.require(Permission.AUDIENCES_WRITE)
    async with ctx.transaction() as connection:
        score = await store.find_score(connection, ctx.workspace.id, score_id, lock=True)
        if score.state is ScoreState.RUNNING:
            await store.set_score(connection, ctx.workspace.id, score_id, state=ScoreState.PAUSED.value)
            await ctx.audit(connection, "score.paused", "score", score_id, score.name)
        return await _read(ctx, connection, score_id)


async def archive_score(ctx: Context, score_id: UUID, *, archived: bool = True) -> Score:
    """Pause a score and take it out of the lists, or bring it back (paused)."""
    ctx.require(Permission.AUDIENCES_WRITE)
    async with ctx.transaction() as connection:
        await one_at_a_time(connection, "scores of", ctx.workspace.id)
        score = await store.find_score(connection, ctx.workspace.id, score_id, lock=True)
        if (score.archived_at is not None) != archived:
            if not archived:
                await _check_room(ctx, connection)
            state = ScoreState.PAUSED if score.state is ScoreState.RUNNING else score.state
            at = ctx.now if archived else None
            await store.set_score(connection, ctx.workspace.id, score_id, archived_at=at, state=state.value)
            verb = "score.archived" if archived else "score.restored"
            await ctx.audit(connection, verb, "score", score_id, score.name)
        return await _read(ctx, connection, score_id)


async def check_score(ctx: Context, score_id: UUID) -> Score:
    """Return a score, what stops it from being counted, and how many people are in each stage."""
    ctx.require(Permission.AUDIENCES_READ)
    async with ctx.reading() as connection:
        return await _read(ctx, connection, score_id)


async def list_scores(ctx: Context, *, archived: bool = False) -> Sequence[Score]:
    """Return the workspace's scores by name, with the same."""
    ctx.require(Permission.AUDIENCES_READ)
    async with ctx.reading() as connection:
        catalogue = await load_catalogue(connection, ctx.workspace.id)
        sizes = await store.newest_sizes(connection, ctx.workspace.id)
        found = await store.list_scores(connection, ctx.workspace.id, archived=archived)
    return [_checked(each, catalogue, sizes.get(each.id)) for each in found]


async def _read(ctx: Context, connection: AsyncConnection, score_id: UUID) -> Score:
    score = await store.find_score(connection, ctx.workspace.id, score_id)
    catalogue = await load_catalogue(connection, ctx.workspace.id)
    sizes = await store.newest_sizes(connection, ctx.workspace.id)
    return _checked(score, catalogue, sizes.get(score_id))


def _checked(score: Score, catalogue: Catalogue, sizes: dict[str, int] | None = None) -> Score:
    faults = tuple(find_faults(score.definition, catalogue))
    kept = sizes or {}
    stages = tuple(StageSize(each.name, kept[each.name]) for each in score.definition.stages if each.name in kept)
    return replace(score, faults=faults, stages=stages)


async def _check(ctx: Context, connection: AsyncConnection, definition: ScoreDefinition, catalogue: Catalogue) -> None:
    check_rules(definition, catalogue)
    await check_members(ctx, connection, [stage.tell for stage in definition.stages], "member")


async def _check_room(ctx: Context, connection: AsyncConnection) -> None:
    if len(await store.list_scores(connection, ctx.workspace.id)) >= MOST_SCORES:
        raise Conflict(
            "scores_many", f"There are {MOST_SCORES} scores already; archive one of them first.", most=MOST_SCORES
        )


def _named(name: str) -> str:
    if not name.strip():
        raise Invalid("score_name_missing", "Give the score a name.")
    return name.strip()


async def _count_soon(ctx: Context, connection: AsyncConnection, score_id: UUID) -> None:
    from .jobs import count_score_job

    await defer(connection, count_score_job, score_id=str(score_id), workspace_id=ctx.workspace.id)
