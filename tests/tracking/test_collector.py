"""Events from outside, through the API: identity, time, money, doubles, bad input."""

from __future__ import annotations

import asyncio
import base64
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from gonfalon.kit.errors import Invalid
from gonfalon.people.attributes.actions import create_attribute
from gonfalon.people.attributes.model import AttributeType
from gonfalon.tracking.collector.rules import Message, decode_batch, decode_message, moment_of, money_of, understand
from tests.conftest import World

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
async def key(world: World) -> str:
    """An API key that may send events."""
    made = await world.http.post(f"{world.path}/api-keys", json={"name": "shop", "scopes": ["track"]})
    assert made.status_code == 201, made.text
    return str(made.json()["key"])


@pytest.fixture
def sender(key: str, client_of: Any) -> httpx2.AsyncClient:
    """A client with the key, as Segment's libraries send it."""
    basic = base64.b64encode(f"{key}:".encode()).decode()
    client: httpx2.AsyncClient = client_of(headers={"authorization": f"Basic {basic}"})
    return client


async def events(world: World) -> list[dict[str, Any]]:
    """What the API says happened, the oldest first."""
    answer = await world.http.get(f"{world.path}/events")
    assert answer.status_code == 200, answer.text
    return list(reversed(answer.json()["items"]))


async def people(world: World) -> list[Any]:
    """The workspace's people."""
    async with world.services.db.reading() as connection:
        rows = await connection.execute(
            text("select id, email, external_id, attributes from people where workspace_id = :w order by id"),
            {"w": world.workspace.id},
        )
        return list(rows)


async def test_order_becomes_an_event_with_money(world: World, sender: httpx2.AsyncClient) -> None:
    message = {
        "userId": "c-17",
        "event": "Order Completed",
        "messageId": "m-1",
        "timestamp": "2026-11-20T10:00:00Z",
        "properties": {"revenue": 19.99, "currency": "sek", "products": [{"sku": "a"}]},
        "context": {"traits": {"email": "Ada@Example.com"}},
    }
    answer = await sender.post("/v1/track", json=message)
    assert (answer.status_code, answer.json()) == (200, {"success": True, "accepted": 1, "duplicates": 0})
    (event,) = await events(world)
    assert (event["name"], event["amount_minor"], event["currency"]) == ("Order Completed", 1999, "SEK")
    assert event["at"].startswith("2026-11-20T10:00:00")
    assert event["properties"]["products"] == [{"sku": "a"}]
    (person,) = await people(world)
    assert (person.external_id, person.email) == ("c-17", "ada@example.com")
    names = await world.http.get(f"{world.path}/events/names")
    assert names.json() == [{"name": "Order Completed", "count": 1}]


