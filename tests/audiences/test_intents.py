"""Events sorted into families of intent, and the fifths of the customers."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert, select

from gonfalon.audiences.intents.actions import measure_customers
from gonfalon.audiences.tables import customer_fifths
from gonfalon.kit.services import Services
from gonfalon.people.tables import people
from gonfalon.tracking.tables import events
from tests.audiences.shop import count, is_copied, without_copy
from tests.conftest import World

BUYERS = 10


@pytest.fixture
async def buyers(world: World) -> World:
    """Ten people: the n-th has bought n times, for n × 1.00 each."""
    async with world.ctx.transaction() as connection:
        for number in range(1, BUYERS + 1):
            person = await connection.scalar(
                insert(people)
                .values(workspace_id=world.workspace.id, email=f"{number}@example.com")
                .returning(people.c.id)
            )
            rows: list[dict[str, Any]] = [
                {
                    "workspace_id": world.workspace.id,
                    "person_id": person,
                    "name": "Bought",
                    "at": world.ctx.now,
                    "source_key": f"{number}-{time}",
                    "properties": {},
                    "amount_minor": 100 * number,
                }
                for time in range(number)
            ]
            await connection.execute(insert(events), rows)
    return world


def rfm(what: str, low: int, high: int) -> dict[str, Any]:
    return {"kind": "rfm", "what": what, "at_least": low, "at_most": high}


async def test_events_are_sorted_and_customers_measured(buyers: World, services: Services) -> None:
    await is_copied(services)
    path = f"{buyers.path}/audiences/intents"
    known = (await buyers.http.get(path)).json()
    assert known["purchase"] == ["Order Completed"]
    assert "Checkout Started" in known["consideration"]
    bought = {"kind": "intent", "family": "purchase", "at_least": 9}
    assert (await count(buyers, bought))["total"] == 0
    sorted_now = await buyers.http.put(path, json={**known, "purchase": ["Bought"]})
    assert sorted_now.json() == (await buyers.http.get(path)).json() == {**known, "purchase": ["Bought"]}
    assert (await count(buyers, bought))["total"] == 2
    assert (await count(buyers, {"kind": "lifecycle", "stage": "first"}))["total"] == 1
    for engine in ("copy", "postgresql"):
        if engine == "copy":
            await measure_customers(services)
        else:
            with without_copy(services):
                await measure_customers(services)
        for what in ("frequency", "monetary"):
            for score in range(1, 6):
                found = await count(buyers, rfm(what, score, score))
                assert found["total"] == 2, f"{what} {score} by {engine}: two of ten are a fifth"
        assert (await count(buyers, rfm("recency", 1, 5)))["total"] == BUYERS
    twice = await buyers.http.put(path, json={"awareness": ["x"], "purchase": ["x"]})
    assert (twice.status_code, twice.json()["code"]) == (422, "intent_twice")
    trail = (await buyers.http.get(f"{buyers.path}/audit", params={"action": "audience."})).json()["items"]
    assert [each["action"] for each in trail] == ["audience.intents_changed"]


async def test_without_customers_nobody_has_a_score(world: World, services: Services) -> None:
    with without_copy(services):
        await measure_customers(services)
    async with world.ctx.reading() as connection:
        found = await connection.execute(
            select(customer_fifths).where(customer_fifths.c.workspace_id == world.workspace.id)
        )
        assert found.first() is None
    assert (await count(world, rfm("recency", 1, 5)))["total"] == 0
