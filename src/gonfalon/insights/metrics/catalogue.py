"""Every metric of Gonfalon, defined once. `facts` has one row per message of a touchpoint (report/sql/facts.sql)."""

from __future__ import annotations

from gonfalon.insights.metrics.model import Better, Budget, Messages, Metric, People, Ratio, Sum, Unit

_HIGHER, _LOWER, _NEITHER = Better.HIGHER, Better.LOWER, Better.NEITHER

_ALL = (
    Metric("audience", Unit.COUNT, _NEITHER, Messages("true")),
    Metric("waiting", Unit.COUNT, _NEITHER, Messages("state in ('queued', 'deferred')")),
    Metric("sent", Unit.COUNT, _HIGHER, Messages("state = 'accepted'")),
    Metric("bounced", Unit.COUNT, _LOWER, Messages("bounced")),
    Metric("delivered", Unit.COUNT, _HIGHER, Messages("delivered")),
    Metric("failed", Unit.COUNT, _LOWER, Messages("state = 'rejected'")),
    Metric("unknown", Unit.COUNT, _LOWER, Messages("state = 'unknown'")),
    Metric("withheld", Unit.COUNT, _NEITHER, Messages("state = 'withheld'")),
    Metric("reached", Unit.COUNT, _HIGHER, People("delivered")),
    Metric("openers", Unit.COUNT, _HIGHER, People("opens > 0")),
    Metric("machine_opens", Unit.COUNT, _NEITHER, Messages("machine_opens > 0")),
    Metric("open_rate", Unit.SHARE, _HIGHER, Ratio("openers", "reached")),
    Metric("clicks", Unit.COUNT, _HIGHER, Sum("clicks")),
    Metric("clickers", Unit.COUNT, _HIGHER, People("clicks > 0")),
    Metric("machine_clicks", Unit.COUNT, _NEITHER, Sum("machine_clicks")),
    Metric("click_rate", Unit.SHARE, _HIGHER, Ratio("clickers", "reached")),
    Metric("unsubscribers", Unit.COUNT, _LOWER, People("unsubscribed")),
    Metric("unsubscribe_rate", Unit.SHARE, _LOWER, Ratio("unsubscribers", "reached")),
    Metric("conversions", Unit.COUNT, _HIGHER, Sum("conversions")),
    Metric("converters", Unit.COUNT, _HIGHER, People("conversions > 0")),
    Metric("conversion_rate", Unit.SHARE, _HIGHER, Ratio("converters", "reached")),
    Metric("revenue", Unit.MONEY, _HIGHER, Sum("revenue_minor")),
    Metric("revenue_per_person", Unit.MONEY, _HIGHER, Ratio("revenue", "reached")),
    Metric("cost_planned", Unit.MONEY, _NEITHER, Budget(planned=True)),
    Metric("cost", Unit.MONEY, _LOWER, Budget(planned=False)),
    Metric("cost_per_conversion", Unit.MONEY, _LOWER, Ratio("cost", "conversions")),
    Metric("roi", Unit.SHARE, _HIGHER, None),
)

METRICS: dict[str, Metric] = {metric.key: metric for metric in _ALL}
"""By key, in the order in which a reader meets them."""

COUNTED: dict[str, Messages | People | Sum] = {
    metric.key: metric.how for metric in _ALL if isinstance(metric.how, Messages | People | Sum)
}
"""Those that are counted in `facts`; the others are computed from them."""


def behind(key: str) -> str | None:
    """The condition on `facts` of the people behind a metric; None where there are no people (money spent)."""
    metric = METRICS[key]
    if isinstance(metric.how, Ratio):
        return behind(metric.how.part)
    if isinstance(metric.how, Messages | People | Sum):
        return metric.how.where
    return None
