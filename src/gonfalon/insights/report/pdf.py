"""The report as a PDF: numbers become words here, the layout is in report.typ."""

from __future__ import annotations

from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_compact_decimal, format_currency, format_decimal, format_percent

from gonfalon.accounts.model import Workspace
from gonfalon.insights.metrics.catalogue import METRICS
from gonfalon.insights.metrics.rules import formula_of, name_of
from gonfalon.insights.report.model import Figure, Group, Number, Report, Side
from gonfalon.insights.report.words import WORDS
from gonfalon.kit.document import LOCALES, make_pdf, moment
from gonfalon.kit.money import minor_digits, to_decimal
from gonfalon.planning.goals.model import Unit

HEADLINES = ("delivered", "click_rate", "conversions", "revenue", "cost_per_conversion", "roi")
COLUMNS = ("audience", "delivered", "withheld", "open_rate", "click_rate", "conversions", "revenue", "unsubscribers")
MOST_LINKS = 15
_FINE, _WHOLE = "#,##0.00\u00a0%;−#,##0.00\u00a0%", "#,##0\u00a0%;−#,##0\u00a0%"
"""Shares with a space that does not break and a minus that is one."""


def write(report: Report, workspace: Workspace, language: str) -> bytes:
    """An A4 document. Raises Unavailable for Chinese on a machine without a Chinese font."""
    layout = (resources.files("gonfalon.insights.report") / "report.typ").read_bytes()
    return make_pdf(layout, _Writer(report, workspace, language).data(), language)


