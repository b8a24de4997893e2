"""Reading the overview of a period. Nothing here writes."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import duckdb

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.insights.overview import store
from gonfalon.insights.overview.model import MOST_CAMPAIGNS, Brought, CampaignBrought, Overview, Span
from gonfalon.insights.report.actions import QUESTION_SECONDS, engine_now
from gonfalon.insights.report.facts import make_facts
from gonfalon.insights.report.plan import CampaignPlan
from gonfalon.insights.report.store import load_plans
from gonfalon.kit.sql import statement

Parts = dict[tuple[UUID, int], Brought]
"""By campaign and number of the period: 0 is the one before, then the months."""


async def read_overview(ctx: Context, span: Span) -> Overview:
    """Return what campaigns brought and cost in a period and in as many days before it. Raises Unavailable as reports
    do."""
    ctx.require(Permission.REPORTS_READ)
    months = span.months
    async with ctx.reading() as connection:
        plans = await load_plans(ctx, connection, await store.begun_campaigns(ctx, connection))
        costs = await store.costs(ctx, connection, span.before.first, span.last)
    found: Parts = defaultdict(Brought)
    if any(plan.reported for plan in plans):
        engine = await engine_now(ctx)
        starts = [_start(ctx, one.first) for one in (span.before, *months)]
        until = _start(ctx, span.last + timedelta(days=1))
        for campaign, number, brought in await engine.ask(
            lambda cursor: _counted(cursor, plans, starts, until), within=QUESTION_SECONDS
        ):
            found[campaign, number] += brought
    for campaign, day, cost in costs:
        number = next((at for at, month in enumerate(months, 1) if month.first <= day <= month.last), 0)
        found[campaign, number] += Brought(cost=cost)
    return _overview(span, plans, found)


def _overview(span: Span, plans: list[CampaignPlan], found: Parts) -> Overview:
    numbers = range(1, len(span.months) + 1)
    campaigns = [
        CampaignBrought(
            plan.id,
            plan.name,
            plan.state,
            sum((found[plan.id, number] for number in numbers if (plan.id, number) in found), Brought()),
            found.get((plan.id, 0), Brought()),
        )
        for plan in plans
    ]
    campaigns = [one for one in campaigns if one.now != Brought() or one.before != Brought()]
    campaigns.sort(key=lambda one: (-one.now.revenue, -one.now.sent, -one.now.cost, one.name))
    return Overview(
        span,
        sum((one.now for one in campaigns), Brought()),
        sum((one.before for one in campaigns), Brought()),
        tuple(
            (month, sum((found[plan.id, number] for plan in plans if (plan.id, number) in found), Brought()))
            for number, month in enumerate(span.months, 1)
        ),
        tuple(campaigns[:MOST_CAMPAIGNS]),
    )


def _counted(
    cursor: duckdb.DuckDBPyConnection, plans: list[CampaignPlan], starts: list[datetime], until: datetime
) -> list[tuple[UUID, int, Brought]]:
    make_facts(cursor, plans)
    pairs = [(str(touchpoint), str(plan.id)) for plan in plans for touchpoint in plan.reported]
    rows = cursor.execute(
        statement("gonfalon.insights.overview", "count_periods"),
        {
            "starts": starts,
            "until": until,
            "touchpoints": [pair[0] for pair in pairs],
            "campaigns": [pair[1] for pair in pairs],
        },
    ).fetchall()
    return [(row[0], row[1], Brought(row[2], row[3], row[4])) for row in rows]


def _start(ctx: Context, day: date) -> datetime:
    """When a day begins in the workspace's zone, as the analytics copy keeps instants."""
    return datetime.combine(day, time(), ctx.zone).astimezone(UTC).replace(tzinfo=None)
