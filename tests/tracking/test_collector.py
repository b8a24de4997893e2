"""Events from outside, through the API: identity, time, money, doubles, bad input."""

from __future__ import annotations

import asyncio
import base64
import gzip
import json
import zlib
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest
from sqlalchemy import text

from gonfalon.accounts.model import Workspace
from gonfalon.people.attributes.actions import create_attribute
from gonfalon.people.attributes.model import AttributeType
from tests.conftest import World

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
WORKSPACE = Workspace(1, "shop", "Shop", "Europe/Berlin", "EUR", "en")


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


def packed(body: bytes, encoding: str) -> bytes:
    """The body as a library compresses it."""
    if encoding == "gzip":
        return gzip.compress(body, mtime=0)
    squeezer = zlib.compressobj(wbits=-15 if encoding == "raw" else 15)
    return squeezer.compress(body) + squeezer.flush()


@pytest.mark.parametrize(
    ("form", "encoding"), [("gzip", "gzip"), ("zlib", "deflate"), ("raw", "deflate"), ("gzip", "GZIP")]
)
async def test_compressed_bodies_are_unpacked(
    world: World, sender: httpx2.AsyncClient, form: str, encoding: str
) -> None:
    body = packed(b'{"batch": [{"type": "track", "userId": "u", "event": "Packed"}]}', form)
    answer = await sender.post("/v1/batch", content=body, headers={"content-encoding": encoding})
    assert answer.json() == {"success": True, "accepted": 1, "duplicates": 0}
    assert [event["name"] for event in await events(world)] == ["Packed"]


@pytest.mark.parametrize(
    ("content", "encoding", "status", "code"),
    [
        (packed(b" " * 600 * 1024, "gzip"), "gzip", 413, "body_too_large"),
        (packed(packed(b" " * 50_000_000, "gzip"), "gzip"), "gzip, gzip", 413, "body_too_large"),
        (packed(b"{}", "gzip")[:-4], "gzip", 400, "body_damaged"),
        (b"{}", "gzip", 400, "body_damaged"),
        (b"{}", "br", 400, "encoding_unknown"),
    ],
)
async def test_bodies_that_cannot_be_unpacked_get_a_sentence(
    sender: httpx2.AsyncClient, content: bytes, encoding: str, status: int, code: str
) -> None:
    """And a small body that unpacks to a large one costs nothing."""
    answer = await sender.post("/v1/batch", content=content, headers={"content-encoding": encoding})
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_the_browser_library_finds_its_addresses(world: World, client_of: Any, key: str) -> None:
    """It sends plain text without a preflight, the key in the body, and asks for its settings first."""
    page = client_of(headers={"origin": "https://shop.example", "content-type": "text/plain"})
    settings = await page.get(f"/v1/projects/{key}/settings")
    assert settings.json()["integrations"]["Segment.io"] == {
        "apiKey": key,
        "apiHost": "testserver/v1",
        "protocol": "http",
        "addBundledMetadata": False,
    }
    for path, message in {
        "t": {"event": "Clicked"},
        "i": {"traits": {"email": "a@b.example"}},
        "p": {"name": "Home"},
        "s": {"name": "Cart"},
        "g": {"groupId": "acme", "traits": {"plan": "gold"}},
        "a": {"userId": "u-2", "previousId": "u"},
    }.items():
        body = {"userId": "u", "anonymousId": "d", "writeKey": key, **message}
        answer = await page.post(f"/v1/{path}", content=json.dumps(body))
        assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, "*"), answer.text
    batch = {"writeKey": key, "batch": [{"type": "track", "userId": "u", "event": "Later"}]}
    assert (await page.post("/v1/b", content=json.dumps(batch))).json()["accepted"] == 1
    assert (await page.post("/v1/m", content='{"series": []}')).status_code == 200
    told = {event["name"]: event["properties"] for event in await events(world)}
    assert set(told) == {"Clicked", "Page Viewed", "Screen Viewed", "Group Joined", "Later"}
    assert told["Group Joined"] == {"groupId": "acme", "plan": "gold"}
    for answer in [
        await page.get("/v1/projects/nonsense/settings"),
        await page.post("/v1/t", content="{"),
        await page.post("/v1/t", content='{"event": "E", "userId": "u"}'),
        await page.post("/v1/t", content=" " * 40_000),
    ]:
        assert answer.status_code in (400, 401, 413)
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.json()["detail"]


