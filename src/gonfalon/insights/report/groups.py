"""Groups that are compared, asked of the analytics copy after facts.make_facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import duckdb

from gonfalon.insights.report import rules
from gonfalon.insights.report.facts import PACKAGE
from gonfalon.insights.report.model import EventRate, ReportGroup, Side
from gonfalon.insights.report.plan import CampaignPlan
from gonfalon.kit.sql import statement
from gonfalon.tracking.orders import REVERSALS


def visits_told(cursor: duckdb.DuckDBPyConnection, workspace: int) -> bool:
    """Return whether any site tells what brought its visitors."""
    asked = "select 1 from events where workspace_id = $workspace and arrival is not null limit 1"
    return cursor.execute(asked, {"workspace": workspace}).fetchone() is not None


def overlap(cursor: duckdb.DuckDBPyConnection, plan: CampaignPlan) -> bool:
    """Return whether anybody was sent to by several touchpoints of the campaign."""
    row = cursor.execute(
        "select count(*) > count(distinct person_id) from facts"
        " where state in ('accepted', 'rejected', 'unknown') and touchpoint_id in (select unnest($reported::uuid[]))",
        {"reported": [str(touchpoint) for touchpoint in plan.launched]},
    ).fetchone()
    return bool(row and row[0])


def compare(
    cursor: duckdb.DuckDBPyConnection, plans: Sequence[CampaignPlan], names: Sequence[str] = ()
) -> dict[UUID, tuple[ReportGroup, ...]]:
    """Return, by campaign, both sides of each touchpoint's comparison, with the same events on both; names: only
    these."""
    windows = {touchpoint: plan.attribution.days for plan in plans for touchpoint in plan.launched}
    rows = cursor.execute(
        statement(PACKAGE, "compare_groups"),
        {
            "workspace": plans[0].workspace_id,
            "touchpoints": [str(touchpoint) for touchpoint in windows],
            "windows": list(windows.values()),
            "names": list(names),
            "reversals": list(REVERSALS),
        },
    ).fetchall()
    sizes = {(row[0], row[1]): row[3] for row in rows if row[2] == ""}
    rates = {(row[0], row[1], row[2]): row[3:] for row in rows if row[2] != ""}
    return {plan.id: _groups(plan, sizes, rates) for plan in plans}


def _groups(
    plan: CampaignPlan, sizes: Mapping[tuple[UUID, str], int], rates: Mapping[tuple[UUID, str, str], tuple[Any, ...]]
) -> tuple[ReportGroup, ...]:
    mine = set(plan.launched)
    popular: dict[str, int] = {}
    for (touchpoint, _, event), (people, *_) in rates.items():
        if touchpoint in mine:
            popular[event] = popular.get(event, 0) + people
    events = rules.shown_events(popular, plan.attribution.conversion_event)
    found = []
    for (touchpoint, side), size in sorted(sizes.items(), key=lambda item: (str(item[0][0]), item[0][1])):
        if touchpoint not in mine:
            continue
        listed = []
        for event in events:
            people, count, amount, count_squared, amount_squared = rates.get(
                (touchpoint, side, event), (0, 0, 0, 0.0, 0.0)
            )
            share, each = rules.per(people, size), rules.per(amount, size)
            listed.append(EventRate(event, people, count, amount, share, each, count_squared, amount_squared))
        found.append(ReportGroup(touchpoint, Side(side), size, tuple(listed)))
    return tuple(found)
