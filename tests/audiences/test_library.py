"""The manual of audiences: what each is for, at most five main ones, owners asked once a quarter."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from gonfalon.accounts.model import Role
from gonfalon.audiences.library.actions import ask_for_reviews
from gonfalon.kit.services import Services
from tests.audiences.shop import WOMENS, make
from tests.conftest import World


async def define(world: World, audience: str, **said: Any) -> Any:
    return await world.http.put(f"{world.path}/audiences/{audience}/definition", json={"version": 0, **said})


async def test_the_manual_says_what_audiences_are_for(shop: World, services: Services) -> None:
    ids = [(await make(shop, WOMENS, f"A{number}"))["id"] for number in range(6)]
    inside = {"kind": "audience", "audience": ids[1]}
    await make(shop, inside, "Uses A1")
    answer = await define(shop, ids[1], problem="Shops at night", pays="10 % more", reviewed=True, main=True)
    said = answer.json()
    assert (said["problem"], said["uses"], said["version"]) == ("Shops at night", 1, 1)
    assert said["reviewed_on"] == shop.ctx.today.isoformat() < said["due_on"]
    stale = await define(shop, ids[1], problem="Another")
    assert (stale.status_code, stale.json()["code"]) == (409, "changed_meanwhile")
    for each in (ids[0], *ids[2:5]):
        assert (await define(shop, each, main=True)).status_code == 200
    sixth = await define(shop, ids[5], main=True)
    assert (sixth.status_code, sixth.json()["code"]) == (409, "main_many")
    assert (await define(shop, ids[5], ideal=True)).status_code == 200
    found = (await shop.http.get(f"{shop.path}/audiences/library")).json()
    assert [each["name"] for each in found] == ["A5", "A0", "A1", "A2", "A3", "A4", "Uses A1"]
    assert (await (await shop.member(Role.GUEST)).get(f"{shop.path}/audiences/library")).status_code == 403


async def test_owners_are_asked_once_a_quarter(shop: World, services: Services) -> None:
    owner = await shop.member(Role.MANAGER)
    me = (await owner.get("/api/v1/me")).json()["id"]
    mine = (await make(shop, WOMENS, "Mine"))["id"]
    assert (await define(shop, mine, owner_id=me, reviewed=True)).status_code == 200
    assert await ask_for_reviews(services) == 0
    async with shop.ctx.transaction() as connection:
        await connection.execute(
            text("update audience_definitions set reviewed_on = reviewed_on - 93 where id = :id"), {"id": mine}
        )
    assert await ask_for_reviews(services) == 1
    assert await ask_for_reviews(services) == 0, "once for a date"
