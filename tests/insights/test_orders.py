"""What orders are worth once they are paid back, cancelled, told twice or in other currencies."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import update

from gonfalon.people.tables import people
from gonfalon.planning.tables.budget import exchange_rates
from gonfalon.planning.tables.campaigns import campaigns
from gonfalon.planning.tables.touchpoints import touchpoints
from tests.insights.history import START
from tests.insights.shop import BACK, ORDERED, Shop, elsewhere

KEYS = ("conversions", "revenue", "returned", "reversed")
PRODUCTS = [
    {"product_id": "a", "sku": "red-a", "price": 20.0, "quantity": 2},
    {"sku": "b", "price": "9.50", "quantity": 1},
]


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ([], (1, 4950, 0, 0)),
        ([(BACK, 1000, {})], (1, 3950, 1000, 0)),
        ([(BACK, -1000, {})], (1, 3950, 1000, 0)),
        ([(BACK, 1000, {}), (BACK, 950, {"refund_id": "2"})], (1, 3000, 1950, 0)),
        ([(BACK, 4950, {})], (0, 0, 4950, 1)),
        ([(BACK, 9999, {})], (0, 0, 4950, 1)),
        ([(BACK, None, {})], (0, 0, 4950, 1)),
        ([(BACK, None, {"products": []})], (0, 0, 4950, 1)),
        ([(BACK, None, {"products": [{"product_id": "a", "quantity": 1}]})], (1, 2950, 2000, 0)),
        ([(BACK, None, {"products": [{"sku": "b"}]})], (1, 4000, 950, 0)),
        ([(BACK, None, {"products": [{"sku": "b", "price": 5, "quantity": "1"}]})], (1, 4450, 500, 0)),
        ([("Order Cancelled", None, {})], (0, 0, 4950, 1)),
        ([("Order Canceled", 4950, {})], (0, 0, 4950, 1)),
        ([(BACK, 1000, {}), ("Order Cancelled", None, {})], (0, 0, 4950, 1)),
        ([("Order Cancelled", None, {}), ("Order Cancelled", None, {})], (0, 0, 4950, 1)),
        ([(BACK, 1000, {"refund_id": "7"}), (BACK, 1000, {"refund_id": "7"})], (1, 3950, 1000, 0)),
        ([(BACK, 1000, {}), (BACK, 1000, {})], (1, 3950, 1000, 0)),
        ([("Order Completed", -1000, {})], (1, 3950, 1000, 0)),
        ([(BACK, None, {"products": [{"sku": "b", "quantity": -1}]})], (1, 4000, 950, 0)),
        ([(BACK, None, {"products": [{"sku": "b", "price": "-5,50 €"}]})], (1, 4400, 550, 0)),
        ([(BACK, None, {"products": [{"sku": "red-a"}]})], (1, 2950, 2000, 0)),
        ([(BACK, 1000, {"refundId": 7}), (BACK, 1000, {"refundId": 7, "note": "again"})], (1, 3950, 1000, 0)),
        ([(BACK, 0, {})], (1, 4950, 0, 0)),
        ([("Order Updated", 3000, {})], (1, 3000, 0, 0)),
        ([("Order Updated", 6000, {}), (BACK, 1000, {})], (1, 5000, 1000, 0)),
        ([("Order Updated", 6000, {}), ("Order Updated", 2000, {})], (1, 2000, 0, 0)),
        ([("Order Updated", None, {"status": "packed"})], (1, 4950, 0, 0)),
        ([("Order Updated", 3000, {}), (BACK, 3000, {})], (0, 0, 3000, 1)),
        ([("Order Updated", 3000, {}), ("Order Cancelled", None, {})], (0, 0, 3000, 1)),
        ([("Order Updated", 3000, {"products": [{"sku": "c", "price": 9}]}),
          (BACK, None, {"products": [{"sku": "c"}]})], (1, 2100, 900, 0)),
        ([("Order Updated", -1000, {})], (1, 3950, 1000, 0)),
        ([("Order Updated", 3000, {"order_id": "another"})], (1, 4950, 0, 0)),
        ([(BACK, 1000, {}), ("Order Updated", 3950, {})], (1, 3950, 0, 0)),
        ([(BACK, 1000, {}), ("Order Updated", 4950, {"status": "packed"})], (1, 3950, 1000, 0)),
        ([(BACK, 1000, {}), ("Order Updated", 3950, {}), ("Order Updated", 3950, {})], (1, 3950, 0, 0)),
        ([("Order Cancelled", None, {}), ("Order Updated", 3950, {})], (0, 0, 3950, 1)),
        ([(BACK, None, {}), ("Order Updated", 4950, {"status": "refunded"})], (0, 0, 4950, 1)),
    ],
)  # fmt: skip
async def test_what_is_paid_back_is_taken_from_where_it_went(
    shop: Shop, told: list[tuple[str, int | None, dict[str, Any]]], shown: tuple[int, ...]
) -> None:
    for number, (name, amount, more) in enumerate(told):  # before the order arrives, which changes nothing
        late = timedelta(days=30 if name in (BACK, "Order Completed") else 30 + number)
        await shop.tell(name, amount, at=ORDERED + late, **{"order_id": "o1", **more})
    await shop.tell("Order Completed", 4950, order_id="o1", products=PRODUCTS)
    assert await shop.shown(*KEYS) == shown
    report = await shop.report()
    touchpoint = report["touchpoints"][0]["figures"]
    assert tuple(touchpoint[key]["value"] for key in KEYS) == shown
    listed = (await shop.world.http.get(f"{shop.world.path}/reports")).json()["items"][0]["figures"]
    assert listed == report["total"]
    assert report["links"] == [] or report["links"][0]["revenue"] == shown[1]
    series = f"{shop.world.path}/campaigns/{shop.campaign}/report/series?step=day&since=2026-01-01T00:00:00Z"
    days = {one["at"]: one["conversions"] for one in (await shop.world.http.get(series)).json() if one["conversions"]}
    assert sum(days.values()) == shown[0]
    assert report["loose_reversals"] == 0


@pytest.mark.parametrize(
    ("name", "amount", "more"),
    [
        (BACK, 1000, {"order_id": "another"}),
        (BACK, 1000, {"order_id": None}),
        (BACK, None, {"products": [{"sku": "unheard of"}]}),
        (BACK, 1000, {"currency": "CHF"}),
        ("Order Cancelled", None, {"order_id": "another"}),
        ("Order Completed", -1000, {"order_id": "another"}),
        ("Order Completed", -1000, {"order_id": None}),
    ],
)
async def test_what_takes_nothing_back_is_told(shop: Shop, name: str, amount: int | None, more: dict[str, Any]) -> None:
    await shop.tell("Order Completed", 4950, order_id="o1", products=PRODUCTS)
    await shop.tell(name, amount, at=ORDERED + timedelta(days=1), **{"order_id": "o1", **more})
    assert await shop.shown(*KEYS) == (1, 4950, 0, 0)
    assert (await shop.report())["loose_reversals"] == 1


@pytest.mark.parametrize(
    ("currency", "back", "kept"),
    [
        ("USD", (1000, {"currency": "USD"}), 3200),
        ("USD", (1000, {"currency": "EUR"}), 3000),
        ("USD", (1000, {"currency": "SEK"}), 3900),
        ("USD", (1000, {"unsaid": True}), 3200),
        ("EUR", (1000, {"currency": "USD"}), 4200),
        ("EUR", (1000, {"currency": "USD", "unsaid": True}), 4200),
        ("EUR", (500, {"currency": "JPY"}), 4500),
        ("JPY", (100_000, {"unsaid": True}), 4000),
        ("JPY", (1000, {"currency": "JPY"}), 4000),
    ],
)
async def test_a_refund_in_any_currency_takes_back_what_it_is_worth(
    shop: Shop, currency: str, back: tuple[int, dict[str, Any]], kept: int
) -> None:
    """unsaid: the event names no currency, its amount was read in the workspace's or as it was written."""
    for code, rate in (("USD", "0.8"), ("SEK", "0.1"), ("JPY", "0.01")):
        await shop.put(exchange_rates, currency=code, day=date(2026, 1, 1), rate=Decimal(rate))
    await shop.tell("Order Completed", 5000, currency=currency, order_id="o1")
    await shop.tell(BACK, back[0], order_id="o1", **back[1])
    report = await shop.report()
    assert (report["total"]["revenue"]["value"], report["loose_reversals"]) == (kept, 0)


