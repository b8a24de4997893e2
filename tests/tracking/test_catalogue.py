"""The catalogue of events learns by itself; who answers for an event is told when it stops or changes shape."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from sqlalchemy import text

from gonfalon.accounts.context import Context, system_context
from gonfalon.accounts.model import Role
from gonfalon.tracking.catalogue.actions import tell_of_events
from gonfalon.tracking.catalogue.store import learn
from gonfalon.tracking.sources.actions import tell_of_sources
from tests.conftest import World


@pytest.fixture
async def sender(world: World, client_of: Any) -> httpx2.AsyncClient:
    made = await world.http.post(f"{world.path}/api-keys", json={"name": "shop", "scopes": ["track"]})
    client: httpx2.AsyncClient = client_of(headers={"authorization": f"Bearer {made.json()['key']}"})
    return client


def nobody(world: World) -> Context:
    """Who acts in jobs."""
    return system_context(world.services, world.workspace)


async def send(sender: httpx2.AsyncClient, number: int, **properties: Any) -> None:
    batch = [{"type": "track", "event": "Bought", "userId": "u", "properties": properties} for _ in range(number)]
    assert (await sender.post("/v1/batch", json={"batch": batch})).json()["accepted"] == number


async def learned(world: World) -> None:
    """Learns until everything that has come is learned, whatever else runs beside."""
    while True:
        async with world.services.db.transaction() as connection:
            step = await learn(connection)
            newest = (await connection.execute(text("select coalesce(max(id), 0) from events"))).scalar_one()
        if step.upto >= newest:
            return


async def catalogue(world: World) -> dict[str, Any]:
    found = (await world.http.get(f"{world.path}/events/catalogue")).json()
    assert [each["name"] for each in found] == ["Bought"]
    kind: dict[str, Any] = (await world.http.get(f"{world.path}/events/catalogue/{found[0]['id']}")).json()
    return kind


async def notices(world: World) -> list[tuple[str, str, str]]:
    async with world.services.db.reading() as connection:
        rows = await connection.execute(
            text("select thing_kind, title, kind from notices where workspace_id = :w"),
            {"w": world.workspace.id},
        )
        return sorted((row.thing_kind, row.title, row.kind) for row in rows)


async def age(world: World, statement: str) -> None:
    async with world.services.db.transaction() as connection:
        await connection.execute(text(statement), {"w": world.workspace.id})


async def test_each_event_is_learned_once_with_the_types_of_its_properties(
    world: World, sender: httpx2.AsyncClient
) -> None:
    await send(sender, 20, price=9.5, tags=["a"], gift=True, note=None)
    await learned(world)
    await learned(world)
    await send(sender, 3, price=9, sku="A")
    await learned(world)
    kind = await catalogue(world)
    assert (kind["count"], kind["recent"], kind["stopped"], kind["unusual"]) == (23, 23, False, 0)
    shapes = {each["property"]: (each["type"], each["count"]) for each in kind["shapes"]}
    assert shapes == {"price": ("number", 23), "tags": ("list", 20), "gift": ("boolean", 20), "sku": ("text", 3)}
    body = {"version": kind["version"], "owner_id": None, "description": "An order was paid."}
    path = f"{world.path}/events/catalogue/{kind['id']}"
    assert (await world.http.put(path, json=body)).json()["description"] == "An order was paid."
    assert (await world.http.put(path, json=body)).status_code == 409
    assert (await (await world.member(Role.ANALYST)).put(path, json=body)).status_code == 403


async def test_a_property_that_changes_its_type_is_told_of_once(world: World, sender: httpx2.AsyncClient) -> None:
    await send(sender, 20, price=9.5)
    await send(sender, 1, price="9.50")
    await learned(world)
    for _ in range(2):
        await tell_of_events(nobody(world))
    assert await notices(world) == [("event", "Bought", "event_changed")]
    kind = await catalogue(world)
    assert [(each["type"], each["unusual"]) for each in kind["shapes"]] == [("number", False), ("text", True)]
    settled = await world.http.post(f"{world.path}/events/catalogue/{kind['id']}/settle")
    assert settled.json()["unusual"] == 0


async def test_an_event_that_stops_against_its_own_rhythm_is_told_of(world: World, sender: httpx2.AsyncClient) -> None:
    """Twenty times on three days, an hour between them at most: silent for six hours it has stopped; until it comes."""
    await send(sender, 20)
    await learned(world)
    days = (
        "insert into event_days (kind_id, day, workspace_id, count, longest_pause)"
        " select id, current_date - n, workspace_id, 5, 3600 from event_kinds, generate_series(1, 2) n"
        " where workspace_id = :w"
    )
    await age(world, days)
    await tell_of_events(nobody(world))
    assert await notices(world) == []
    await age(world, "update event_kinds set last_at = now() - interval '7 hours' where workspace_id = :w")
    for _ in range(2):
        await tell_of_events(nobody(world))
    assert (await catalogue(world))["stopped"]
    assert await notices(world) == [("event", "Bought", "event_stopped")]
    await send(sender, 1)
    await learned(world)
    kind = await catalogue(world)
    assert (kind["stopped"], kind["longest_pause"] > 6 * 3600) == (False, True)


async def test_a_silent_source_is_told_of_once(world: World) -> None:
    source = {"name": "Shop", "kind": "shop", "quiet_hours": 2}
    await world.http.post(f"{world.path}/sources", json=source)
    await tell_of_sources(nobody(world))
    assert await notices(world) == []
    await age(world, "update sources set created_at = now() - interval '3 hours' where workspace_id = :w")
    for _ in range(2):
        await tell_of_sources(nobody(world))
    assert await notices(world) == [("source", "Shop", "source_silent")]
    (listed,) = (await world.http.get(f"{world.path}/sources")).json()
    assert listed["silent"]
