"""Draw how a campaign's money burns: plan, orders and spending day by day, and where it will end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.planning.budget import rules, store
from gonfalon.planning.budget.entries.store import list_entered
from gonfalon.planning.budget.model import BudgetLine, Entered, Period
from gonfalon.planning.campaigns.store import find_campaign

MOST_POINTS = 180


@dataclass(frozen=True, slots=True)
class Point:
    """Sums up to the end of a day, in minor units; None where it is not known yet, or not forecast any more.

    used: spent, and ordered and not invoiced by then.
    """

    day: date
    planned: int
    spent: int | None = None
    used: int | None = None
    expected: int | None = None
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Burn:
    """A campaign's burn. undated: what is planned for nobody knows when; it counts from the first point on."""

    today: date
    planned: int
    committed: int
    spent: int
    undated: int
    forecast: rules.Forecast
    points: list[Point]


async def read_burn(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> Burn:
    """Read the burn of a campaign as of today; raises NotFound."""
    campaign = await find_campaign(ctx, connection, campaign_id)
    lines = await store.list_lines(ctx, connection, campaign_id)
    dates = (campaign.starts_on, campaign.ends_on)
    plans = [(line.planned_minor, rules.period_of(line.spread, line.starts_on, line.ends_on, dates)) for line in lines]
    return draw(ctx.today, dates, lines, plans, await list_entered(ctx, connection, campaign_id))


def draw(
    today: date,
    dates: tuple[date | None, date | None],
    lines: Sequence[BudgetLine],
    plans: Sequence[tuple[int, Period | None]],
    entries: Sequence[Entered],
) -> Burn:
    """Return the curves of plans and entries. Pure."""
    marks = [day for _, period in plans if period for day in (period.first, period.last)]
    marks += [row.day for row in entries] + [day for day in dates if day]
    days = _grid(min([*marks, today]), max([*marks, today]), today)
    recent = today - rules.RECENT

    def planned(day: date) -> int:
        return sum(rules.planned_until(total, period, day) for total, period in plans)

    spent, used = _running(days, entries)
    outlook = rules.forecast(
        (
            rules.Money(total, rules.planned_until(total, period, today), line.committed_minor, line.spent_minor)
            for line, (total, period) in zip(lines, plans, strict=True)
        ),
        planned(today) - planned(recent),
        sum(row.spent for row in entries if recent < row.day <= today),
    )
    now = spent[days.index(today)]
    due, whole = planned(today), sum(total for total, _ in plans)

    def ahead(end: int | None, plan: int) -> int | None:
        if end is None:
            return None
        return now + (rules.half_even((end - now) * (plan - due), whole - due) if whole > due else 0)

    points = []
    for at, day in enumerate(days):
        plan = planned(day)
        past, future = day <= today, day >= today
        points.append(
            Point(
                day,
                plan,
                spent[at] if past else None,
                used[at] if past else None,
                *(ahead(end, plan) if future else None for end in (outlook.by_pace, outlook.low, outlook.high)),
            )
        )
    return Burn(
        today,
        whole,
        sum(line.committed_minor for line in lines),
        sum(line.spent_minor for line in lines),
        sum(total for total, period in plans if period is None),
        outlook,
        points,
    )


def _grid(first: date, last: date, today: date) -> list[date]:
    step = max(1, -(-(last - first).days // MOST_POINTS))
    days = {first + timedelta(days=n) for n in range(0, (last - first).days + 1, step)}
    return sorted(days | {last, today})


def _running(days: Sequence[date], entries: Sequence[Entered]) -> tuple[list[int], list[int]]:
    """Return what was spent, and spent or ordered, by the end of each of the days."""
    spent, used = [], []
    so_far, open_orders, at = 0, dict[UUID, int](), 0
    for day in days:
        while at < len(entries) and entries[at].day <= day:
            row = entries[at]
            so_far += row.spent
            if row.commitment_id is not None:
                open_orders[row.commitment_id] = open_orders.get(row.commitment_id, 0) + row.ordered - row.spent
            at += 1
        spent.append(so_far)
        used.append(so_far + sum(max(left, 0) for left in open_orders.values()))
    return spent, used
