"""Reading how goals stand and what the past says. Nothing here writes."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.insights.goals import rules, store
from gonfalon.insights.goals.model import Part, PastCampaign, PastResult, Standing
from gonfalon.insights.report.actions import read_key_numbers
from gonfalon.insights.report.model import KeyNumbers
from gonfalon.metrics.catalogue import GoalMetric
from gonfalon.metrics.model import Category
from gonfalon.planning.campaigns.model import CampaignType
from gonfalon.planning.goals.store import load_tree
from gonfalon.planning.model import TouchpointChannel


async def read_standings(ctx: Context, year: int | None) -> list[Standing]:
    """Return where every goal of a year stands: those above by what the campaigns that serve them reached.

    Raises Unavailable while the analytics copy is being built.
    """
    ctx.require(Permission.REPORTS_READ)
    today = ctx.today
    async with ctx.reading() as connection:
        tree = await load_tree(ctx, connection, year or today.year, today)
    numbers = {each.plan.id: each for each in await read_key_numbers(ctx, [row.campaign_id for row in tree.campaigns])}
    serving: dict[UUID, list[KeyNumbers]] = defaultdict(list)
    found = []
    for row in tree.campaigns:
        known = numbers.get(row.campaign_id)
        if known is None:  # deleted a moment ago
            continue
        found.append(rules.standing(row.id, row, row.starts_on, today, known.figures[row.metric.value]))
        if row.parent is not None:
            serving[row.parent.id].append(known)
    for goal in tree.goals:
        below = serving[goal.id]
        parts = tuple(Part(each.plan.id, each.figures[goal.metric.value]) for each in below)
        figure = rules.rolled_up(goal.metric, [each.figures for each in below if each.plan.launched])
        found.append(rules.standing(goal.id, goal, goal.starts_on, today, figure, parts))
    return found


async def read_past(
    ctx: Context,
    metric: GoalMetric,
    *,
    but: UUID | None,
    category: Category | None,
    type: CampaignType | None,
    channel: TouchpointChannel | None,
) -> tuple[list[PastResult], list[dict[str, float]]]:
    """Return what campaigns whose results are in reached in a metric, the newest first, and the shares on their
    ways."""
    ctx.require(Permission.REPORTS_READ)
    async with ctx.reading() as connection:
        rows = await store.past_campaigns(ctx, connection, but=but, category=category, type=type, channel=channel)
    numbers = {each.plan.id: each for each in await read_key_numbers(ctx, [row.id for row in rows])}
    listed = [(row, numbers[row.id]) for row in rows if row.id in numbers]
    return [_past(row, each, metric) for row, each in listed], [rules.steps(each.figures) for _, each in listed]


def _past(row: PastCampaign, numbers: KeyNumbers, metric: GoalMetric) -> PastResult:
    figure = numbers.figures[metric.value]
    return PastResult(
        id=row.id,
        name=numbers.plan.name,
        category=row.category,
        type=row.type,
        starts_on=numbers.plan.starts_on,
        channels=tuple(sorted(row.channels)),
        last=row.last,
        value=figure.value,
        base=figure.base,
        missing=figure.missing,
        per_person=rules.per_person(metric, numbers.figures),
    )
