"""What of a report is shown first, in which rows and columns: for screen, PDF, CSV and API alike. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gonfalon.insights.report.model import Figure, Missing, Report, ReportGroup, RowKind, Side, TableRow
from gonfalon.metrics.catalogue import METRICS

_COLUMNS = (
    "audience", "sent", "delivered", "bounced", "told_reach", "open_rate", "click_rate", "visitors", "unsubscribers",
    "conversions", "conversion_rate", "revenue", "cost", "caused_revenue",
)  # fmt: skip
_OF_COURSE = frozenset({Missing.SENT_HERE, Missing.NO_CONTROL, Missing.NO_VISITS})
"""What says nothing about this campaign."""
_FIRST = ("sent", "click_rate", "conversions", "revenue", "cost_per_conversion", "roi")
_FIRST_ELSEWHERE = ("told_reach", "visitors", "conversions", "revenue", "cost_per_conversion", "roi")
_FIRST_CAUSED = ("caused_revenue", "caused_roi", "caused_conversions", "revenue", "roi", "conversions")


def rows(report: Report) -> tuple[TableRow, ...]:
    """Return a row for each touchpoint that has begun, one for its people held out, and the campaign as a whole.

    People held out were credited with nothing: theirs is what they did in the days of the campaign.
    """
    held = {group.touchpoint_id: group for group in report.groups if group.side is Side.HELD_OUT}
    found = []
    for each in report.touchpoints:
        if each.figures["conversions"].missing is Missing.NOTHING_LAUNCHED:
            continue
        group = held.get(each.plan.id)
        pure = each.figures["sent"].missing is Missing.CONTROL
        if not pure:
            found.append(TableRow(RowKind.TOUCHPOINT, each.plan.id, each.plan.name, each.figures))
        if group is not None:
            event = report.plan.attribution.conversion_event
            found.append(TableRow(RowKind.HELD_OUT, each.plan.id, each.plan.name, _of_held(group, event), pure))
    return (*found, TableRow(RowKind.TOTAL, None, "", report.total))


def columns(report: Report) -> tuple[str, ...]:
    """Return metrics of the table, in order: those of which some row has a value."""
    listed = rows(report)
    return tuple(key for key in _COLUMNS if any(row.figures[key].value is not None for row in listed))


def left_out(report: Report) -> dict[Missing, tuple[str, ...]]:
    """Return why the other metrics of the table have no value anywhere, so that nothing is left out in silence."""
    found: dict[Missing, tuple[str, ...]] = {}
    for key in _COLUMNS:
        why = report.total[key].missing
        if key not in columns(report) and why is not None and why not in _OF_COURSE:
            found[why] = (*found.get(why, ()), key)
    return found


def unknown(row: TableRow, keys: Iterable[str]) -> dict[Missing, tuple[str, ...]]:
    """Return which of a row's figures are “–”, by the reason."""
    found: dict[Missing, tuple[str, ...]] = {}
    for key in keys:
        why = row.figures[key].missing
        if why is not None:
            found[why] = (*found.get(why, ()), key)
    return found


def headlines(report: Report) -> tuple[str, ...]:
    """Return the six numbers that say whether it worked; where it is known, what the messages caused comes first."""
    if report.total["caused_revenue"].value is not None:
        return _FIRST_CAUSED
    return _FIRST if report.plan.launched else _FIRST_ELSEWHERE


def summary(report: Report) -> tuple[str, ...]:
    """Return which sentences tell the report; each is filled with the figures it names (words.py, `summary_…`)."""
    total = report.total
    told = ["reached"] if total["reached"].value is not None else []
    if total["click_rate"].value is not None:
        told.append("clicked")
    if total["told_reach"].value is not None:
        told.append("elsewhere")
    caused = total["caused_revenue"]
    if caused.value is not None and caused.low is not None and caused.high is not None:
        told.append("caused_more" if caused.low > 0 else "caused_less" if caused.high < 0 else "caused_unclear")
        if total["caused_roi"].value is not None:
            told.append("caused_return")
    conversions, roi = total["conversions"].value or 0, total["roi"].value
    told.append("converted_one" if conversions == 1 else "converted" if conversions else "converted_none")
    if roi is not None and caused.value is not None:
        told.append("credited_return")
    elif roi is not None:
        told.append("gained" if roi >= 0 else "lost")
    return tuple(told)


def _of_held(group: ReportGroup, event: str) -> Mapping[str, Figure]:
    rate = next((rate for rate in group.events if rate.event == event), None)
    known = {"audience": group.people, "people": group.people, "withheld": group.people}
    if rate is not None:
        known |= {"conversions": rate.events, "converters": rate.people, "revenue": rate.amount}
    found = {key: Figure(key, known.get(key), missing=None if key in known else Missing.CONTROL) for key in METRICS}
    if rate is not None:
        found["conversion_rate"] = Figure("conversion_rate", rate.share, group.people)
        found["revenue_per_person"] = Figure("revenue_per_person", rate.amount_per_person, group.people)
    return found
