"""The report's table, and the people behind a figure, as CSV: UTF-8, safe to open in a spreadsheet."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any

from gonfalon.insights.report import table
from gonfalon.insights.report.model import Figure, Report, RowKind, TableRow
from gonfalon.insights.report.words import WORDS
from gonfalon.kit.money import to_decimal
from gonfalon.kit.numbers import read_decimal
from gonfalon.kit.sheets import MARK, Cell, written
from gonfalon.metrics.catalogue import METRICS
from gonfalon.metrics.model import Unit
from gonfalon.metrics.rules import name_of
from gonfalon.people.attributes.model import Attribute, AttributeType
from gonfalon.people.profiles.model import Person


def figures_file(report: Report, language: str) -> str:
    """Return every figure of every row, unrounded: money in the currency, shares as parts of one, “–” with its
    reason."""
    currency, words = report.plan.currency, WORDS[language]
    heads = [
        f"{name_of(metric.key, language)} ({currency})" if metric.unit is Unit.MONEY else name_of(metric.key, language)
        for metric in METRICS.values()
    ]
    lines: list[list[Cell]] = [[words["touchpoint"], *heads, words["why_unknown"]]]
    for row in table.rows(report):
        name = words["total"] if row.kind is RowKind.TOTAL else row.name
        if row.kind is RowKind.HELD_OUT and not row.control:
            name = f"{name} · {words['held_out']}"
        lines.append([name, *(_figure(row.figures[key], currency) for key in METRICS), _why(row, language)])
    return MARK + written(lines)


def _why(row: TableRow, language: str) -> str:
    """Why the row's unknown figures are unknown."""
    return "; ".join(
        WORDS[language](
            "because", what=", ".join(name_of(key, language) for key in keys), why=WORDS[language][why.value]
        )
        for why, keys in table.unknown(row, METRICS).items()
    )


def _figure(figure: Figure, currency: str) -> Cell:
    if figure.value is None:
        return "–"
    if METRICS[figure.metric].unit is not Unit.MONEY:
        return figure.value
    return to_decimal(read_decimal(figure.value), currency)


async def lines(columns: Sequence[Attribute], slices: AsyncIterator[list[Person]], currency: str) -> AsyncIterator[str]:
    """Return a header and a line a person: id, email, phone, external id, then every declared attribute."""
    header = ["person_id", "email", "phone", "external_id", *(column.key for column in columns)]
    yield MARK + written([header])
    async for rows in slices:
        yield written(
            [
                row.id,
                row.email,
                row.phone,
                row.external_id,
                *(_cell(row.attributes.get(column.key), column.type, currency) for column in columns),
            ]
            for row in rows
        )


def _cell(value: Any, kind: AttributeType, currency: str) -> Cell:
    if kind is AttributeType.MONEY and isinstance(value, int) and not isinstance(value, bool):
        return to_decimal(value, currency)
    return value if isinstance(value, str | int | float | None) else str(value)
