"""How a metric is told: its name, its formula and what counts, in a language."""

from __future__ import annotations

from gonfalon.insights.metrics.catalogue import METRICS
from gonfalon.insights.metrics.model import Metric, Ratio
from gonfalon.insights.metrics.words import WORDS


def name_of(key: str, language: str) -> str:
    """The metric's name."""
    return WORDS[language][key][0]


def counts_of(key: str, language: str) -> str:
    """What counts, in a sentence."""
    return WORDS[language][key][1]


def formula_of(metric: Metric, language: str) -> str:
    """The formula in the names of other metrics; for what is counted, the metric's own name."""
    if metric.key == "roi":
        revenue, cost = name_of("revenue", language), name_of("cost", language)
        return f"({revenue} − {cost}) ÷ {cost} × 100 %"
    if isinstance(metric.how, Ratio):
        part, base = name_of(metric.how.part, language), name_of(metric.how.base, language)
        return f"{part} ÷ {base}"
    return name_of(metric.key, language)


def reference() -> str:
    """The reference page of every metric, in Markdown."""
    lines = [
        "# Metrics",
        "",
        "Every number in Gonfalon is one of these, computed by the definition here and nowhere else. "
        "A number that cannot be computed is shown as “–” with the reason, never as 0.",
        "",
        "Made from `src/gonfalon/insights/metrics/` by `make docs`.",
        "",
        "| key | name | formula | what counts | unit | better |",
        "|---|---|---|---|---|---|",
    ]
    for metric in METRICS.values():
        formula = formula_of(metric, "en") if metric.how is None or isinstance(metric.how, Ratio) else "counted"
        if metric.unit.value == "money" and formula == "counted":
            formula = "summed"
        lines.append(
            f"| `{metric.key}` | {name_of(metric.key, 'en')} | {formula} | {counts_of(metric.key, 'en')} "
            f"| {metric.unit.value} | {metric.better.value} |"
        )
    return "\n".join([*lines, "", *_NOTES])


_NOTES = [
    "## How conversions are credited",
    "",
    "A conversion is an event with the campaign's conversion event name. It is credited to the last qualifying touch "
    "of that person across every campaign of the workspace with the same conversion event: a click that a person is "
    "thought to have made, or a delivered message, as each campaign chooses; at most the campaign's number of days "
    "before the event. Of two touches at the same moment the newer message counts. Each event is credited at most "
    "once, so sums over touchpoints and campaigns never count anything twice. With delivery as the basis the link is "
    "the last one the person clicked in that message before the event, if any.",
    "",
    "## Comparing with people who got nothing",
    "",
    "Beside each touchpoint the report shows what share of the people sent to had an event within the campaign's "
    "days, and the same for people held out at random, counted from the moment each was sent to or held out, without "
    "any crediting. The difference is what the message caused; its 95 % interval is by Newcombe's method.",
    "",
    "## Units",
    "",
    "Money is in minor units of the workspace's currency, shares are fractions of one (0.05 is 5 %).",
    "",
]
