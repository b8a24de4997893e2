"""How a metric is told: its name, its formula and what counts, in a language."""

from __future__ import annotations

from decimal import Decimal

from gonfalon.kit import writing
from gonfalon.metrics.catalogue import METRICS
from gonfalon.metrics.model import Budget, Caused, Entered, Messages, Metric, People, Ratio, Sum, Unit
from gonfalon.metrics.words import WORDS

_SHOWN = {"message_converters": "converters", "message_revenue": "revenue"}


def name_of(key: str, language: str) -> str:
    """Return the metric's name."""
    return WORDS[language][key]


def value_in(key: str, value: Decimal | int | None, currency: str, language: str) -> str:
    """Return a metric's value as reports write it; money is in minor units of the currency. A dash for None."""
    metric = METRICS[key]
    if value is None:
        return "–"
    if metric.unit is Unit.MONEY:
        return writing.money(value, currency, language)
    if metric.unit is Unit.SHARE:
        return writing.percent(float(value), language, metric.digits)
    return writing.number(value, language)


def counts_of(key: str, language: str) -> str:
    """Return what counts, in a sentence."""
    return WORDS[language][f"{key}.counts"]


def formula_of(metric: Metric, language: str) -> str:
    """Return the formula in the names of other metrics; for what is counted, the metric's own name."""
    if metric.key == "roi":
        revenue, cost = name_of("revenue", language), name_of("cost", language)
        return f"({revenue} − {cost}) ÷ {cost} × 100 %"
    if metric.key == "caused_roi":
        revenue, cost = name_of("caused_revenue", language), name_of("cost", language)
        return f"({revenue} − {cost}) ÷ {cost} × 100 %"
    if isinstance(metric.how, Ratio):
        part, base = name_of(_SHOWN.get(metric.how.part, metric.how.part), language), name_of(metric.how.base, language)
        return f"{part} ÷ {base}"
    return name_of(metric.key, language)


def reference() -> str:
    """Return the reference page of every metric, in Markdown."""
    lines = [
        "# Metrics",
        "",
        "Every number in Gonfalon is one of these, computed by the definition here and nowhere else. "
        "A number that cannot be computed is shown as “–” with the reason, never as 0.",
        "",
        "Made from `src/gonfalon/metrics/` by `make docs`.",
        "",
        "| key | name | formula | what counts | unit | better |",
        "|---|---|---|---|---|---|",
    ]
    for metric in METRICS.values():
        formula = _COUNTED_BY.get(type(metric.how)) or formula_of(metric, "en")
        if metric.unit.value == "money" and formula == "counted":
            formula = "summed"
        if metric.key == "caused_roi":
            formula = formula_of(metric, "en")
        lines.append(
            f"| `{metric.key}` | {name_of(metric.key, 'en')} | {formula} | {counts_of(metric.key, 'en')} "
            f"| {metric.unit.value} | {metric.better.value} |"
        )
    return "\n".join([*lines, "", *_NOTES])