async def test_same_message_is_kept_once(world: World, sender: httpx2.AsyncClient) -> None:
    message = {"userId": "u", "event": "E", "messageId": "same"}
    answers = await asyncio.gather(*(sender.post("/v1/track", json=message) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {200}
    assert sum(answer.json()["accepted"] for answer in answers) == 1
    twice = await sender.post("/v1/batch", json={"batch": [{"type": "track", **message}, {"type": "track", **message}]})
    assert twice.json() == {"success": True, "accepted": 0, "duplicates": 2}
    assert len(await events(world)) == 1


async def test_people_are_recognised_by_any_of_their_names(world: World, sender: httpx2.AsyncClient) -> None:
    await sender.post("/v1/page", json={"anonymousId": "device-1", "name": "Home", "properties": {"url": "/"}})
    await sender.post(
        "/v1/identify", json={"userId": "u-1", "anonymousId": "device-1", "traits": {"email": "a@b.example"}}
    )
    await sender.post("/v1/track", json={"email": "A@B.example", "event": "Signed Up"})
    await sender.post("/v1/track", json={"userId": "u-1", "event": "Bought"})
    assert len(await people(world)) == 1
    assert [event["name"] for event in await events(world)] == ["Page Viewed", "Signed Up", "Bought"]


async def test_traits_become_declared_attributes(world: World, sender: httpx2.AsyncClient) -> None:
    await create_attribute(world.ctx, "Shoe size", AttributeType.NUMBER, key="shoe_size")
    await create_attribute(world.ctx, "Home", AttributeType.TEXT, key="home")
    first = {"home": "Lund", "nonsense": "x", "shoe_size": "big"}
    await sender.post("/v1/identify", json={"userId": "u", "traits": first})
    await sender.post("/v1/identify", json={"userId": "u", "traits": {"home": "Malmö", "shoe_size": 39}})
    (person,) = await people(world)
    assert person.attributes == {"home": "Malmö", "shoe_size": 39}
    assert await events(world) == []


async def test_batch_keeps_the_good_and_names_the_bad(world: World, sender: httpx2.AsyncClient) -> None:
    batch = [
        {"type": "track", "userId": "u", "event": "Good"},
        {"type": "track", "event": "Nobody"},
        {"type": "track", "userId": "u"},
        {"type": "dance", "userId": "u"},
        ["not an object"],
        {"type": "track", "userId": "u", "event": "Big", "properties": {"x": "y" * 33_000}},
        {"type": "screen", "userId": "u", "name": "Cart"},
    ]
    answer = await sender.post("/v1/batch", json={"batch": batch, "sentAt": "2026-11-21T10:00:00Z"})
    assert answer.status_code == 200
    assert answer.json()["accepted"] == 2
    assert [(bad["index"], bad["code"]) for bad in answer.json()["rejected"]] == [
        (1, "identity_missing"),
        (2, "event_missing"),
        (3, "type_unknown"),
        (4, "json_invalid"),
        (5, "message_large"),
    ]
    assert {event["name"] for event in await events(world)} == {"Good", "Screen Viewed"}


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "json_invalid"),
        (b"{", 400, "json_invalid"),
        (b"[]", 400, "json_invalid"),
        (b"\xff\xfe", 400, "json_invalid"),
        (b'{"userId": {"a": 1}, "event": "x"}', 400, "json_invalid"),
        (b'{"event": "x"}', 400, "identity_missing"),
        (b'{"userId": "  ", "event": "x"}', 400, "identity_missing"),
        (b'{"userId": "u"}', 400, "event_missing"),
        (b'{"userId": "u", "event": "' + b"x" * 201 + b'"}', 400, "event_long"),
        (b'{"userId": "u", "event": "x", "properties": {"a": "' + b"x" * 40_000 + b'"}}', 413, "body_too_large"),
        (b'{"a":' * 5000 + b"1" + b"}" * 5000, 400, "json_invalid"),
    ],
)
async def test_bad_input_gets_a_sentence(
    world: World, sender: httpx2.AsyncClient, body: bytes, status: int, code: str
) -> None:
    answer = await sender.post("/v1/track", content=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert await events(world) == []


async def test_damaged_text_is_mended(world: World, sender: httpx2.AsyncClient) -> None:
    """NUL and half surrogates cannot be stored; one such event must not spoil its neighbours."""
    bodies = [
        b'{"userId": "u\\u0000", "event": "a\\u0000b", "properties": {"k\\u0000": "\\ud800v", "n": 1e400}}',
        b'{"userId": "w", "event": "fine"}',
    ]
    answers = await asyncio.gather(*(sender.post("/v1/track", content=body) for body in bodies))
    assert answers[1].status_code == 200
    assert "fine" in [event["name"] for event in await events(world)]
    assert answers[0].status_code in (200, 400)


async def test_keys_open_only_what_they_may(world: World, client_of: Any, key: str) -> None:
    message = {"userId": "u", "event": "E"}
    plain = client_of()
    assert (await plain.post("/v1/track", json=message)).json()["code"] == "api_key_missing"
    assert (await plain.post("/v1/track", json=message, headers={"authorization": "Bearer wrong"})).status_code == 401
    assert (await plain.post("/v1/track", json={**message, "writeKey": key})).status_code == 200
    reader = (await world.http.post(f"{world.path}/api-keys", json={"name": "r", "scopes": ["read"]})).json()["key"]
    refused = await plain.post("/v1/track", json=message, headers={"authorization": f"Bearer {reader}"})
    assert (refused.status_code, refused.json()["code"]) == (403, "permission_missing")
    assert (await plain.get(f"{world.path}/events", headers={"authorization": f"Bearer {key}"})).status_code == 403
    asked = await plain.options("/v1/track")
    assert asked.headers["access-control-allow-origin"] == "*"


async def test_events_page_and_filter(world: World, sender: httpx2.AsyncClient) -> None:
    batch = [
        {"type": "track", "userId": f"u{number % 3}", "event": "odd" if number % 2 else "even"} for number in range(12)
    ]
    await sender.post("/v1/batch", json={"batch": batch})
    seen: list[int] = []
    cursor = None
    while True:
        parameters = {"limit": 5} | ({"cursor": cursor} if cursor else {})
        page = (await world.http.get(f"{world.path}/events", params=parameters)).json()
        seen += [event["id"] for event in page["items"]]
        cursor = page.get("next_cursor")
        if not cursor:
            break
    assert len(seen) == len(set(seen)) == 12
    person = (await people(world))[0].id
    mine = await world.http.get(f"{world.path}/events", params={"person_id": person, "limit": 3})
    rest = await world.http.get(
        f"{world.path}/events", params={"person_id": person, "limit": 3, "cursor": mine.json()["next_cursor"]}
    )
    assert len({event["id"] for event in mine.json()["items"] + rest.json()["items"]}) == 4
    odd = (await world.http.get(f"{world.path}/events", params={"name": "odd"})).json()["items"]
    assert {event["name"] for event in odd} == {"odd"}


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (Message(), NOW),
        (Message(timestamp="2026-11-20T00:00:00Z"), datetime(2026, 11, 20, tzinfo=UTC)),
        (Message(timestamp="2026-11-20T02:00:00+02:00"), datetime(2026, 11, 20, tzinfo=UTC)),
        (Message(timestamp="2030-01-01T00:00:00Z"), NOW),
        (Message(timestamp="yesterday"), NOW),
        # The sender's clock is ten minutes fast: said 12:09, sent 12:10, received 12:00 → 11:59.
        (Message(timestamp="2026-11-21T12:09:00Z", sent_at="2026-11-21T12:10:00Z"), NOW - timedelta(minutes=1)),
        (
            Message(original_timestamp="2026-11-21T12:09:00Z", timestamp="x", sent_at="2026-11-21T12:10:00Z"),
            NOW - timedelta(minutes=1),
        ),
        (Message(timestamp="0001-01-01T00:00:00+23:59"), NOW),
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
        ({"revenue": "12.345", "currency": "USD"}, (1234, "USD")),
        ({"total": 500, "currency": "JPY"}, (500, "JPY")),
        ({"value": 1.1, "total": 2.2}, (220, "EUR")),
        ({"revenue": None, "value": 3}, (300, "EUR")),
        ({"revenue": "much"}, (None, None)),
        ({"revenue": 1, "currency": "XXQ"}, (None, None)),
        ({"revenue": True}, (None, None)),
        ({"revenue": 1e300}, (None, None)),
        ({"revenue": float("inf")}, (None, None)),
        ({"revenue": -5}, (-500, "EUR")),
        ({}, (None, None)),
    ],
)
def test_money(properties: dict[str, Any], expected: tuple[int | None, str | None]) -> None:
    """Minor units, halves to even, and nothing rather than a guess."""
    assert money_of(properties, "EUR") == expected


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
        told = understand(message, kind, NOW, "EUR")
    except Invalid:
        return
    assert told.at <= NOW
    assert (told.amount_minor is None) == (told.currency is None)
