"""The report as a PDF: figures become words here, the layout is in report.typ.

What is shown first, in which rows and columns, is decided in table.py for screen and paper alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

from gonfalon.accounts.model import Workspace
from gonfalon.insights.report import table
from gonfalon.insights.report.model import (
    Figure,
    Missing,
    Number,
    Report,
    ReportGroup,
    ReportMoment,
    RowKind,
    Side,
    Step,
    TableRow,
)
from gonfalon.insights.report.words import WORDS
from gonfalon.kit import writing
from gonfalon.kit.document import LOCALES, make_pdf, moment
from gonfalon.metrics.catalogue import METRICS
from gonfalon.metrics.model import Unit
from gonfalon.metrics.rules import name_of

MOST_LINKS = 15
MOST_BARS = 60
_BAD = frozenset({"rejected", "unknown"})
_LINES = {"opens": "openers", "clicks": "clicks", "conversions": "conversions"}
_PARTS = {"click_rate": "clickers", "cost_per_conversion": "cost"}


def write(report: Report, workspace: Workspace, language: str, series: Sequence[ReportMoment], step: Step) -> bytes:
    """Return an A4 document. Raises Unavailable for Chinese on a machine without a Chinese font."""
    layout = (resources.files("gonfalon.insights.report") / "report.typ").read_bytes()
    return make_pdf(layout, Paper(report, workspace, language, series, step).data(), language)


class Paper:
    """Everything the document shows, in words."""

    def __init__(
        self,
        report: Report,
        workspace: Workspace,
        language: str,
        series: Sequence[ReportMoment] = (),
        step: Step = Step.DAY,
    ) -> None:
        self.report, self.workspace, self.language = report, workspace, language
        self.series, self.step = series, step
        self.words = WORDS[language]
        self.zone = ZoneInfo(workspace.time_zone)

    def data(self) -> dict[str, Any]:
        """Return everything the layout shows, as text and as bars' lengths."""
        report, words = self.report, self.words
        columns = table.columns(report)
        return {
            "words": words,
            "title": report.plan.name,
            "workspace": self.workspace.name,
            "dates": self.dates(),
            "whom": self.whom(),
            "as_of": words("as_of", at=self.moment(report.at)),
            "summary": self.summary(),
            "headlines": [self.headline(key) for key in table.headlines(report)],
            "goal": self.goal(),
            "return": self.arithmetic(),
            "money": [[name_of(key, self.language), self.figure(report.total[key])] for key in _MONEY],
            "columns": [name_of(key, self.language) for key in columns],
            "rows": [self.row(row, columns) for row in table.rows(report)],
            "chart": self.chart(),
            "reasons": self.reasons(),
            "effect": self.effect(),
            "effect_note": words("effect_note", days=report.plan.attribution.days),
            "links": self.links(),
            "link_columns": [name_of(key, self.language) for key in ("clicks", "clickers", "conversions", "revenue")],
            "notes": self.notes(),
        }

    def moment(self, at: datetime) -> str:
        """Write day and time by the workspace's clock."""
        return moment(at.astimezone(self.zone), LOCALES[self.language])

    def count(self, value: Number) -> str:
        """Return a whole number with the language's separators."""
        return writing.number(value, self.language)

    def number(self, value: Number | None, unit: Unit, digits: int = 0) -> str:
        """Return a value in its unit; “–” when there is none."""
        if value is None:
            return "–"
        if unit is Unit.SHARE:
            return writing.percent(float(value), self.language, digits)
        if unit is Unit.MONEY:
            return writing.money(round(value), self.report.plan.currency, self.language)
        return self.count(round(value))

    def figure(self, figure: Figure) -> str:
        """Return a figure in its metric's unit."""
        metric = METRICS[figure.metric]
        return self.number(figure.value, metric.unit, metric.digits)

    def edges(self, figure: Figure) -> tuple[str, str]:
        """Return where an estimate's interval begins and ends."""
        metric = METRICS[figure.metric]
        return tuple(self.number(edge, metric.unit, metric.digits) for edge in (figure.low, figure.high))  # type: ignore[return-value]

    def summary(self) -> str:
        """Return the report in a few sentences."""
        values: dict[str, str] = {}
        for key, figure in self.report.total.items():
            values[key] = self.figure(figure)
            values[f"{key}_low"], values[f"{key}_high"] = self.edges(figure)
        return " ".join(self.words(f"summary_{key}", **values) for key in table.summary(self.report))

    def headline(self, key: str) -> dict[str, str]:
        """Return a large number with its name and, below, its interval, what it is of or why it is missing."""
        figure = self.report.total[key]
        below = ""
        if figure.missing is not None:
            below = self.words[figure.missing.value]
        elif figure.low is not None:
            low, high = self.edges(figure)
            below = self.words("interval", low=low, high=high)
        elif key in _PARTS:  # a share says what it is of
            below = f"{self.figure(self.report.total[_PARTS[key]])} / {self.count(figure.base or 0)}"
        elif key == "roi":
            below = f"{self.figure(self.report.total['revenue'])} / {self.figure(self.report.total['cost'])}"
        return {"name": name_of(key, self.language), "value": self.figure(figure), "below": below}

    def arithmetic(self) -> list[dict[str, str]]:
        """Return the returns with the numbers they are made of; those that cannot be computed are left out."""
        found = []
        for key, part in (("caused_roi", "caused_revenue"), ("roi", "revenue")):
            if self.report.total[key].value is None:
                continue
            revenue, cost = self.figure(self.report.total[part]), self.figure(self.report.total["cost"])
            found.append(
                {
                    "name": name_of(key, self.language),
                    "formula": f"({revenue} − {cost}) ÷ {cost} = {self.figure(self.report.total[key])}",
                    "terms": f"{name_of(part, self.language)}, {name_of('cost', self.language)}",
                }
            )
        return found

    def dates(self) -> str:
        """Write from when to when the campaign is."""
        plan = self.report.plan
        return " – ".join(writing.day(on, self.language) for on in (plan.starts_on, plan.ends_on) if on is not None)

    def whom(self) -> str:
        """Return who leads it and whom it was for."""
        plan = self.report.plan
        audiences = ", ".join(dict.fromkeys(each.audience for each in plan.touchpoints if each.audience and each.begun))
        said = [self.words("led_by", leader=plan.leader)] if plan.leader else []
        said += [self.words("for_whom", audiences=audiences)] if audiences else []
        return " · ".join(said)

    def row(self, row: TableRow, columns: Sequence[str]) -> dict[str, Any]:
        """Return a row of the table of touchpoints."""
        name = self.words["total"] if row.kind is RowKind.TOTAL else row.name
        if row.kind is RowKind.HELD_OUT and not row.control:
            name = f"{name} · {self.words['held_out']}"
        return {"kind": row.kind.value, "name": name, "cells": [self.figure(row.figures[key]) for key in columns]}

    def goal(self) -> dict[str, Any] | None:
        """Return the goal in a line, and how far its bar goes."""
        found = self.report.goal
        if found is None:
            return None
        unit, digits = found.goal.metric.unit, METRICS[found.goal.metric.value].digits
        baseline = None if found.goal.baseline is None else float(found.goal.baseline)
        words = self.words
        left = words("days_left", days=self.count(found.days_left)) if found.days_left >= 0 else ""
        return {
            "line": words(
                "goal_line",
                metric=name_of(found.goal.metric.value, self.language),
                baseline=self.number(baseline, unit, digits),
                target=self.number(float(found.goal.target), unit, digits),
                deadline=writing.day(found.goal.deadline, self.language),
            ),
            "now": words("goal_now", now=self.number(found.now, unit, digits)),
            "why": words[found.missing.value] if found.missing else "",
            "state": words["reached"] if found.reached else left or words["deadline_over"],
            "reached": found.reached,
            "share": min(max(found.share or 0.0, 0.0), 1.0),
        }

    def chart(self) -> dict[str, Any]:
        """Return what happened when, as bars of days or hours side by side; several in one bar where there are many."""
        seconds = self.step.seconds
        listed = sorted(self.series, key=lambda one: one.at)
        lines = [key for key in _LINES if any(getattr(one, key) for one in listed)]
        if not lines:
            return {"lines": []}
        first, last = listed[0].at, listed[-1].at
        steps = int((last - first).total_seconds() // seconds) + 1
        each = -(-steps // MOST_BARS)
        bars = {key: [0] * -(-steps // each) for key in lines}
        for one in listed:
            place = int((one.at - first).total_seconds() // seconds) // each
            for key in lines:
                bars[key][place] += getattr(one, key)
        return {
            "lines": [
                {
                    "name": name_of(_LINES[key], self.language),
                    "most": self.words("most", count=self.count(max(bars[key]))),
                    "bars": [value / max(*bars[key], 1) for value in bars[key]],
                }
                for key in lines
            ],
            "first": self.moment(first)
            if self.step is Step.HOUR
            else writing.day(first.astimezone(self.zone).date(), self.language),
            "last": self.moment(last)
            if self.step is Step.HOUR
            else writing.day(last.astimezone(self.zone).date(), self.language),
            "step": self.words["per_hour" if self.step is Step.HOUR else "per_day"] if each == 1 else "",
        }

    def reasons(self) -> list[dict[str, Any]]:
        """Return parts of the audience that add up to it."""
        whole = sum(row.count for row in self.report.reasons) or 1
        return [
            {
                "name": self.because(self.words.get(row.state, row.state), self.words.get(row.reason, row.reason)),
                "count": self.count(row.count),
                "share": writing.percent(row.count / whole, self.language),
                "part": row.count / whole,
                "tone": "good" if row.state == "accepted" else "bad" if row.state in _BAD else "quiet",
            }
            for row in self.report.reasons
        ]

    def effect(self) -> list[dict[str, Any]]:
        """Return, for each event, that of the campaign first: a bar for each group, with its difference to those held
        out."""
        groups = self.report.groups
        if not any(group.side is Side.HELD_OUT for group in groups):
            return []
        names = {each.plan.id: each.plan.name for each in self.report.touchpoints}
        lifts = {(lift.touchpoint_id, lift.event): lift for lift in self.report.lifts}
        sent = {group.touchpoint_id for group in groups if group.side is Side.SENT_TO}
        found = []
        for index, rate in enumerate(groups[0].events[:3]):
            most = max((group.events[index].share or 0) for group in groups) or 1
            rows = []
            for group in sorted(
                groups, key=lambda group: (group.side is Side.HELD_OUT, -(group.events[index].share or 0))
            ):
                one = group.events[index]
                lift = lifts.get((group.touchpoint_id, rate.event)) if group.side is Side.SENT_TO else None
                held = (
                    f" · {self.words['held_out']}"
                    if group.side is Side.HELD_OUT and group.touchpoint_id in sent
                    else ""
                )
                rows.append(
                    {
                        "name": f"{names[group.touchpoint_id]}{held}",
                        "people": self.count(group.people),
                        "share": self.number(one.share, Unit.SHARE, 2),
                        "part": (one.share or 0) / most,
                        "held_out": group.side is Side.HELD_OUT,
                        "lift": "" if lift is None else self.points(lift.difference, lift.low, lift.high),
                        "each": self.each(group, index),
                    }
                )
            paid = any(group.events[index].amount for group in groups)
            each = self.words("per_person", event=rate.event) if paid else ""
            found.append({"event": rate.event, "rows": rows, "each": each})
        return found

    def each(self, group: ReportGroup, index: int) -> str:
        """Return the event's amount by people of the group."""
        return self.number(group.events[index].amount_per_person, Unit.MONEY)

    def points(self, difference: float, low: float, high: float) -> str:
        """Return a difference of shares in percentage points with its interval."""
        one, two, three = (
            ("+" if part > 0 else "") + writing.number(part * 100, self.language, 2) for part in (difference, low, high)
        )
        return f"{one}\u00a0({self.words('interval', low=two, high=three)})"

    def links(self) -> list[list[str]]:
        """Return the links people clicked most."""
        ranked = sorted(self.report.links, key=lambda link: (-link.clickers, -link.clicks, link.number))
        return [
            [
                link.label.strip() or link.url or self.words["by_person"],
                link.url,
                self.count(link.clicks),
                self.count(link.clickers),
                self.count(link.conversions),
                self.number(link.revenue, Unit.MONEY),
            ]
            for link in ranked[:MOST_LINKS]
        ]

    def names(self, keys: Sequence[str]) -> str:
        """Return names of several metrics."""
        return ", ".join(name_of(key, self.language) for key in keys)

    def because(self, what: str, why: str) -> str:
        """Return what it is and why, with the colon as it is written in the language."""
        return self.words("because", what=what, why=why) if why else what

    def gaps(self) -> list[str]:
        """Return why cells of the table are “–”, a line for each reason."""
        columns = table.columns(self.report)
        rows_of: dict[tuple[Missing, tuple[str, ...]], list[str]] = {}
        for row in table.rows(self.report):
            for why, keys in table.unknown(row, columns).items():
                rows_of.setdefault((why, keys), []).append(self.row(row, ())["name"])
        return [
            self.because(f"{', '.join(rows)} – {self.names(keys)}", self.words[why.value])
            for (why, keys), rows in rows_of.items()
        ]

    def notes(self) -> list[str]:
        """Return how the numbers are made, and what is in none of them."""
        report, words = self.report, self.words
        attribution = report.plan.attribution
        notes = [
            words(f"attribution_{attribution.basis.value}", event=attribution.conversion_event, days=attribution.days),
            words["machines"],
        ]
        for why, keys in table.left_out(report).items():
            notes.append(self.because(self.names(keys), words[why.value]))
        notes += self.gaps()
        if any(group.side is Side.HELD_OUT for group in report.groups):
            notes.append(words("held_note", days=attribution.days))
        notes += [
            words("foreign", count=self.count(each.conversions), currency=each.currency) for each in report.unconverted
        ]
        told = [each for each in report.plan.touchpoints if each.told_conversions or each.told_revenue]
        if told:
            conversions = sum(each.told_conversions or 0 for each in told)
            revenue = self.number(sum(each.told_revenue or 0 for each in told), Unit.MONEY)
            notes.append(words("told", conversions=self.count(conversions), revenue=revenue))
        for key, count in (("loose", report.loose_reversals), ("unplaced", report.unplaced_visits)):
            if count:
                notes.append(words(key, count=self.count(count)))
        return notes


_MONEY = ("cost_planned", "cost", "revenue", "returned", "cost_per_conversion", "revenue_per_person")
