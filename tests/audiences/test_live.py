"""Live audiences keep their members: who enters and leaves is known, by whatever it comes."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert, text

from gonfalon.audiences.live import refresher
from gonfalon.audiences.live.refresher import Refresher
from gonfalon.audiences.sizes.actions import count_all
from gonfalon.kit.engine import Engine
from gonfalon.kit.services import Services
from gonfalon.tracking.tables import events
from tests.audiences.shop import EVERYBODY, WOMENS, count, is_copied, make, without_copy
from tests.conftest import World, eventually

BOUGHT = {"kind": "event", "name": "Order Completed", "at_least": 2}
TAGGED = {"kind": "tag", "tag": "new"}


async def set_live(world: World, audience: str, live: bool = True) -> Any:
    answer = await world.http.put(f"{world.path}/audiences/{audience}/live", json={"live": live})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def filled(world: World, *audiences: str) -> None:
    for audience in audiences:

        async def done(audience: str = audience) -> bool:
            return (await world.http.get(f"{world.path}/audiences/{audience}/live")).json()["refreshed_at"] is not None

        await eventually(done)


async def members(world: World, audience: str) -> list[str]:
    """The external ids of the members that are kept."""
    async with world.ctx.reading() as connection:
        found = await connection.execute(
            text(
                "select p.external_id from audience_members m join people p on p.id = m.person_id"
                " where m.audience_id = :id order by p.id"
            ),
            {"id": audience},
        )
        return list(found.scalars())


async def changes(world: World, audience: str) -> list[tuple[str, bool, str]]:
    items = (await world.http.get(f"{world.path}/audiences/{audience}/changes")).json()["items"]
    return [(each["external_id"], each["entered"], each["cause"]) for each in reversed(items)]


async def ids_of(world: World) -> dict[str, int]:
    async with world.ctx.reading() as connection:
        rows = await connection.execute(
            text("select external_id, id from people where workspace_id = :w"), {"w": world.workspace.id}
        )
        return {row[0]: row[1] for row in rows}


async def buy(world: World, person: int, key: str) -> None:
    async with world.ctx.transaction() as connection:
        await connection.execute(
            insert(events).values(
                workspace_id=world.workspace.id, person_id=person, name="Order Completed", at=world.ctx.now,
                source_key=key, properties={},
            )
        )  # fmt: skip


async def walk(shop: World) -> None:
    """People enter and leave by attribute, event, tag, list, rule and erasure; members are always those counted."""
    ids = await ids_of(shop)
    womens, bought, tagged = [
        (await make(shop, rule, name))["id"] for rule, name in ((WOMENS, "W"), (BOUGHT, "B"), (TAGGED, "T"))
    ]
    listed = (await shop.http.post(f"{shop.path}/audiences", json={"kind": "list", "name": "L"})).json()["id"]
    on_list = (await make(shop, {"kind": "audience", "audience": listed}, "On the list"))["id"]
    every = [womens, bought, tagged, on_list]
    for each in every:
        assert (await set_live(shop, each))["live"]
    await filled(shop, *every)
    assert await members(shop, womens) == ["C0", "C2", "C4", "C6", "C8", "C10"]
    assert await changes(shop, womens) == [], "whoever was there from the first has entered nothing"

    became = {"attributes": {"womens": False}, "add_tags": ["new"]}
    await shop.http.patch(f"{shop.path}/people/{ids['C0']}", json=became)
    await shop.http.patch(f"{shop.path}/people/{ids['C1']}", json={"attributes": {"womens": True}})
    await buy(shop, ids["C3"], "3a")
    await buy(shop, ids["C3"], "3b")
    await buy(shop, ids["C5"], "5a")
    await shop.http.post(f"{shop.path}/audiences/{listed}/members", json={"people": [ids["C7"], ids["C8"]]})

    async def arrived() -> bool:
        return await members(shop, on_list) == ["C7", "C8"] and await members(shop, bought) == ["C3"]

    await eventually(arrived)
    assert await changes(shop, womens) == [("C0", False, "person"), ("C1", True, "person")]
    assert await members(shop, tagged) == ["C0", "C4"]
    await shop.http.post(f"{shop.path}/audiences/{listed}/members/remove", json={"people": [ids["C8"]]})

    async def gone() -> bool:
        return await members(shop, on_list) == ["C7"]

    await eventually(gone)
    audience = (await shop.http.get(f"{shop.path}/audiences/{bought}")).json()
    body = {"version": audience["version"], "name": "B", "rule": {**BOUGHT, "at_least": 1}}
    assert (await shop.http.put(f"{shop.path}/audiences/{bought}", json=body)).status_code == 200

    async def asked_anew() -> bool:
        return await members(shop, bought) == ["C3", "C5"]

    await eventually(asked_anew)
    assert await changes(shop, bought) == [("C3", True, "person"), ("C5", True, "rule")]
    timeline = (await shop.http.get(f"{shop.path}/people/{ids['C5']}/timeline")).json()["items"]
    assert [each["name"] for each in timeline if each["kind"] == "audience"] == ["B"]
    assert (await shop.http.delete(f"{shop.path}/people/{ids['C5']}")).status_code == 204
    assert await changes(shop, bought) == [("C3", True, "person")]
    for each in every:
        total = (await shop.http.get(f"{shop.path}/audiences/{each}/count")).json()["total"]
        assert len(await members(shop, each)) == total
    flow = (await set_live(shop, womens, live=False))["flows"]
    assert [(each["entered"], each["left"]) for each in flow] == [(1, 1)], "what was noted stays"
    assert await members(shop, womens) == []


async def test_members_are_kept_by_the_copy(shop: World, services: Services) -> None:
    await is_copied(services)
    await walk(shop)


async def test_members_are_kept_without_a_copy(shop: World, services: Services) -> None:
    with without_copy(services):
        await walk(shop)


async def test_another_day_is_another_question(shop: World, services: Services) -> None:
    await is_copied(services)
    ids = await ids_of(shop)
    await buy(shop, ids["C3"], "3")
    recent = (await make(shop, {**BOUGHT, "at_least": 1, "within_days": 3}, "Recent"))["id"]
    await set_live(shop, recent)
    await filled(shop, recent)
    assert await members(shop, recent) == ["C3"]
    async with shop.ctx.transaction() as connection:  # as if it had been four days ago when it was asked last
        await connection.execute(text("update events set at = at - interval '4 days' where source_key = '3'"))
        await connection.execute(
            text("update live_audiences set question = left(question, 32) || repeat('0', 32) where audience_id = :id"),
            {"id": recent},
        )

    async def left() -> bool:
        return await members(shop, recent) == []

    await eventually(left)
    assert await changes(shop, recent) in ([("C3", False, "time")], [("C3", False, "person")])


async def test_a_fault_stays_in_its_audience(shop: World, services: Services) -> None:
    await is_copied(services)
    inner = (await make(shop, WOMENS, "Inner"))["id"]
    broken = (await make(shop, {"kind": "attribute", "key": "months", "op": "le", "value": 3}, "Broken"))["id"]
    for each in (inner, broken):
        await set_live(shop, each)
    await filled(shop, inner, broken)
    assert (await shop.http.delete(f"{shop.path}/attributes/months")).status_code in (204, 200, 409)
    ids = await ids_of(shop)
    await shop.http.patch(f"{shop.path}/people/{ids['C1']}", json={"attributes": {"womens": True}})

    async def entered() -> bool:
        return "C1" in await members(shop, inner)

    await eventually(entered)
    assert await members(shop, broken) == ["C0", "C1", "C2", "C3"], "it keeps the members that it had"


class Failing(Refresher):
    """Remembers which workspaces it tried."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self.tried: list[int] = []

    async def refresh(self, workspace_id: int) -> None:
        self.tried.append(workspace_id)
        raise RuntimeError("the copy is not there")


