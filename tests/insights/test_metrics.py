"""The metric catalogue: complete and told in four languages."""

from __future__ import annotations

from gonfalon.insights.metrics.catalogue import METRICS, behind
from gonfalon.insights.metrics.model import Ratio
from gonfalon.insights.metrics.words import WORDS
from gonfalon.insights.report.words import WORDS as REPORT_WORDS
from gonfalon.planning.goals.model import GoalMetric
from tests.conftest import World


def test_every_metric_is_told_in_every_language() -> None:
    for language in ("en", "fr", "sv", "zh"):
        assert list(WORDS[language]) == list(METRICS), language
        assert all(name and counts for name, counts in WORDS[language].values())
        assert len({name for name, _ in WORDS[language].values()}) == len(METRICS), "two metrics with one name"
        assert set(REPORT_WORDS[language]) == set(REPORT_WORDS["en"])


def test_a_goal_can_be_computed_and_has_the_metrics_unit_and_direction() -> None:
    for goal in GoalMetric:
        metric = METRICS[goal.value]
        assert metric.unit is goal.unit
        assert (metric.better.value == "lower") == goal.lower_is_better


def test_ratios_are_made_of_known_metrics() -> None:
    for metric in METRICS.values():
        if isinstance(metric.how, Ratio):
            assert {metric.how.part, metric.how.base} <= set(METRICS)
            assert behind(metric.key) == behind(metric.how.part)
    assert behind("roi") is None
    assert behind("cost") is None


async def test_the_catalogue_is_an_endpoint(world: World) -> None:
    shown = {metric["key"]: metric for metric in (await world.http.get(f"{world.path}/metrics?language=fr")).json()}
    assert list(shown) == list(METRICS)
    assert shown["click_rate"] == {
        "key": "click_rate", "name": "Taux de clic", "formula": "Ont cliqué ÷ Personnes atteintes",
        "counts": "Personnes distinctes ayant cliqué, sur les personnes atteintes.", "unit": "share",
        "better": "higher", "goal": True, "people": True,
    }  # fmt: skip
    assert shown["roi"]["formula"] == "(Chiffre d’affaires − Coût) ÷ Coût × 100 %"
