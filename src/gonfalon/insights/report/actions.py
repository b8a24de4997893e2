"""Reading the report. Nothing here writes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.insights.report import rules, store
from gonfalon.insights.report.effects import of_touchpoints
from gonfalon.insights.report.model import (
    BreakdownRow,
    Bucket,
    Cell,
    Figure,
    GoalProgress,
    KeyNumbers,
    Missing,
    Report,
    ReportMoment,
    Scope,
    Step,
    TouchpointReport,
    Withheld,
)
from gonfalon.insights.report.plan import CampaignPlan
from gonfalon.insights.report.question import Counted, Facts, ask, count_campaigns
from gonfalon.kit.engine import Engine, Snapshot
from gonfalon.kit.errors import Invalid, NotFound, Unavailable
from gonfalon.metrics.catalogue import METRICS, behind
from gonfalon.people.attributes.model import Attribute
from gonfalon.people.attributes.store import attributes_of
from gonfalon.people.profiles.model import Person

T = TypeVar("T")
Orders = dict[int, list[tuple[datetime, int]]]
"""When and what credited conversions were, by person; money in minor units."""
CATCH_UP_SECONDS = 2.0
QUESTION_SECONDS = 30.0
EXPORT_SLICE = 5_000
_UNCOUNTED = Counted(None, Missing.NO_CONTROL, True)


async def read_report(ctx: Context, campaign_id: UUID) -> Report:
    """Return the whole report. Raises NotFound, and Unavailable while the analytics copy is being built."""
    ctx.require(Permission.REPORTS_READ)
    plan = await _plan(ctx, campaign_id)
    engine = await engine_now(ctx)
    at = engine.status().at or ctx.now  # before the question: it sees this state or a later one
    step = Step.usual(at - plan.began(at))

    def question(facts: Facts) -> Report:
        counts = facts.counts()
        reasons = facts.reasons()
        groups = facts.groups()
        visits = facts.visits_told()
        effects = of_touchpoints(groups, plan.attribution.conversion_event)
        total = rules.total(plan, counts.get(None), facts.effect(groups), visits)
        return Report(
            plan=plan,
            at=at,
            total=total,
            reasons=_summed(reasons),
            touchpoints=tuple(
                TouchpointReport(
                    each,
                    rules.of_touchpoint(
                        each, counts.get(each.id), effects.get(each.id, Missing.NO_CONTROL), visits, plan.hears_back
                    ),
                    reasons.get(each.id, ()),
                )
                for each in plan.touchpoints
            ),
            links=facts.links(),
            groups=groups,
            lifts=rules.lifts(groups),
            goal=_progress(ctx, plan, total),
            unconverted=facts.unconverted(),
            unplaced_visits=facts.unplaced_visits(),
            loose_reversals=facts.loose_reversals(),
            step=step,
            series=facts.moments(step, at - step.span, ctx.zone),
        )

    return await engine.ask(ask(plan, question), within=QUESTION_SECONDS)


async def read_key_numbers(ctx: Context, ids: Sequence[UUID], *, with_goal: bool = False) -> tuple[KeyNumbers, ...]:
    """Return the figures of several campaigns as wholes, the newest first, by one pass over their messages.

    Those that are not this workspace's are left out, and `with_goal` those without a goal: nothing is counted for them.
    Raises Unavailable as `read_report`.
    """
    ctx.require(Permission.REPORTS_READ)
    async with ctx.reading() as connection:
        plans = await store.load_plans(ctx, connection, ids)
    if with_goal:
        plans = [plan for plan in plans if plan.goal is not None]
    counted: dict[UUID, Counted] = {}
    if any(plan.reported for plan in plans):
        engine = await engine_now(ctx)
        counted = await engine.ask(lambda cursor: count_campaigns(cursor, plans), within=QUESTION_SECONDS)
    found = []
    for plan in plans:
        one = counted.get(plan.id, _UNCOUNTED)
        total = rules.total(plan, one.counts, one.effect, one.visits)
        found.append(KeyNumbers(plan, total, _progress(ctx, plan, total)))
    return tuple(found)


async def list_reports(ctx: Context, after: UUID | None, limit: int, words: str) -> tuple[tuple[KeyNumbers, ...], bool]:
    """Return a page of the campaigns of which something was launched, the newest first, and whether there are more."""
    ctx.require(Permission.REPORTS_READ)
    async with ctx.reading() as connection:
        ids = await store.launched_campaigns(ctx, connection, after, limit + 1, words)
    return await read_key_numbers(ctx, ids[:limit]), len(ids) > limit


def _progress(ctx: Context, plan: CampaignPlan, total: Mapping[str, Figure]) -> GoalProgress | None:
    if plan.goal is None:
        return None
    return rules.progress(plan.goal, total[plan.goal.metric.value], ctx.today, plan.starts_on)


async def read_breakdown(
    ctx: Context, campaign_id: UUID, attribute: str, touchpoint_id: UUID | None
) -> list[BreakdownRow]:
    """Return every figure for each value (or range) of a declared attribute; each message is in exactly one row."""
    ctx.require(Permission.REPORTS_READ)
    plan = await _plan(ctx, campaign_id, touchpoint_id)
    async with ctx.reading() as connection:
        kind = await store.attribute_kind(ctx, connection, attribute)
    rows = await _ask(ctx, plan, lambda facts: facts.breakdown(attribute, kind, touchpoint_id))
    about = [each for each in plan.touchpoints if touchpoint_id in (None, each.id) and each.begun]
    launched = [each for each in about if each.sent_here]
    scope = Scope(
        messages=bool(launched) or not about,
        tracked=not launched or any(each.tracked for each in launched),
        hears_back=plan.hears_back,
        reach=Missing.WHOLE_ONLY,
        effect=Missing.WHOLE_ONLY,
    )
    return [BreakdownRow(bucket, rules.figures(counts, None, scope)) for bucket, counts in rows]


async def read_series(
    ctx: Context, campaign_id: UUID, step: Step, since: datetime, touchpoint_id: UUID | None = None
) -> tuple[ReportMoment, ...]:
    """Return what happened when, since a moment, in the campaign or in one touchpoint of it; days are the
    workspace's."""
    ctx.require(Permission.REPORTS_READ)
    plan = await _plan(ctx, campaign_id, touchpoint_id)
    return await _ask(ctx, plan, lambda facts: facts.moments(step, since, ctx.zone, touchpoint_id))


