"""The metric catalogue: complete and told in four languages."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gonfalon.metrics.catalogue import METRICS, PARTS, GoalMetric, behind
from gonfalon.metrics.model import Ratio
from gonfalon.metrics.rules import value_in
from gonfalon.metrics.words import WORDS
from tests.conftest import World


def test_every_metric_is_told_in_every_language() -> None:
    for language in ("en", "fr", "sv", "zh"):
        words = WORDS[language]
        assert list(words) == [key for metric in METRICS for key in (metric, f"{metric}.counts")], language
        assert len({words[metric] for metric in METRICS}) == len(METRICS), "two metrics with one name"


def test_a_goal_can_be_computed_and_has_the_metrics_unit_and_direction() -> None:
    for goal in GoalMetric:
        metric = METRICS[goal.value]
        assert metric.unit is goal.unit
        assert (metric.better.value == "lower") == goal.lower_is_better


@pytest.mark.parametrize(
    ("metric", "value", "language", "written"),
    [
        ("click_rate", "0.01234", "en", "1.23%"),
        ("open_rate", "0.18281", "fr", "18,28\u00a0%"),
        ("unsubscribe_rate", "0.00001", "sv", "<0,01\u00a0%"),
        ("roi", "1.2345", "zh", "123%"),
        ("revenue", "1234500", "en", "€12,345"),
        ("cost_per_conversion", "1250", "sv", "12,50\u00a0€"),
        ("clickers", "12345", "en", "12,345"),
        ("clickers", None, "en", "–"),
    ],
)
def test_a_goal_on_paper_is_written_as_in_the_report(
    metric: str, value: str | None, language: str, written: str
) -> None:
    assert value_in(GoalMetric(metric), None if value is None else Decimal(value), "EUR", language) == written


def test_ratios_are_made_of_known_metrics() -> None:
    for metric in METRICS.values():
        if isinstance(metric.how, Ratio):
            assert {metric.how.part, metric.how.base} <= {*METRICS, *PARTS}
            assert behind(metric.key) == behind(metric.how.part)
    assert behind("roi") is None
    assert behind("cost") is None


async def test_the_catalogue_is_an_endpoint(world: World) -> None:
    shown = {metric["key"]: metric for metric in (await world.http.get(f"{world.path}/metrics?language=fr")).json()}
    assert list(shown) == list(METRICS)
    assert shown["click_rate"] == {
        "key": "click_rate", "name": "Taux de clic", "formula": "Ont cliqué ÷ Personnes atteintes",
        "counts": "Personnes distinctes ayant cliqué, sur les personnes atteintes.", "unit": "share",
        "better": "higher", "goal": True, "people": True, "digits": 2,
    }  # fmt: skip
    assert shown["roi"]["formula"] == "(Chiffre d’affaires − Coût) ÷ Coût × 100 %"
