"""Visitors who become known people: by rule, with all they did, and never two known people into one."""

from __future__ import annotations

import asyncio
import base64
from typing import Any

import httpx2
import pytest
from sqlalchemy import text

from gonfalon.kit.engine import Engine
from tests.conftest import World


@pytest.fixture
async def sender(world: World, client_of: Any) -> httpx2.AsyncClient:
    """A client with a key that may send events."""
    made = await world.http.post(f"{world.path}/api-keys", json={"name": "shop", "scopes": ["track"]})
    basic = base64.b64encode(f"{made.json()['key']}:".encode()).decode()
    client: httpx2.AsyncClient = client_of(headers={"authorization": f"Basic {basic}"})
    return client


async def who_did(world: World) -> dict[str, str | None]:
    """The external id (or address) of who did each event."""
    async with world.services.db.reading() as connection:
        rows = await connection.execute(
            text(
                "select e.name, coalesce(p.external_id, p.email) as who"
                " from events e join people p on p.id = e.person_id"
                " where e.workspace_id = :w"
            ),
            {"w": world.workspace.id},
        )
        return {row.name: row.who for row in rows}


async def number_of_people(world: World) -> int:
    """How many people the workspace has."""
    async with world.services.db.reading() as connection:
        count = await connection.scalar(
            text("select count(*) from people where workspace_id = :w"), {"w": world.workspace.id}
        )
        return int(count or 0)


async def track(sender: httpx2.AsyncClient, event: str, **who: Any) -> dict[str, Any]:
    """Says that somebody did something."""
    answer = await sender.post("/v1/track", json={"event": event, **who})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_what_a_visitor_did_before_signing_in_is_the_known_persons(
    world: World, sender: httpx2.AsyncClient
) -> None:
    await track(sender, "Bought before", userId="u-1")
    await sender.post("/v1/identify", json={"anonymousId": "d-1", "traits": {"city": "Lund", "plan": "free"}})
    await track(sender, "Looked", anonymousId="d-1")
    assert await number_of_people(world) == 2
    await track(sender, "Signed in", userId="u-1", anonymousId="d-1")
    await track(sender, "Looked later", anonymousId="d-1")
    assert set((await who_did(world)).values()) == {"u-1"}
    assert await number_of_people(world) == 1
    (one,) = (await world.http.get(f"{world.path}/people")).json()["items"]
    whole = (await world.http.get(f"{world.path}/people/{one['id']}")).json()
    assert (whole["attributes"], whole["undeclared"]) == ({"city": "Lund"}, {"plan": "free"})


async def test_an_alias_makes_the_visitor_the_person(world: World, sender: httpx2.AsyncClient) -> None:
    await track(sender, "Looked", anonymousId="d-1")
    await track(sender, "Bought", userId="u-1")
    answer = await sender.post("/v1/alias", json={"userId": "u-1", "previousId": "d-1"})
    assert answer.json() == {"success": True, "accepted": 1, "duplicates": 0}
    assert await who_did(world) == {"Looked": "u-1", "Bought": "u-1"}


async def test_an_alias_gives_a_person_a_new_id(world: World, sender: httpx2.AsyncClient) -> None:
    await track(sender, "Old", userId="u-1")
    await sender.post("/v1/alias", json={"userId": "u-2", "previousId": "u-1"})
    await track(sender, "New", userId="u-2")
    assert await who_did(world) == {"Old": "u-1", "New": "u-1"}


async def test_two_known_people_are_never_made_one_by_an_event(world: World, sender: httpx2.AsyncClient) -> None:
    await track(sender, "One", userId="u-1")
    await track(sender, "Two", userId="u-2")
    answer = await sender.post("/v1/alias", json={"userId": "u-2", "previousId": "u-1"})
    assert answer.json()["rejected"][0]["code"] == "alias_two_people"
    assert await who_did(world) == {"One": "u-1", "Two": "u-2"}