class _Writer:
    """Writes numbers as people of the language do."""

    def __init__(self, report: Report, workspace: Workspace, language: str) -> None:
        self.report, self.workspace, self.language = report, workspace, language
        self.locale, self.words = LOCALES[language], WORDS[language]

    def data(self) -> dict[str, Any]:
        """Everything the layout shows, as text and as bars' lengths."""
        report, words = self.report, self.words
        at = report.at.astimezone(ZoneInfo(self.workspace.time_zone))
        attribution = report.plan.attribution
        notes = [
            words[f"attribution_{attribution.basis.value}"].format(
                event=attribution.conversion_event, days=attribution.days
            ),
            words["machines"],
        ]
        if report.foreign_conversions:
            notes.append(words["foreign"].format(count=self.count(report.foreign_conversions)))
        return {
            "words": words,
            "title": report.plan.name,
            "workspace": self.workspace.name,
            "dates": self.dates(),
            "as_of": words["as_of"].format(at=moment(at, self.locale)),
            "headlines": [self.headline(key) for key in HEADLINES],
            "goal": self.goal(),
            "money": [[name_of(key, self.language), self.figure(report.total[key])] for key in _MONEY],
            "columns": [name_of(key, self.language) for key in COLUMNS],
            "touchpoints": [
                [each.plan.name, *(self.figure(each.figures[key]) for key in COLUMNS)] for each in report.touchpoints
            ],
            "total": [words["total"], *(self.figure(report.total[key]) for key in COLUMNS)],
            "reasons": self.reasons(),
            "effect": self.effect(),
            "effect_note": words["effect_note"].format(days=attribution.days),
            "links": self.links(),
            "link_columns": [name_of(key, self.language) for key in ("clicks", "clickers", "conversions", "revenue")],
            "notes": notes,
        }

    def count(self, value: Number) -> str:
        """A whole number with the language's separators."""
        return format_decimal(value, "#,##0", locale=self.locale)

    def number(self, value: Number | None, unit: Unit) -> str:
        """A value in its unit; “–” when there is none."""
        if value is None:
            return "–"
        if unit is Unit.SHARE:
            return format_percent(value, _FINE if abs(value) < 1 else _WHOLE, locale=self.locale)
        if unit is Unit.MONEY:
            currency = self.workspace.currency
            amount = to_decimal(int(value), currency) if value == int(value) else value / 10 ** minor_digits(currency)
            return format_currency(amount, currency, locale=self.locale)
        return self.count(value)

    def figure(self, figure: Figure) -> str:
        """A figure in its metric's unit."""
        return self.number(figure.value, METRICS[figure.metric].unit)

    def headline(self, key: str) -> dict[str, str]:
        """A large number with its name and, below, what it is of or why it is missing."""
        figure = self.report.total[key]
        below = ""
        if figure.missing is not None:
            below = self.words[figure.missing.value]
        elif key == "click_rate":  # a share says what it is of
            below = f"{self.count(self.report.total['clickers'].value or 0)} / {self.count(figure.base or 0)}"
        elif key == "roi":
            below = formula_of(METRICS[key], self.language)
        elif key == "cost_per_conversion":
            below = f"{self.figure(self.report.total['cost'])} / {self.count(figure.base or 0)}"
        text = self.figure(figure)
        if len(text) > 12 and METRICS[key].unit is Unit.COUNT and figure.value is not None:
            text = format_compact_decimal(figure.value, locale=self.locale, fraction_digits=1)
        return {"name": name_of(key, self.language), "value": text, "below": below}

    def dates(self) -> str:
        """From when to when the campaign is."""
        plan = self.report.plan
        return " – ".join(
            format_date(day, "long", locale=self.locale) for day in (plan.starts_on, plan.ends_on) if day is not None
        )

    def goal(self) -> dict[str, Any] | None:
        """The goal in a line, and how far its bar goes."""
        found = self.report.goal
        if found is None:
            return None
        unit = found.goal.metric.unit
        baseline = None if found.goal.baseline is None else float(found.goal.baseline)
        words = self.words
        left = words["days_left"].format(days=self.count(found.days_left)) if found.days_left >= 0 else ""
        return {
            "line": words["goal_line"].format(
                metric=name_of(found.goal.metric.value, self.language),
                baseline=self.number(baseline, unit),
                target=self.number(float(found.goal.target), unit),
                deadline=format_date(found.goal.deadline, "long", locale=self.locale),
            ),
            "now": words["goal_now"].format(now=self.number(found.now, unit)),
            "why": words[found.missing.value] if found.missing else "",
            "state": words["reached"] if found.reached else left or words["deadline_over"],
            "reached": found.reached,
            "share": min(max(found.share or 0.0, 0.0), 1.0),
        }

    def reasons(self) -> list[dict[str, Any]]:
        """Parts of the audience that add up to it."""
        whole = sum(row.count for row in self.report.reasons) or 1
        return [
            {
                "name": self.words.get(row.state, row.state)
                + (f": {self.words.get(row.reason, row.reason)}" if row.reason else ""),
                "count": self.count(row.count),
                "share": format_percent(row.count / whole, "0.0\u00a0%", locale=self.locale),
                "part": row.count / whole,
                "tone": "good" if row.state == "accepted" else "bad" if row.state in _BAD else "quiet",
            }
            for row in self.report.reasons
        ]

    def effect(self) -> list[dict[str, Any]]:
        """For each event: a bar for each group, with its difference to the people held out."""
        groups = self.report.groups
        if not any(group.side is Side.HELD_OUT for group in groups):
            return []
        names = {each.plan.id: each.plan.name for each in self.report.touchpoints}
        lifts = {(lift.touchpoint_id, lift.event): lift for lift in self.report.lifts}
        found = []
        for index, rate in enumerate(groups[0].events[:4]):
            most = max((group.events[index].share or 0) for group in groups) or 1
            rows = []
            for group in sorted(groups, key=lambda group: -(group.events[index].share or 0)):
                one = group.events[index]
                lift = lifts.get((group.touchpoint_id, rate.event)) if group.side is Side.SENT_TO else None
                rows.append(
                    {
                        "name": f"{names[group.touchpoint_id]}, {self.words[group.side.value]}",
                        "people": self.count(group.people),
                        "share": self.number(one.share, Unit.SHARE),
                        "part": (one.share or 0) / most,
                        "held_out": group.side is Side.HELD_OUT,
                        "lift": "" if lift is None else self.points(lift.difference, lift.low, lift.high),
                        "each": self.each(group, index),
                    }
                )
            paid = any(group.events[index].amount for group in groups)
            each = self.words["per_person"].format(event=rate.event) if paid else ""
            found.append({"event": rate.event, "rows": rows, "each": each})
        return found

    def each(self, group: Group, index: int) -> str:
        """The event's amount by people of the group."""
        return self.number(group.events[index].amount_per_person, Unit.MONEY)

    def points(self, difference: float, low: float, high: float) -> str:
        """A difference of shares in percentage points with its interval."""
        one, two, three = (
            format_decimal(part * 100, "+0.00;−0.00", locale=self.locale) for part in (difference, low, high)
        )
        return f"{one}\u00a0({two}\u00a0…\u00a0{three})"

    def links(self) -> list[list[str]]:
        """The links people clicked most."""
        ranked = sorted(self.report.links, key=lambda link: (-link.clickers, -link.clicks, link.number))
        return [
            [
                (link.label.strip() or link.url or self.words["by_person"])[:70],
                link.url[:90],
                self.count(link.clicks),
                self.count(link.clickers),
                self.count(link.conversions),
                self.number(link.revenue, Unit.MONEY),
            ]
            for link in ranked[:MOST_LINKS]
        ]


_MONEY = ("cost_planned", "cost", "revenue", "cost_per_conversion", "revenue_per_person", "roi")
_BAD = frozenset({"rejected", "unknown"})
