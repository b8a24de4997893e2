"""What the collector makes of values: moments, money, ids, and whatever else may come."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonfalon.accounts.model import Workspace
from gonfalon.kit.errors import Invalid
from gonfalon.tracking.collector.amounts import money_of
from gonfalon.tracking.collector.rules import Message, decode_batch, decode_message, moment_of, parse
from tests.conftest import World

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
WORKSPACE = Workspace(1, "shop", "Shop", "Europe/Berlin", "EUR", "en")


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (Message(), NOW),
        (Message(timestamp="2026-11-20T00:00:00Z"), datetime(2026, 11, 20, tzinfo=UTC)),
        (Message(timestamp="2026-11-20T02:00:00+02:00"), datetime(2026, 11, 20, tzinfo=UTC)),
        (Message(timestamp="2030-01-01T00:00:00Z"), NOW),
        (Message(timestamp="Fri, 20 Nov 2026 00:00:00 GMT"), datetime(2026, 11, 20, tzinfo=UTC)),
        # The sender's clock is ten minutes fast: said 12:09, sent 12:10, received 12:00 → 11:59.
        (Message(timestamp="2026-11-21T12:09:00Z", sent_at="2026-11-21T12:10:00Z"), NOW - timedelta(minutes=1)),
        (
            Message(original_timestamp="2026-11-21T12:09:00Z", timestamp="x", sent_at="2026-11-21T12:10:00Z"),
            NOW - timedelta(minutes=1),
        ),
        (Message(timestamp="2026-11-20T00:00:00Z", sent_at="x"), datetime(2026, 11, 20, tzinfo=UTC)),
        (Message(timestamp="1970-01-01T00:00:00Z"), datetime(2000, 1, 1, tzinfo=UTC)),
    ],
)
def test_moment(message: Message, expected: datetime) -> None:
    """received − (sent − said), never later than now."""
    assert moment_of(message, NOW) == expected


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ({"revenue": 10}, (1000, "EUR")),
        ({"revenue": 12.345, "currency": "USD"}, (1234, "USD")),
        ({"revenue": "12.3456", "currency": "USD"}, (1235, "USD")),
        ({"revenue": "0.125", "currency": "USD"}, (12, "USD")),
        ({"revenue": "1.234", "currency": "KWD"}, (1234, "KWD")),
        ({"revenue": "1.234.567"}, (123456700, "EUR")),
        ({"revenue": "1,234"}, (123400, "EUR")),
        ({"value": "1.234"}, (None, None)),
        ({"total": 500, "currency": "JPY"}, (500, "JPY")),
        ({"value": 1.1, "total": 2.2}, (220, "EUR")),
        ({"revenue": None, "value": 3}, (300, "EUR")),
        ({"revenue": "1,234.56", "currency": "EUR"}, (123456, "EUR")),
        ({"revenue": "$12.50"}, (1250, "USD")),
        ({"revenue": "12,50 €"}, (1250, "EUR")),
        ({"revenue": "1 234,50 kr", "currency": "SEK"}, (123450, "SEK")),
        ({"total": "¥1,200", "currency": "jpy"}, (1200, "JPY")),
        ({"revenue": "", "total": "5"}, (500, "EUR")),
        ({"value": "left"}, (None, None)),
        ({"value": {"a": 1}}, (None, None)),
        ({"revenue": -5}, (-500, "EUR")),
        ({"revenue": 0}, (0, "EUR")),
        ({"currency": None, "revenue": 1}, (100, "EUR")),
        ({"currency": "US$", "revenue": "1'234.50"}, (123450, "USD")),
        ({"currency": "Euro", "revenue": 1}, (100, "EUR")),
        ({"currency": "N/A", "revenue": 1}, (100, "EUR")),
        ({"currencyCode": "USD", "revenue": 1}, (100, "USD")),
        ({"revenue": "null", "total": 2}, (200, "EUR")),
        ({"revenue": "12.-", "currency": "CHF"}, (1200, "CHF")),
        ({}, (None, None)),
    ],
)
def test_money(properties: dict[str, Any], expected: tuple[int | None, str | None]) -> None:
    """Minor units, halves to even."""
    assert money_of(properties, "EUR") == expected


@pytest.mark.parametrize(
    ("name", "properties", "expected"),
    [
        ("Order Refunded", {"amount": "12,50 €"}, 1250),
        ("Order Refunded", {"refund_amount": -3}, -300),
        ("Order Refunded", {"total": 5, "amount": 9}, 500),
        ("Order Refunded", {"products": [{"sku": "a", "price": "9,50 €", "quantity": 2}]}, 1900),
        ("Order Refunded", {"products": [{"sku": "a"}]}, None),
        ("Order Updated", {"products": [{"sku": "a", "price": 4}]}, 400),
        ("Order Completed", {"amount": 5}, None),
        ("Page Scrolled", {"amount": 5}, None),
    ],
)
async def test_what_names_amounts_otherwise(
    world: World, name: str, properties: dict[str, Any], expected: int | None
) -> None:
    message = Message(event=name, user_id="u", properties=properties)
    assert parse(message, "track", NOW, world.workspace).amount_minor == expected


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("order refunded", "Order Refunded"),
        ("order_refunded", "Order Refunded"),
        ("OrderCancelled", "Order Cancelled"),
        ("ORDER-CANCELED", "Order Canceled"),
        ("order.updated", "Order Updated"),
        ("order_completed", "order_completed"),
        ("Order Refunded Twice", "Order Refunded Twice"),
    ],
)
async def test_what_changes_an_order_is_heard_however_it_is_written(world: World, written: str, kept: str) -> None:
    assert parse(Message(event=written, user_id="u"), "track", NOW, world.workspace).name == kept


@pytest.mark.parametrize(
    "properties",
    [
        {"revenue": "much"},
        {"revenue": True},
        {"revenue": 1e300},
        {"revenue": float("inf")},
        {"revenue": float("nan")},
        {"revenue": "9e999990"},
        {"revenue": "9" * 5000},
        {"revenue": 10**4000},
        {"revenue": [1]},
        {"total": "12 apples"},
        {"revenue": "1.234"},
        {"revenue": " 12.345 ", "currency": "USD"},
        {"revenue": "-1.234", "currency": "JPY"},
        {"revenue": "$12.50", "currency": "EUR"},
        {"revenue": "5 kr"},
        {"revenue": 1, "currency": "XXQ"},
        {"value": "left", "currency": "EUR"},
    ],
)
def test_money_that_cannot_be_read_is_refused(properties: dict[str, Any]) -> None:
    """Nothing rather than a guess, and not in silence."""
    with pytest.raises(Invalid) as refused:
        money_of(properties, "EUR")
    assert refused.value.code in ("amount_invalid", "currency_unknown")


@pytest.mark.parametrize(
    "given",
    [
        "2026-01-05T10:00:00Z",
        "2026-01-05 10:00:00",
        "2026-01-05 10:00:00 UTC",
        "2026/01/05 10:00:00",
        "2026-01-05T11:00:00+01:00",
        "Mon, 05 Jan 2026 10:00:00 GMT",
        "Monday, 05-Jan-26 10:00:00 GMT",
        "Mon Jan 05 2026 11:00:00 GMT+0100 (Central European Standard Time)",
        "1767607200",
        1767607200,
        1767607200000,
        1767607200000000,
        1767607200000000000,
    ],
)
def test_moments_in_their_usual_forms(given: str | int) -> None:
    """All of them are ten o'clock in UTC."""
    assert moment_of(Message(timestamp=given), NOW) == datetime(2026, 1, 5, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "given", ["yesterday", "05/01/2026", "2026-13-05", "5", 5, True, -1, 10**30, "0001-01-01T00:00:00+23:59", "1" * 200]
)
def test_moments_that_cannot_be_read_are_refused(given: str | int) -> None:
    """An order on a guessed day would be counted wrongly."""
    with pytest.raises(Invalid) as refused:
        moment_of(Message(timestamp=given), NOW)
    assert refused.value.code == "time_invalid"