async def read_printed(ctx: Context, campaign_id: UUID) -> tuple[Report, tuple[ReportMoment, ...], Step]:
    """Return the report with what happened when, by hours in the first days and by days from then on."""
    report = await read_report(ctx, campaign_id)
    since = report.plan.began(ctx.now)
    step = Step.HOUR if report.at - since < timedelta(days=4) else Step.DAY
    return report, await read_series(ctx, campaign_id, step, since), step


async def list_people(
    ctx: Context, campaign_id: UUID, cell: Cell, after: int, limit: int
) -> tuple[list[Person], int, int | None, Orders]:
    """Return a page of the people behind a figure, by id; how many there are in all; the id to go on after; their
    orders."""
    ctx.require(Permission.REPORTS_READ)
    ctx.require(Permission.PEOPLE_READ)
    plan, kind = await _cell(ctx, campaign_id, cell)

    def question(facts: Facts) -> tuple[list[int], int, Orders]:
        found = facts.people(cell, kind, after, limit + 1)
        return found, facts.count_people(cell, kind), facts.orders(cell, found[:limit])

    ids, total, orders = await _ask(ctx, plan, question)
    async with ctx.reading() as connection:
        rows = await store.list_people(ctx, connection, ids[:limit])
    return rows, total, ids[limit - 1] if len(ids) > limit else None, orders


async def export_people(
    ctx: Context, campaign_id: UUID, cell: Cell
) -> tuple[list[Attribute], AsyncIterator[list[Person]]]:
    """Return the declared attributes and, slice by slice, everybody behind a figure; written to the audit trail."""
    ctx.require(Permission.REPORTS_READ)
    ctx.require(Permission.PEOPLE_EXPORT)
    plan, kind = await _cell(ctx, campaign_id, cell)
    ids = await _ask(ctx, plan, lambda facts: facts.people(cell, kind, 0, None))
    async with ctx.transaction() as connection:
        columns = list((await attributes_of(connection, ctx.workspace.id)).values())
        await ctx.audit(
            connection,
            "report.people_exported",
            "campaign",
            campaign_id,
            plan.name,
            people=len(ids),
            metric=cell.metric,
        )

    async def slices() -> AsyncIterator[list[Person]]:
        for start in range(0, len(ids), EXPORT_SLICE):
            async with ctx.reading() as reading:
                yield await store.list_people(ctx, reading, ids[start : start + EXPORT_SLICE])

    return columns, slices()


async def _plan(ctx: Context, campaign_id: UUID, touchpoint_id: UUID | None = None) -> CampaignPlan:
    async with ctx.reading() as connection:
        plan = await store.load_plan(ctx, connection, campaign_id)
    if touchpoint_id is not None and touchpoint_id not in {touchpoint.id for touchpoint in plan.touchpoints}:
        raise NotFound("touchpoint_unknown", "There is no such touchpoint in this campaign.")
    return plan


async def _cell(ctx: Context, campaign_id: UUID, cell: Cell) -> tuple[CampaignPlan, str]:
    if cell.metric not in METRICS:
        raise Invalid("metric_unknown", f"There is no metric “{cell.metric[:100]}”.", metric=cell.metric[:100])
    if cell.side is None and behind(cell.metric) is None:
        raise Invalid("metric_without_people", "There are no people behind this number.")
    plan = await _plan(ctx, campaign_id, cell.touchpoint_id)
    kind = ""
    if cell.attribute is not None:
        if cell.bucket == Bucket():
            raise Invalid("bucket_missing", "Say which value or range of the attribute is meant.")
        async with ctx.reading() as connection:
            kind = await store.attribute_kind(ctx, connection, cell.attribute)
    return plan, kind


async def _ask(ctx: Context, plan: CampaignPlan, question: Callable[[Facts], T]) -> T:
    engine = await engine_now(ctx)
    return await engine.ask(ask(plan, question), within=QUESTION_SECONDS)


async def engine_now(ctx: Context) -> Engine:
    """Return the analytics copy, caught up with what is committed now where that takes under two seconds."""
    engine = ctx.services.find(Engine)
    if engine is None:
        raise Unavailable("engine_away", "This process has no analytics copy; reports are answered by the app.")
    async with ctx.reading() as connection:
        now = Snapshot(await store.present_snapshot(connection))
    try:
        await engine.reached(now, CATCH_UP_SECONDS)
    except Unavailable:
        if not engine.status().usable:
            raise engine.away() from None
        # Behind for a moment: what it has is shown, and the report's time says how old that is.
    return engine


def _summed(by_touchpoint: dict[UUID, tuple[Withheld, ...]]) -> tuple[Withheld, ...]:
    counts: dict[tuple[str, str], int] = {}
    for rows in by_touchpoint.values():
        for row in rows:
            counts[row.state, row.reason] = counts.get((row.state, row.reason), 0) + row.count
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Withheld(state, reason, count) for (state, reason), count in ordered)