async def test_properties_of_an_event_are_offered(world: World, sender: httpx2.AsyncClient) -> None:
    """For the builder of audiences, lists included, and a condition on an item finds who bought it."""
    products = [{"sku": "SKU1", "price": 19.9}, {"sku": "SKU2", "price": 19.9}]
    for user, bought in (("u-1", products), ("u-2", products[1:]), ("u-3", "none")):
        properties = {"revenue": 39.8, "products": bought, "tags": ["a"], "gift": True}
        await sender.post("/v1/track", json={"userId": user, "event": "Order Completed", "properties": properties})
    found = await world.http.get(f"{world.path}/events/properties", params={"name": "Order Completed"})
    assert {each["property"]: each["type"] for each in found.json()} == {
        "revenue": "number",
        "gift": "boolean",
        "tags[]": "text",
        "products": "text",
        "products[].sku": "text",
        "products[].price": "number",
    }
    for op, expected in (("is", 1), ("is_not", 2)):
        where = [{"property": "products[].sku", "type": "text", "op": op, "value": "SKU1"}]
        rule = {"kind": "event", "name": "Order Completed", "where": where}
        answer = await world.http.post(f"{world.path}/audiences/count", json={"rule": rule})
        assert answer.json()["total"] == expected, op
    broken = [{"property": "a[].b[].c", "type": "text", "op": "is", "value": "x"}]
    answer = await world.http.post(
        f"{world.path}/audiences/count", json={"rule": {"kind": "event", "name": "E", "where": broken}}
    )
    assert (answer.status_code, answer.json()["reason"]) == (422, "items_malformed")


async def test_what_comes_twice_in_one_batch_is_kept_once(world: World, sender: httpx2.AsyncClient) -> None:
    message = {"type": "track", "userId": "u", "event": "E", "messageId": "new"}
    answer = await sender.post("/v1/batch", json={"batch": [message, message, {**message, "messageId": "other"}]})
    assert answer.json() == {"success": True, "accepted": 2, "duplicates": 1}
    assert len(await events(world)) == 2


async def test_batch_keeps_the_good_and_names_the_bad(world: World, sender: httpx2.AsyncClient) -> None:
    batch = [
        {"type": "track", "userId": "u", "event": "Good"},
        {"type": "track", "event": "Nobody"},
        {"type": "track", "userId": "u"},
        {"type": "dance", "userId": "u"},
        ["not an object"],
        {"type": "track", "userId": "u", "event": "Big", "properties": {"x": "y" * 33_000}},
        {"type": "screen", "userId": "u", "name": "Cart"},
        {"type": "track", "userId": "u", "event": "Order Completed", "properties": {"revenue": "much"}},
        {"type": "track", "userId": "u", "event": "When", "timestamp": "yesterday"},
        json.loads('{"type": "track", "userId": "u", "event": "Deep", "properties": ' + '{"a":' * 70 + "1" + "}" * 71),
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
        (7, "amount_invalid"),
        (8, "time_invalid"),
        (9, "message_deep"),
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


@pytest.mark.parametrize("encoding", ["", "gzip"])
async def test_a_byte_order_mark_before_json_is_no_part_of_it(
    world: World, sender: httpx2.AsyncClient, encoding: str
) -> None:
    for path, body in (
        ("track", b'{"userId": "u", "event": "Alone"}'),
        ("batch", b'{"batch": [{"type": "track", "userId": "u", "event": "Packed"}]}'),
    ):
        marked = b"\xef\xbb\xbf" + body
        content = gzip.compress(marked) if encoding else marked
        answer = await sender.post(f"/v1/{path}", content=content, headers={"content-encoding": encoding or "identity"})
        assert answer.json() == {"success": True, "accepted": 1, "duplicates": 0}
    assert {event["name"] for event in await events(world)} == {"Alone", "Packed"}


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
