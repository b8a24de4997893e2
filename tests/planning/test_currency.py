"""No amount ever becomes another one because the workspace's currency changes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.dialects import postgresql

import gonfalon.entry.api  # noqa: F401  (every room's tables)
from gonfalon.accounts.offers import Holding
from gonfalon.kit.clock import utcnow
from gonfalon.kit.db import metadata
from gonfalon.kit.services import Services
from gonfalon.people.tables import people
from gonfalon.tracking.tables import events
from tests.conftest import World

OWN_CURRENCY = {"campaign_templates"}
OF_A_LINE = {"spend_entries"}
"""Rows that cannot be without a budget line."""


async def post(world: World, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = await world.http.post(f"{world.path}/{path}", json=body)
    assert answer.status_code in (200, 201), answer.text
    found: dict[str, Any] = answer.json()
    return found


async def campaign(world: World) -> str:
    made = await post(world, "campaigns", {"name": "Spring", "category": "acquisition"})
    return str(made["id"])


async def change(world: World, currency: str) -> Any:
    present = (await world.http.get(world.path)).json()
    body = {key: present[key] for key in ("name", "time_zone", "language")} | {"currency": currency}
    return await world.http.put(world.path, json=body)


async def budget(world: World) -> None:
    line = {"name": "Ads", "resource": "media", "planned_minor": 0}
    await post(world, f"campaigns/{await campaign(world)}/budget", line)


async def rates(world: World) -> None:
    body = {"currency": "USD", "day": "2026-01-01", "rate": "0.92"}
    assert (await world.http.put(f"{world.path}/budget/rates", json=body)).status_code == 200


async def move_limit(world: World) -> None:
    body = {"counts": "net", "move_limit_minor": 500, "version": 0}
    assert (await world.http.put(f"{world.path}/budget/settings", json=body)).status_code == 200


async def goals(world: World) -> None:
    await post(
        world,
        "goals",
        {
            "name": "A million",
            "metric": "revenue",
            "target": 100,
            "deadline": str(world.ctx.today + timedelta(days=30)),
        },
    )


async def rules(world: World) -> None:
    present = (await world.http.get(f"{world.path}/approval-rules")).json()
    rule = next(each for each in present if each["over_minor"])
    body = {key: rule[key] for key in ("kind", "steps", "over_minor", "version")} | {"enabled": True}
    answer = await world.http.put(f"{world.path}/approval-rules/{rule['id']}", json=body)
    assert answer.status_code == 200, answer.text


async def lessons(world: World) -> None:
    effect = {"metric": "revenue", "unit": "money", "value": 1200, "low": None, "high": None}
    await post(world, "lessons", {"title": "Red sells", "effect": effect})


async def attributes(world: World) -> None:
    await post(world, "attributes", {"key": "basket", "label": "Basket", "type": "money"})
    async with world.services.db.transaction() as connection:
        values = {"email": "a@example.com", "attributes": {"basket": 100}}
        await connection.execute(insert(people).values(workspace_id=world.workspace.id, **values))


async def audiences(world: World) -> None:
    rule = {"kind": "event", "name": "Order Completed", "total_at_least": 5000}
    await post(world, "audiences", {"name": "Big spenders", "rule": {"kind": "not", "rule": rule}})


async def audiences_by_attribute(world: World) -> None:
    await post(world, "attributes", {"key": "basket", "label": "Basket", "type": "money"})
    rule = {"kind": "attribute", "key": "basket", "op": "ge", "value": 5000}
    await post(world, "audiences", {"name": "Big baskets", "rule": {"kind": "all", "rules": [rule]}})


async def bought(world: World) -> None:
    async with world.services.db.transaction() as connection:
        made = insert(people).values(workspace_id=world.workspace.id, email="b@example.com").returning(people.c.id)
        person = (await connection.execute(made)).scalar_one()
        values = {"name": "Order Completed", "at": utcnow(), "source_key": "1", "amount_minor": 1250, "currency": "EUR"}
        await connection.execute(insert(events).values(workspace_id=world.workspace.id, person_id=person, **values))


@pytest.mark.parametrize(
    ("kind", "make"),
    [
        ("budget", budget),
        ("rates", rates),
        ("move_limit", move_limit),
        ("goals", goals),
        ("rules", rules),
        ("lessons", lessons),
        ("attributes", attributes),
        ("audiences", audiences),
        ("audiences", audiences_by_attribute),
        ("events", bought),
    ],
)
async def test_a_currency_stays_once_there_is_money(
    world: World, kind: str, make: Callable[[World], Awaitable[None]]
) -> None:
    await make(world)
    refused = await change(world, "JPY")
    assert refused.status_code == 409, refused.text
    assert (refused.json()["code"], refused.json()["kinds"]) == ("currency_in_use", [kind])
    assert (await world.http.get(world.path)).json()["currency"] == "EUR"
    same = await change(world, "EUR")
    assert same.status_code == 200, same.text


async def test_a_workspace_without_money_changes_its_currency(world: World, make_world: Any) -> None:
    other = await make_world()
    await budget(other)
    await campaign(world)
    await post(world, "attributes", {"key": "basket", "label": "Basket", "type": "money"})
    assert (await change(world, "JPY")).json()["currency"] == "JPY"
    assert (await change(other, "JPY")).status_code == 409


def test_everything_that_holds_an_amount_is_looked_at(services: Services) -> None:
    """Whoever adds a column of money tells the holdings about it."""
    looked_at = " ".join(
        str(select(each.exists(1)).compile(dialect=postgresql.dialect()))
        for each in services.offered(Holding)  # type: ignore[no-untyped-call]
    )
    for table in metadata.tables.values():
        if any(column.name.endswith("_minor") for column in table.columns):
            assert table.name in OWN_CURRENCY | OF_A_LINE or f"FROM {table.name}" in looked_at, table.name