_COUNTED_BY = {
    Messages: "counted", People: "counted", Sum: "counted", Budget: "counted", Entered: "typed in", Caused: "estimated"
}  # fmt: skip
_NOTES = [
    "## How conversions are credited",
    "",
    "A conversion is an event with the campaign's conversion event name. It is credited to the last qualifying touch "
    "of that person across every campaign of the workspace with the same conversion event, at most the campaign's "
    "number of days before the event, the last instant included. A touch is",
    "",
    "- a click that a person is thought to have made, or a delivered message, as each campaign chooses;",
    "- a visit: an event whose page or context has UTM values or an advertising platform's click id. It is of the "
    "touchpoint whose link tags it has: `utm_campaign` has to be the same, whatever its capitals, accents and signs "
    "between words (“Été à la mer” is `ete-a-la-mer`), and `utm_medium` may not speak of another "
    "channel (`cpc` speaks of ads, `newsletter` of email …); of several touchpoints the one with most of the same tags "
    "is meant, `utm_content` before medium before source, and of campaigns with the same tag the newest. Where "
    "two are equal it is credited to none, and the report says how many those are. A click id alone (`gclid`, "
    "`fbclid` …) speaks for the one touchpoint of its channel that is under way;",
    "- a code: an order whose `coupon` (also `coupons`, `coupon_code`, `discount_code`, `promo_code`, "
    "`promotion_code`, `voucher`, `voucher_code`, `code`, their plurals, and `couponCode` …), or whose product's "
    "`coupon` is that of a touchpoint goes to it, whatever was clicked before. Several codes may stand in one text or "
    "in a list.",
    "",
    "Of touches at the same moment a code counts before a visit, a visit before a message, and the newer message. "
    "Each event is credited at most once, so sums over touchpoints and campaigns never count anything twice; an order "
    "that is told twice (the same `order_id`, by a browser and by a server, say) is one. With a message the link is "
    "the last one the person clicked in it before the event, if any. Results that are entered for a touchpoint carried "
    "out elsewhere are added to its conversions and revenue on the day it was carried out.",
    "",
    "## Refunds and cancellations",
    "",
    "`Order Refunded` and `Order Cancelled` take credit back from where it went: the same touchpoint, campaign and day "
    "as the order, whenever they come in, before the order too. They find it by `order_id`. A refund takes back its "
    "amount (`revenue`, `total`, `value`, `refund_amount` or `amount`, with or without a minus), else its "
    "`products` at their own price or the order's, else everything; several add up, never beyond the order. The same "
    "one told twice (its `refund_id`, else the same instant, amount and products) counts once. An order that is "
    "cancelled or paid back in full is no "
    "conversion any more. An event with a negative amount is never a conversion; with an `order_id` it is a refund. "
    "Those that name no order known here, or no amount that can be counted, change nothing, and the report says how "
    "many there are.",
    "",
    "`Order Updated` says an order anew: the newest one's amount and products count instead of the order's own, on the "
    "order's day. It is no second conversion. Where its amount is another than the one told before it, it has taken "
    "off what was paid back until then, and only later refunds lower it; where the amount is the same, it says nothing "
    "of money, and refunds before it count. What was cancelled stays so.",
    "",
    "## Other currencies",
    "",
    "Amounts in other currencies count by the budget's exchange rate of their day (the newest at or before it, by the "
    "workspace's clock); a refund in the order's currency at the order's own rate. Orders without a rate count as "
    "conversions, their amounts are in no sum, and the report says how many there are in which currency.",
    "",
    "## People, messages, reach",
    "",
    "Messages are counted for each touchpoint; people once, however many messages they got. Rates are of "
    "people reached "
    "by messages. Reach that is entered for what is carried out elsewhere stands apart, and is not added up: the same "
    "people may be in it twice.",
    "",
    "## What the messages caused",
    "",
    "Beside each touchpoint the report shows what share of the people sent to had an event within the campaign's "
    "days, and the same for people held out at random, counted from the moment each was sent to or held out, without "
    "any crediting. A touchpoint is compared with its own people held out, else with those of the one touchpoint that "
    "held out everybody; with several of these, with none. The difference is what the message caused; its 95 % "
    "interval is by Newcombe's method. Over everybody sent to, conversions and revenue caused are Σ n (mean of those "
    "sent to − mean of those held out), with the 95 % interval of the normal approximation for unequal variances; a "
    "control group that serves several touchpoints errs for all of them together. They stand before what is credited. "
    "There is no sum where somebody got several of the touchpoints, or where a part of the campaign has no control.",
    "",
    "## Machines and people",
    "",
    "A request is a machine's when it is no GET, is a prefetch, has no browser's name or the name of a scanner, comes "
    "within 3 seconds of the delivery, or comes in the same half second as another link of the message or the page for "
    "leaving (or three links within 2 seconds). Picture proxies that ask when somebody reads (Gmail, Yahoo, Outlook's "
    "apps) are people, unless they come within 10 seconds; Apple's Mail Privacy loads everything and is a machine. Who "
    "clicked has opened.",
    "",
    "## Units",
    "",
    "Money is in minor units of the workspace's currency, shares are fractions of one (0.05 is 5 %).",
    "",
]