async def test_a_workspace_that_fails_is_left_alone_for_a_while(
    shop: World, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    await set_live(shop, (await make(shop, EVERYBODY, "All"))["id"])
    monkeypatch.setattr(refresher, "PAUSE", 60.0)
    failing = Failing(services)
    for _ in range(3):
        await failing.refresh_all()
    assert failing.tried.count(shop.workspace.id) == 1


async def test_what_is_refreshed_again_changes_nothing(shop: World, services: Services) -> None:
    await is_copied(services)
    everybody = (await make(shop, EVERYBODY, "All"))["id"]
    await set_live(shop, everybody)
    await filled(shop, everybody)
    fresh = Refresher(services)
    for _ in range(2):
        await fresh.refresh(shop.workspace.id)
    assert len(await members(shop, everybody)) == (await count(shop, EVERYBODY))["total"]
    assert await changes(shop, everybody) == []
    assert services.get(Engine).status().usable


async def test_sizes_are_noted_once_a_day(shop: World, services: Services) -> None:
    await is_copied(services)
    womens = (await make(shop, WOMENS, "W"))["id"]
    await count_all(services)
    ids = await ids_of(shop)
    await shop.http.patch(f"{shop.path}/people/{ids['C1']}", json={"attributes": {"womens": True}})
    await count_all(services)
    sizes = (await shop.http.get(f"{shop.path}/audiences/{womens}/sizes")).json()
    assert sizes == [{"day": shop.ctx.today.isoformat(), "size": 6}], "the first count of a day stays"