@pytest.mark.parametrize(
    "named",
    [
        {"coupon": " wall "}, {"couponCode": "WALL"}, {"coupons": ["FREE", "Wall"]},
        {"discount_codes": [{"code": "WALL"}]}, {"voucherCode": "wall"}, {"coupon": "FREE, WALL"},
        {"promoCode": "wall"},
        {"products": [{"sku": "a"}, {"sku": "b", "coupon": "Wall"}]},
    ],
)  # fmt: skip
async def test_a_code_counts_wherever_shops_write_it(shop: Shop, named: dict[str, Any]) -> None:
    poster = await elsewhere(shop, "Poster", "print", code="WALL", done_on=START.date())
    await shop.tell("Order Completed", 3_000, **named)
    report = await shop.report()
    assert {one["id"]: one["figures"]["revenue"]["value"] for one in report["touchpoints"]} == {
        str(poster): 3_000,
        str(shop.email): 0,
    }


@pytest.mark.parametrize(
    ("arrival", "visits"),
    [
        ({"campaign": "été à la mer 2026_7"}, 1),
        ({"campaign": "e\u0301te\u0301 a\u0300 la mer 2026 7"}, 1),
        ({"campaign": "ete-a-la-mer-2026-7", "medium": "paid search"}, 1),
        ({"campaign": "ete_a_la_mer_2026_7", "medium": "paid_search"}, 1),
        ({"campaign": "ete-a-la-mer-2026-7", "medium": "newsletter"}, 0),
        ({"campaign": "ete-a-la-mer-2026"}, 0),
        *(({"click": each}, 1) for each in ("gclid", "wbraid", "gbraid", "dclid", "msclkid")),
        *(({"click": each}, 0) for each in ("fbclid", "ttclid", "li_fat_id")),
    ],
)
async def test_a_visit_is_of_its_campaign_however_its_tag_is_written(
    shop: Shop, arrival: dict[str, str], visits: int
) -> None:
    async with shop.world.services.db.transaction() as connection:
        await connection.execute(
            update(campaigns).where(campaigns.c.id == shop.campaign).values(name="Été à la Mer 2026 (7)")
        )
        await connection.execute(
            update(touchpoints).where(touchpoints.c.id == shop.email).values(utm={"campaign": "x"})
        )
    ads = await elsewhere(shop, "Search", "ads", done_on=START.date())
    await shop.tell("Page Viewed", arrival=arrival)
    report = await shop.report()
    found = {one["id"]: one["figures"]["visitors"]["value"] for one in report["touchpoints"]}
    assert found[str(ads)] == visits