@pytest.mark.parametrize(
    ("products", "amount"),
    [
        ([{"price": 10, "quantity": 2}, {"price": "5,50"}], 2550),
        ([{"price": 10, "quantity": "3"}], 3000),
        ([{"price": 10}, {"sku": "free gift"}], None),
        (["SKU1"], None),
        ([], None),
    ],
)
def test_an_order_that_says_no_amount_is_worth_its_products(products: list[Any], amount: int | None) -> None:
    order = Message(event="Order Completed", user_id="u1", properties={"products": products})
    assert parse(order, "track", NOW, WORKSPACE).amount_minor == amount
    order.properties = {"products": products, "revenue": 7}
    assert parse(order, "track", NOW, WORKSPACE).amount_minor == 700
    order.event, order.properties = "Product List Viewed", {"products": products}
    assert parse(order, "track", NOW, WORKSPACE).amount_minor is None


@pytest.mark.parametrize(
    ("body", "external", "email", "name"),
    [
        (b'{"userId": 123.0, "event": "X", "messageId": 7}', "123", None, "X"),
        (b'{"userId": "{{user.id}}", "anonymousId": "A", "event": "X"}', None, None, "X"),
        (b'{"userId": "#NV", "event": "X", "context": {"traits": {"Email": "Ada <ADA@example.com>"}}}',
         None, "ada@example.com", "X"),
    ],
)  # fmt: skip
def test_ids_as_programs_write_them(body: bytes, external: str | None, email: str | None, name: str) -> None:
    told = parse(decode_message(body), "Track", NOW, WORKSPACE)
    assert (told.who.external_id, told.who.email, told.name) == (external, email, name)


@given(st.binary(max_size=200))
def test_any_bytes_are_understood_or_refused(body: bytes) -> None:
    """Never another exception than Invalid."""
    for decode in (decode_message, decode_batch):
        with suppress(Invalid):
            decode(body)


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=10)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
)


@given(
    st.dictionaries(
        st.sampled_from(["revenue", "total", "value", "currency", "x", "email", "phone"]), json_values, max_size=4
    ),
    st.sampled_from(["track", "identify", "page", "screen", "group", "alias", "?"]),
    st.text(max_size=20),
)
def test_any_values_are_understood_or_refused(values: dict[str, Any], kind: str, words: str) -> None:
    """Whatever types the members have."""
    message = Message(
        event=words, name=words, user_id=words, timestamp=words, sent_at=words, traits=values, properties=values
    )
    try:
        told = parse(message, kind, NOW, WORKSPACE)
    except Invalid:
        return
    assert told.at <= NOW
    assert (told.amount_minor is None) == (told.currency is None)
