"""What a rule's parts cost, what audiences share, what makes one different: each by both engines."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert

from gonfalon.kit.services import Services
from gonfalon.tracking.tables import events
from tests.audiences.shop import RECENT, STORY, URBAN, WOMENS, is_copied, make, without_copy
from tests.conftest import World


async def post(world: World, path: str, body: Any) -> Any:
    answer = await world.http.post(f"{world.path}/audiences/{path}", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def check_figures(shop: World, ids: list[str]) -> None:
    costs = await post(shop, "costs", {"rule": STORY})
    assert (costs["total"], costs["everybody"]) == (2, 12)
    assert [(each["place"], each["alone"], each["without"]) for each in costs["parts"]] == [
        ("rules[0]", 6, 4),  # without "womens": 0, 1, 3, 6 of those up to 6, neither new nor rural
        ("rules[1]", 7, 3),  # 0, 6, 10 … of the even ones that are not new, urban or suburban
        ("rules[2]", 11, 3),
        ("rules[3]", 8, 3),
    ]
    either = await post(shop, "costs", {"rule": {"kind": "any", "rules": [WOMENS, RECENT]}})
    assert (either["total"], [each["without"] for each in either["parts"]]) == (9, [7, 6])
    one = await post(shop, "costs", {"rule": WOMENS})
    assert (one["total"], one["parts"]) == (6, [])
    shares = await post(shop, "shares", {"audiences": ids})
    womens, recent, urban = ids
    by_set = {tuple(each["audiences"]): each["people"] for each in shares}
    assert by_set == {
        (womens, recent, urban): 3,
        (womens, urban): 1,
        (womens, recent): 1,
        (womens,): 1,
        (recent, urban): 2,
        (urban,): 2,
        (recent,): 1,
    }
    assert [each["people"] for each in shares] == sorted((each["people"] for each in shares), reverse=True)
    profile = (await shop.http.get(f"{shop.path}/audiences/{womens}/profile")).json()
    assert (profile["members"], profile["everybody"]) == (6, 12)
    told = {
        (each["kind"], each["key"], each["value"]): (each["members"], each["everybody"]) for each in profile["traits"]
    }
    assert told == {
        ("attribute", "womens", "true"): (6, 6),
        ("event", "", "Order Completed"): (2, 2),
        ("tag", "", "new"): (1, 1),
    }


async def test_figures_are_the_same_by_both_engines(shop: World, services: Services) -> None:
    ids = [(await make(shop, rule, name))["id"] for rule, name in ((WOMENS, "W"), (RECENT, "R"), (URBAN, "U"))]
    members = (await shop.http.get(f"{shop.path}/audiences/{ids[0]}/members")).json()["items"]
    async with shop.ctx.transaction() as connection:
        rows: list[dict[str, Any]] = [
            {
                "workspace_id": shop.workspace.id,
                "person_id": person["id"],
                "name": "Order Completed",
                "at": shop.ctx.now,
                "source_key": f"{person['id']}-{number}",
                "properties": {},
            }
            for person in members[:2]
            for number in range(2)
        ]
        await connection.execute(insert(events), rows)
    await is_copied(services)
    await check_figures(shop, ids)
    with without_copy(services):
        await check_figures(shop, ids)


async def test_an_audience_that_nobody_is_in_has_no_profile(shop: World) -> None:
    nobody = await make(shop, {"kind": "tag", "tag": "nobody"}, "Nobody")
    profile = (await shop.http.get(f"{shop.path}/audiences/{nobody['id']}/profile")).json()
    assert (profile["members"], profile["traits"]) == (0, [])


@pytest.mark.parametrize("count", [1, 6])
async def test_two_to_five_audiences_are_compared(shop: World, count: int) -> None:
    ids = [(await make(shop, WOMENS, f"A{number}"))["id"] for number in range(count)]
    answer = await shop.http.post(f"{shop.path}/audiences/shares", json={"audiences": ids})
    assert answer.status_code == 422


async def test_too_many_parts_are_refused_with_a_sentence(shop: World) -> None:
    rule = {"kind": "all", "rules": [WOMENS] * 13}
    answer = await shop.http.post(f"{shop.path}/audiences/costs", json={"rule": rule})
    assert (answer.status_code, answer.json()["code"]) == (422, "parts_many")
