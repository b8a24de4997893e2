"""Reading how a workspace comes on. Nothing here writes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.channels.offers import usual_channel
from gonfalon.insights.report.actions import engine_now
from gonfalon.insights.report.store import conversion_events, rates_of
from gonfalon.insights.report.worth import make_worth
from gonfalon.insights.trends.model import TrendDay, Trends
from gonfalon.kit.sql import statement

ORDER = "Order Completed"
MOST_DAYS = 92


async def read_trends(ctx: Context, days: int) -> Trends:
    """Return revenue and people who may be written to, for each of the last days (today included).

    Orders are the events that a campaign counts as conversions, and *Order Completed*. Raises Unavailable while the
    analytics copy is being built.
    """
    ctx.require(Permission.REPORTS_READ)
    workspace = ctx.workspace
    first = ctx.today - timedelta(days=days - 1)
    since = _utc(first - timedelta(days=days), ctx.zone)
    async with ctx.reading() as connection:
        names = sorted({ORDER, *await conversion_events(ctx, connection)})
        rates = await rates_of(ctx, connection)
    engine = await engine_now(ctx)
    channel = usual_channel(ctx.services).name

    def question(cursor: duckdb.DuckDBPyConnection) -> tuple[list[Any], list[Any], bool]:
        make_worth(cursor, workspace.id, workspace.currency, rates)
        asked = {"workspace": workspace.id, "since": since}
        orders = cursor.execute(statement(__package__, "count_orders"), {**asked, "names": names}).fetchall()
        reach = statement(__package__, "count_reach").replace("{people}", f"people_{workspace.id:d}")
        ever = cursor.execute(
            "select 1 from events where workspace_id = $workspace and list_contains($names::varchar[], name) limit 1",
            {"workspace": workspace.id, "names": names},
        ).fetchone()
        return orders, cursor.execute(reach, {**asked, "channel": channel}).fetchall(), ever is not None

    orders, reach, ever = await engine.ask(question)
    return _trends(workspace.currency, ctx.zone, first, days, orders, reach, ever)


def _trends(
    currency: str, zone: ZoneInfo, first: date, days: int, orders: list[Any], reach: list[Any], ever: bool
) -> Trends:
    minor, number, more = [0] * 2 * days, [0] * 2 * days, [0] * 2 * days
    begins = first - timedelta(days=days)
    left_out = 0
    for bucket, amount, count, unconverted in orders:
        place = min((_day(bucket, zone) - begins).days, 2 * days - 1)
        minor[place] += amount
        number[place] += count
        left_out += unconverted if place >= days else 0
    for bucket, change in reach:
        more[min(max((_day(bucket, zone) - begins).days, 0), 2 * days - 1)] += change
    at_end = list(accumulate(more))
    shown = range(days, 2 * days)
    return Trends(
        currency,
        tuple(TrendDay(begins + timedelta(days=n), minor[n], number[n], at_end[n]) for n in shown),
        sum(minor[:days]),
        sum(number[:days]),
        left_out,
        ever,
        bool(reach),
    )


def _day(bucket: datetime, zone: ZoneInfo) -> date:
    return bucket.replace(tzinfo=UTC).astimezone(zone).date()


def _utc(day: date, zone: ZoneInfo) -> datetime:
    """As the copy keeps instants: in UTC, without saying so."""
    return datetime.combine(day, time(), zone).astimezone(UTC).replace(tzinfo=None)
