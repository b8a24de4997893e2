"""Goals on paper: what metrics are called, and how their values are written, by language."""

from __future__ import annotations

from decimal import Decimal

from gonfalon.kit import writing
from gonfalon.kit.words import load_words
from gonfalon.metrics.model import GoalMetric, Unit

METRICS = load_words(__file__)


def value_in(metric: GoalMetric, value: Decimal | int | None, currency: str, language: str) -> str:
    """Return a metric's value as reports write it; money is in minor units of the currency. A dash for None."""
    if value is None:
        return "–"
    if metric.unit is Unit.MONEY:
        return writing.money(value, currency, language)
    if metric.unit is Unit.SHARE:
        return writing.percent(float(value), language, metric.digits)
    return writing.number(value, language)