async def test_a_negative_amount_is_no_conversion_and_an_order_told_twice_is_one(shop: Shop) -> None:
    await shop.tell("Order Completed", -500)
    await shop.tell("Order Completed", 3000, order_id="o1")
    await shop.tell("Order Completed", 3000, at=ORDERED + timedelta(seconds=1), order_id="o1")
    other = await shop.put(people, email="of.the.browser@example.com")
    await shop.tell("Order Completed", 3000, at=ORDERED - timedelta(seconds=1), person=other, order_id="o1")
    assert await shop.shown("conversions", "converters", "revenue") == (1, 1, 3000)


async def test_other_currencies_are_worth_what_they_were_on_their_day(shop: Shop) -> None:
    for day, rate in ((date(2026, 3, 2), "0.9"), (date(2026, 3, 4), "0.8")):
        await shop.put(exchange_rates, currency="USD", day=day, rate=Decimal(rate))
    await shop.put(exchange_rates, currency="JPY", day=date(2026, 1, 1), rate=Decimal("0.0061"))
    midnight = datetime.fromisoformat("2026-03-04T00:00:00+01:00")  # the workspace's, in Stockholm
    await shop.tell("Order Completed", 10_000, currency="USD", at=midnight - timedelta(microseconds=1), order_id="1")
    await shop.tell("Order Completed", 10_000, currency="USD", at=midnight)
    await shop.tell("Order Completed", 12_345, currency="JPY")
    await shop.tell("Order Completed", 777, currency="CHF")
    await shop.tell("Order Completed", 888, currency="CHF")
    report = await shop.report()
    assert report["total"]["revenue"]["value"] == 9_000 + 8_000 + round(12_345 * 0.61)
    assert report["total"]["conversions"]["value"] == 5
    assert (report["unconverted"], report["foreign_conversions"]) == ([{"currency": "CHF", "conversions": 2}], 2)
    behind = f"{shop.world.path}/campaigns/{shop.campaign}/report/people?metric=revenue"
    (ada,) = (await shop.world.http.get(behind)).json()["items"]
    assert len(ada["orders"]) == 5
    assert sum(order["amount_minor"] for order in ada["orders"]) == report["total"]["revenue"]["value"]
    # paid back at another day's rate, it still takes back exactly what it brought
    await shop.tell(BACK, 10_000, currency="USD", at=midnight + timedelta(days=9), order_id="1")
    assert await shop.shown("conversions", "revenue") == (4, 8_000 + round(12_345 * 0.61))
