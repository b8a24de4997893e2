"""What came to the collector can be looked at for a day: what was understood, what was changed, why it was refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
from sqlalchemy import text

from gonfalon.accounts.model import Role
from gonfalon.tracking.collector.intake import Intake
from gonfalon.tracking.live.store import KEPT, expire_receipts
from tests.conftest import World

CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"


@pytest.fixture
async def key(world: World) -> str:
    made = await world.http.post(f"{world.path}/api-keys", json={"name": "shop", "scopes": ["track"]})
    return str(made.json()["key"])


@pytest.fixture
def sender(key: str, client_of: Any) -> httpx2.AsyncClient:
    client: httpx2.AsyncClient = client_of(headers={"authorization": f"Bearer {key}"})
    return client


async def seen(world: World, **query: Any) -> list[dict[str, Any]]:
    """What the live page shows, the oldest first."""
    await world.services.get(Intake).journal.write()
    answer = await world.http.get(f"{world.path}/events/live", params=query)
    assert answer.status_code == 200, answer.text
    return list(reversed(answer.json()))


def allowing(**categories: bool) -> dict[str, Any]:
    """The context of a visitor's message who allows these."""
    return {"userAgent": CHROME, "consent": {"categoryPreferences": categories}}


async def test_what_came_is_shown_with_what_became_of_it(world: World, sender: httpx2.AsyncClient, key: str) -> None:
    now = datetime.now(UTC)
    fast = {
        "type": "track", "event": "Bought", "userId": "u-1", "messageId": "m-1",
        "timestamp": (now + timedelta(hours=2)).isoformat(), "properties": {"revenue": 12.5},
    }  # fmt: skip
    batch = [
        fast,
        fast,
        {"type": "track", "userId": "u-1"},
        {"type": "page", "userId": "undefined", "anonymousId": "d", "context": {"userAgent": "Googlebot/2.1"}},
        {"type": "track", "event": "Clicked", "anonymousId": "d", "context": allowing(analytics=True, ads=False)},
        {"type": "track", "event": "Clicked", "anonymousId": "d", "context": allowing(analytics=False)},
    ]  # fmt: skip
    sent = (now + timedelta(hours=2)).isoformat()
    answer = await sender.post("/v1/batch", json={"batch": batch, "sentAt": sent, "writeKey": key})
    assert [each["code"] for each in answer.json()["rejected"]] == ["event_missing", "consent_refused"]
    assert (await sender.post("/v1/track", content=b"{")).status_code == 400
    came = await seen(world)
    told = sorted((each["kind"], each["name"], each["outcome"], each["code"], *each["changes"]) for each in came)
    assert told == [
        ("page", "Page Viewed", "kept", "", "id_ignored", "bot"),
        ("track", "", "refused", "event_missing"),
        ("track", "", "refused", "json_invalid"),
        ("track", "Bought", "kept", "", "time_corrected"),
        ("track", "Bought", "twice", "", "time_corrected"),
        ("track", "Clicked", "kept", ""),
        ("track", "Clicked", "refused", "consent_refused"),
    ]
    (bought,) = (each for each in came if each["outcome"] == "kept" and each["name"] == "Bought")
    assert bought["key_name"] == "shop"
    assert bought["message"]["properties"] == {"revenue": 12.5}
    assert key not in str(came)
    assert (bought["understood"]["by"], bought["understood"]["amount_minor"]) == (["userId"], 1250)
    kept = {each["name"]: each["properties"] for each in (await world.http.get(f"{world.path}/events")).json()["items"]}
    assert kept["Page Viewed"] == {"bot": True}
    assert kept["Clicked"] == {"consent": ["analytics"]}
    for query, number in [({"q": "click"}, 2), ({"kind": "page"}, 1), ({"outcome": "refused"}, 3), ({"limit": 2}, 2)]:
        assert len(await seen(world, **query)) == number, query
    assert (await (await world.member(Role.GUEST)).get(f"{world.path}/events/live")).status_code == 403


async def test_receipts_are_few_and_go(world: World, sender: httpx2.AsyncClient) -> None:
    """However much is sent; after a day; and when somebody is erased, whom a message may name."""
    journal = world.services.get(Intake).journal
    for number in range(7):
        batch = [{"type": "track", "userId": "u", "event": f"E{number}"} for _ in range(200)]
        assert (await sender.post("/v1/batch", json={"batch": batch})).json()["accepted"] == 200
        await journal.write()
    damaged = b'{"event": "E", "userId": "u", "properties": {"deep": "\\u0000"}}'
    assert (await sender.post("/v1/track", content=damaged)).status_code == 200
    await journal.write()
    counted = text("select count(*) from receipts where workspace_id = :w")
    aged = text("update receipts set at = at - interval '25 hours' where workspace_id = :w and name <> 'E'")
    here = {"w": world.workspace.id}
    async with world.services.db.transaction() as connection:
        assert await connection.scalar(counted, here) == KEPT
        await connection.execute(aged, here)
        assert await expire_receipts(connection) >= KEPT - 1
        assert await connection.scalar(counted, here) == 1
    (person,) = (await world.http.get(f"{world.path}/people")).json()["items"]
    assert (await world.http.delete(f"{world.path}/people/{person['id']}")).status_code == 204
    assert await seen(world) == []


async def test_an_erasure_forgets_what_was_not_written_yet(world: World, sender: httpx2.AsyncClient) -> None:
    """The journal writes each second: what came before is not written after, what comes after is."""
    assert (await sender.post("/v1/track", json={"userId": "ada@example.com", "event": "Before"})).status_code == 200
    (person,) = (await world.http.get(f"{world.path}/people")).json()["items"]
    assert (await world.http.delete(f"{world.path}/people/{person['id']}")).status_code == 204
    assert await seen(world) == []
    assert (await sender.post("/v1/track", json={"userId": "grace", "event": "After"})).status_code == 200
    assert [each["name"] for each in await seen(world)] == ["After"]


async def test_too_much_at_once_is_told_when_to_come_back(
    world: World, sender: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gonfalon.tracking.collector.intake.WAITING", 1)
    batch = [{"type": "track", "userId": "u", "event": "E"} for _ in range(2)]
    answer = await sender.post("/v1/batch", json={"batch": batch})
    assert (answer.status_code, answer.json()["code"]) == (429, "events_waiting")
    assert int(answer.headers["retry-after"]) > 0
    assert answer.headers["access-control-expose-headers"] == "retry-after"