async def test_who_signs_in_on_anothers_device_is_somebody_else(world: World, sender: httpx2.AsyncClient) -> None:
    await track(sender, "Hers", userId="u-1", anonymousId="d-1")
    await track(sender, "His", userId="u-2", anonymousId="d-1")
    await track(sender, "Nobody's", anonymousId="d-1")
    assert await who_did(world) == {"Hers": "u-1", "His": "u-2", "Nobody's": "u-1"}


async def test_a_batch_tells_the_same_in_one_go(world: World, sender: httpx2.AsyncClient) -> None:
    await track(sender, "Before", anonymousId="d-1")
    await track(sender, "Known", userId="u-1")
    batch = [
        {"type": "track", "event": "Again", "anonymousId": "d-1"},
        {"type": "identify", "userId": "u-1", "anonymousId": "d-1"},
        {"type": "track", "event": "After", "anonymousId": "d-1"},
    ]
    assert (await sender.post("/v1/batch", json={"batch": batch})).json()["accepted"] == 3
    assert set((await who_did(world)).values()) == {"u-1"}


async def test_lists_and_permission_move_with_the_visitor(world: World, sender: httpx2.AsyncClient) -> None:
    await track(sender, "Looked", anonymousId="d-1")
    await track(sender, "Known", userId="u-1")
    ids = {each["external_id"]: each["id"] for each in (await world.http.get(f"{world.path}/people")).json()["items"]}
    listed = await world.http.post(f"{world.path}/audiences", json={"name": "Visitors", "kind": "list"})
    async with world.services.db.transaction() as connection:
        for statement in (
            "insert into list_members (workspace_id, audience_id, person_id) values (:w, :a, :p)",
            "insert into consents (workspace_id, person_id, channel, topic_id, state, at)"
            " select :w, :p, 'email', id, 'withdrawn', now() from topics where workspace_id = :w limit 1",
            "insert into consents (workspace_id, person_id, channel, topic_id, state, at)"
            " select :w, :k, 'email', id, 'granted', now() from topics where workspace_id = :w limit 1",
        ):
            await connection.execute(
                text(statement),
                {"w": world.workspace.id, "a": listed.json()["id"], "p": ids[None], "k": ids["u-1"]},
            )
    await sender.post("/v1/identify", json={"userId": "u-1", "anonymousId": "d-1"})
    async with world.services.db.reading() as connection:
        rows = await connection.execute(
            text(
                "select (select count(*) from list_members where person_id = :p) as lists,"
                " (select string_agg(state, ',') from consents where person_id = :p) as consents"
            ),
            {"p": ids["u-1"]},
        )
        assert tuple(rows.one()) == (1, "withdrawn")


async def test_many_at_once_lose_nothing(world: World, sender: httpx2.AsyncClient) -> None:
    await track(sender, "Known", userId="u-1")
    messages = [{"event": f"E{number}", "anonymousId": "d-1"} for number in range(30)]
    messages[11:11] = [{"event": "Signed in", "userId": "u-1", "anonymousId": "d-1"}]
    answers = await asyncio.gather(*(sender.post("/v1/track", json=message) for message in messages))
    assert {answer.status_code for answer in answers} == {200}
    await track(sender, "Later", userId="u-1", anonymousId="d-1")
    found = await who_did(world)
    assert len(found) == 33
    assert set(found.values()) == {"u-1"}


async def test_the_analytics_copy_follows(world: World, sender: httpx2.AsyncClient) -> None:
    """Counts of the known person's latest events are right after a visitor's were moved to them."""
    for number in range(3):
        await track(sender, "Looked", anonymousId="d-1", messageId=f"m-{number}")
    await track(sender, "Looked", userId="u-1")
    engine = world.services.get(Engine)
    rule = {"kind": "event", "name": "Looked", "at_least": 4}

    async def count() -> int:
        async with world.services.db.reading() as connection:
            xid = await connection.scalar(text("select max(xid)::text::bigint from events"))
        await engine.reached(int(xid or 0))
        answer = await world.http.post(f"{world.path}/audiences/count", json={"rule": rule})
        return int(answer.json()["total"])

    assert await count() == 0
    await track(sender, "Signed in", userId="u-1", anonymousId="d-1")
    assert await count() == 1
