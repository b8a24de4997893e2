"""Count scores: everybody's points of one score in one statement, at one instant."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context, system_context
from gonfalon.accounts.store import workspace_by_id
from gonfalon.audiences.segments.columnar import DuckLayout
from gonfalon.audiences.segments.compile import Question
from gonfalon.audiences.segments.layout import Layout, PostgresLayout
from gonfalon.audiences.segments.membership import AudienceQuery, columns_of_integers
from gonfalon.audiences.segments.moment import Moment
from gonfalon.kit.clock import utcnow
from gonfalon.kit.engine import Engine
from gonfalon.kit.errors import NotFound
from gonfalon.kit.locks import is_first
from gonfalon.kit.log import log
from gonfalon.kit.services import Services
from gonfalon.teamwork.actions import notify
from gonfalon.teamwork.model import NoticeKind, Thing, ThingKind

from . import store
from .model import MoveCause, Score, ScoreState
from .points import compile_points, totalled
from .rules import find_faults

COPY_SECONDS = 60.0
COUNT_SECONDS = 300.0
KEPT_DAYS = 180


async def count_all(services: Services) -> int:
    """Count every score that runs, each in a transaction of its own; a fault stays in its own. Return how many."""
    async with services.db.reading() as connection:
        running = await store.running_scores(connection)
    done = 0
    for score_id, workspace_id in running:
        try:
            done += await count_score(services, workspace_id, score_id)
        except Exception as error:  # whatever it is, the others go on
            log.warning("score_failing", score=str(score_id), problem=str(error)[:500])
    return done


async def count_score(services: Services, workspace_id: int, score_id: UUID) -> bool:
    """Make what everybody has of a score what its rules give them now; whether that was possible.

    It is not while somebody else counts it, while a rule of it cannot be asked, or while the copy is being built; all
    stays as it was then.
    """
    async with services.db.transaction() as connection:
        if not await is_first(connection, "score", score_id):
            return False
        ctx = system_context(services, await workspace_by_id(connection, workspace_id))
        try:
            score = await store.find_score(connection, workspace_id, score_id)
        except NotFound:
            return False
        query = await AudienceQuery.of(ctx, connection)
        if score.state is not ScoreState.RUNNING or any(find_faults(score.definition, query.catalogue)):
            return False
        now = ctx.now
        if not await _lay_out(ctx, connection, query, score, Moment(now, ctx.zone)):
            return False
        same = score.refreshed_version in (score.version, None)
        cause = MoveCause.PERSON if same else MoveCause.RULES
        day = now.astimezone(ctx.zone).date()
        stages = score.definition.stages
        await store.apply_found(connection, workspace_id, score_id, stages, cause=cause, now=now, day=day)
        await store.set_score(connection, workspace_id, score_id, refreshed_at=now, refreshed_version=score.version)
        await _hand_over(ctx, connection, score, now)
        return True


async def _hand_over(ctx: Context, connection: AsyncConnection, score: Score, now: datetime) -> None:
    """Raise events for who rose into a stage that asks for it, and tell its member how many there are."""
    stages = score.definition.stages
    await store.raise_risen(
        connection, ctx.workspace.id, score, [each.name for each in stages if each.raise_event], now
    )
    told = [each for each in stages if each.tell is not None]
    risen = await store.risen_at(connection, ctx.workspace.id, score.id, now) if told else {}
    for stage in told:
        if stage.tell is not None and risen.get(stage.name):
            await notify(
                ctx,
                connection,
                NoticeKind.STAGE_REACHED,
                to=[stage.tell],
                thing=Thing(ThingKind.SCORE, score.id),
                title=score.name,
                once=f"{stage.name} {now.isoformat()}",
                stage=stage.name,
                risen=risen[stage.name],
            )


async def _lay_out(
    ctx: Context, connection: AsyncConnection, query: AudienceQuery, score: Score, moment: Moment
) -> bool:
    """Lay out everybody's points, by the copy where there is one; False while it cannot be had."""
    rules = score.definition.rules

    def asked_of(layout: Layout) -> Question:
        points = compile_points(
            rules, workspace=ctx.workspace.id, catalogue=query.catalogue, moment=moment, layout=layout
        )
        return totalled(rules, points)

    if ctx.services.find(Engine) is None:
        await store.lay_out_asked(connection, asked_of(PostgresLayout()))
        return True
    engine = await query.copy(COPY_SECONDS)
    if engine is None:
        return False
    question = asked_of(DuckLayout())
    found = await engine.ask(
        lambda cursor: columns_of_integers(cursor, question.sql, question, 3), within=COUNT_SECONDS
    )
    await store.lay_out_copied(connection, found)
    return True


async def forget_old(services: Services) -> int:
    """Forget how scores changed more than half a year ago; return how many moves."""
    async with services.db.transaction() as connection:
        return await store.delete_old(connection, utcnow() - timedelta(days=KEPT_DAYS))
