"""Try rules and stages on what is known, before anybody is counted by them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.audiences.segments.compile import Question
from gonfalon.audiences.segments.layout import Layout
from gonfalon.audiences.segments.membership import AudienceQuery
from gonfalon.audiences.store import moment_of

from . import store
from .definition import BehaviourRule, ScoreDefinition
from .model import ScoreBucket, Scored, StageSize
from .points import compile_points, totalled
from .rules import check_rules, in_buckets, in_stages, stage_of

SAMPLE = 5
PAST_DAYS = (30, 60, 90)


@dataclass(frozen=True, slots=True)
class ScorePast:
    """How many would have been in each stage so many days ago; without ``stages`` the ``reason`` why nobody knows.

    ``no_behaviour``: no rule counts what people did, and what they were then is not kept. ``too_early``: nothing that
    the rules count had happened yet.
    """

    days: int
    stages: tuple[StageSize, ...] = ()
    reason: Literal["no_behaviour", "too_early"] | None = None


@dataclass(frozen=True, slots=True)
class ScoreSimulation:
    """What a score would give everybody now: people by tens of points and by stage, some of each, and the past.

    The past counts what people did until then; conditions hold in it as they do today.
    """

    total: int
    lowest: int | None
    highest: int | None
    buckets: tuple[ScoreBucket, ...]
    stages: tuple[StageSize, ...]
    samples: tuple[Scored, ...]
    past: tuple[ScorePast, ...]


async def simulate(ctx: Context, definition: ScoreDefinition) -> ScoreSimulation:
    """Try a definition on everybody of the workspace; nothing is kept. Raises RuleInvalid, Unavailable."""
    ctx.require(Permission.AUDIENCES_READ)
    async with ctx.reading() as connection:
        query = await AudienceQuery.of(ctx, connection)
        check_rules(definition, query.catalogue)
        trial = _Trial(ctx, query, definition)
        people = await trial.totals(None)
        samples = await trial.samples() if ctx.may(Permission.PEOPLE_READ) else {}
        known = await store.people_in_short(connection, ctx.workspace.id, list(samples))
        past = [await trial.past(days) for days in PAST_DAYS]
    stages = definition.stages
    shown = [
        Scored(**known[id_], fit=fit, engagement=engagement, total=fit + engagement,
               stage=stage_of(fit + engagement, stages))
        for id_, (fit, engagement) in samples.items()
        if id_ in known
    ]  # fmt: skip
    return ScoreSimulation(
        total=sum(people.values()),
        lowest=min(people, default=None),
        highest=max(people, default=None),
        buckets=in_buckets(people),
        stages=in_stages(people, stages),
        samples=tuple(shown),
        past=tuple(past),
    )


@dataclass(frozen=True)
class _Trial:
    """Asks about one definition, at one moment."""

    ctx: Context
    query: AudienceQuery
    definition: ScoreDefinition

    def _points(self, layout: Layout, at: datetime | None) -> Question:
        rules = self.definition.rules
        points = compile_points(
            rules,
            workspace=self.ctx.workspace.id,
            catalogue=self.query.catalogue,
            moment=moment_of(self.ctx),
            layout=layout,
            at=at,
        )
        return totalled(rules, points)

    async def totals(self, at: datetime | None) -> dict[int, int]:
        """How many people have which total."""

        def asked(layout: Layout) -> Question:
            points = self._points(layout, at)
            sql = f"select fit + engagement as total, count(*) from ({points.sql}) everybody group by 1"  # noqa: S608
            return Question(sql, points.params)

        return {int(total): int(number) for total, number in await self.query.ask(asked)}

    async def samples(self) -> dict[int, tuple[int, int]]:
        """Fit and engagement of some people of each stage, those with the most points first."""

        def asked(layout: Layout) -> Question:
            points = self._points(layout, None)
            limits = " ".join(
                f"when fit + engagement >= {stage.at_least:d} then {number:d}"
                for number, stage in reversed(list(enumerate(self.definition.stages)))
                if stage.at_least is not None
            )
            stage = f"case {limits} else 0 end" if limits else "0"
            ranked = (
                "select person_id, fit, engagement, row_number() over"  # noqa: S608
                f" (partition by {stage} order by fit + engagement desc, person_id) as place"
                f" from ({points.sql}) everybody"
            )
            sql = (
                f"select person_id, fit, engagement from ({ranked}) ranked where place <= {SAMPLE:d}"  # noqa: S608
                " order by fit + engagement desc, person_id"
            )
            return Question(sql, points.params)

        return {int(row[0]): (int(row[1]), int(row[2])) for row in await self.query.ask(asked)}

    async def past(self, days: int) -> ScorePast:
        """How many would have been in each stage so many days ago."""
        at = self.ctx.now - timedelta(days=days)
        behaviour = [rule for rule in self.definition.rules if isinstance(rule, BehaviourRule)]
        if not behaviour:
            return ScorePast(days, reason="no_behaviour")
        if not await self._happened(behaviour, at):
            return ScorePast(days, reason="too_early")
        return ScorePast(days, in_stages(await self.totals(at), self.definition.stages))

    async def _happened(self, behaviour: Sequence[BehaviourRule], at: datetime) -> bool:
        """Whether anything that the rules count had happened by then."""

        def asked(layout: Layout) -> Question:
            points = compile_points(
                behaviour,
                workspace=self.ctx.workspace.id,
                catalogue=self.query.catalogue,
                moment=moment_of(self.ctx),
                layout=layout,
                at=at,
            )
            any_of = " or ".join(f"n{number:d} is not null" for number in range(len(behaviour)))
            return Question(f"select 1 from ({points.sql}) everybody where {any_of} limit 1", points.params)  # noqa: S608

        return bool(await self.query.ask(asked))
