"""What pages show of scores: why somebody has so many points, and how a score spreads and moves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.audiences.segments.layout import PostgresLayout
from gonfalon.audiences.store import load_catalogue, moment_of
from gonfalon.people.profiles.store import find_person

from . import store
from .definition import BehaviourRule, ScoreCategory
from .model import PersonScore, Score, ScoreBucket, ScoreReason, ScoreState, StageDay
from .points import compile_points
from .rules import find_faults, in_buckets, stage_of

HISTORY_DAYS = 180


@dataclass(frozen=True, slots=True)
class ScoreFigures:
    """How a score's points spread, and how many people were in each stage day by day."""

    total: int
    buckets: tuple[ScoreBucket, ...]
    days: tuple[StageDay, ...]


async def explain(ctx: Context, person_id: int) -> list[PersonScore]:
    """Return why a person has so many points of each score that runs, asked of the truth at this moment.

    Scores with a rule that cannot be asked are left out; so are all for somebody erased. Raises NotFound.
    """
    ctx.require(Permission.AUDIENCES_READ)
    ctx.require(Permission.PEOPLE_READ)
    workspace = ctx.workspace.id
    async with ctx.reading() as connection:
        await find_person(connection, workspace, person_id)
        catalogue = await load_catalogue(connection, workspace)
        kept = await store.kept_of(connection, workspace, person_id)
        history = await store.history_of(connection, workspace, person_id, ctx.today - timedelta(days=HISTORY_DAYS))
        found = []
        for score in await store.list_scores(connection, workspace):
            if score.state is not ScoreState.RUNNING or any(find_faults(score.definition, catalogue)):
                continue
            question = compile_points(
                score.definition.rules,
                workspace=workspace,
                catalogue=catalogue,
                moment=moment_of(ctx),
                layout=PostgresLayout(),
                people=[person_id],
            )
            row = await store.first_row(connection, question)
            if row is None:
                continue
            reasons = _reasons(score, row)
            fit, engagement = (
                sum(each.points for each in reasons if each.category is category) for category in ScoreCategory
            )
            mine = kept.get(score.id)
            found.append(
                PersonScore(
                    score_id=score.id,
                    name=score.name,
                    definition=score.definition,
                    fit=fit,
                    engagement=engagement,
                    total=fit + engagement,
                    stage=stage_of(fit + engagement, score.definition.stages),
                    reasons=reasons,
                    kept=mine.total if mine else None,
                    since=mine.since if mine else None,
                    refreshed_at=score.refreshed_at,
                    history=tuple(history.get(score.id, ())),
                )
            )
        return found


def _reasons(score: Score, row: Any) -> tuple[ScoreReason, ...]:
    found = []
    for number, rule in enumerate(score.definition.rules):
        points = int(row[f"p{number}"])
        if isinstance(rule, BehaviourRule):
            last: datetime | None = row[f"t{number}"]
            at = last.astimezone(UTC) if last else None
            found.append(ScoreReason(number, rule.category, points, int(row[f"n{number}"] or 0), at))
        else:
            found.append(ScoreReason(number, rule.category, points))
    return tuple(found)


async def figures_of(ctx: Context, score_id: UUID) -> ScoreFigures:
    """Return how the points of a score spread as last counted, and its stages over time."""
    ctx.require(Permission.AUDIENCES_READ)
    async with ctx.reading() as connection:
        await store.find_score(connection, ctx.workspace.id, score_id)
        totals = await store.totals_of(connection, ctx.workspace.id, score_id)
        since = ctx.today - timedelta(days=HISTORY_DAYS)
        days = await store.days_of(connection, ctx.workspace.id, score_id, since)
    return ScoreFigures(sum(totals.values()), in_buckets(totals), tuple(days))
