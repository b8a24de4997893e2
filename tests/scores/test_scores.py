"""A score from its first draft to who moved: made, tried, switched on, counted again, explained, forgotten."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from gonfalon.kit.services import Services
from gonfalon.scores.counting import count_score, forget_old
from tests.audiences.shop import count, is_copied, without_copy
from tests.conftest import World
from tests.scores.scoring import BOUGHT, SCORE, STAGES, WOMENS, buy, counted, ids_of, make, points, start


async def moves(world: World, score: str) -> list[tuple[str, str, str, bool, str]]:
    items = (await world.http.get(f"{world.path}/scores/{score}/moves")).json()["items"]
    keys = ("external_id", "before", "stage", "rose", "cause")
    return [tuple(each[key] for key in keys) for each in reversed(items)]


async def walk(shop: World, services: Services) -> None:
    ids = await ids_of(shop)
    score = (await make(shop))["id"]
    await buy(shop, ids["C1"], "1a")
    found = await start(shop, services, score)
    assert found["state"] == "running"
    assert found["refreshed_at"] is not None
    first = await points(shop, score)
    assert first["C0"] == (10, "Cold")
    assert first["C1"] == (20, "Warm")
    assert first["C3"] == (0, "Cold")
    assert len(first) == 12
    assert await moves(shop, score) == [], "whoever is there from the first has moved nowhere"
    assert {each["name"]: each["people"] for each in found["stages"]} == {"Cold": 11, "Warm": 1, "Hot": 0}

    await buy(shop, ids["C0"], "0a")
    await buy(shop, ids["C0"], "0b")
    await buy(shop, ids["C0"], "0c")
    await counted(shop, services, score)
    assert (await points(shop, score))["C0"] == (60, "Hot"), "three orders of 20 are held to 50"
    assert await moves(shop, score) == [("C0", "Cold", "Hot", True, "person")]
    await counted(shop, services, score)
    assert len(await moves(shop, score)) == 1, "counting again changes nothing"

    saved = {"version": found["version"], "name": "Lead", "definition": {**SCORE, "rules": [WOMENS]}}
    assert (await shop.http.put(f"{shop.path}/scores/{score}", json=saved)).status_code == 200
    await counted(shop, services, score)
    by = sorted(await moves(shop, score))
    assert ("C0", "Hot", "Cold", False, "rules") in by
    assert ("C1", "Warm", "Cold", False, "rules") in by
    assert {each[4] for each in by if each[0] == "C0"} == {"person", "rules"}

    figures = (await shop.http.get(f"{shop.path}/scores/{score}/figures")).json()
    assert figures["buckets"] == [{"at_least": 0, "people": 6}, {"at_least": 10, "people": 6}]
    assert {each["stage"]: each["people"] for each in figures["days"]} == {"Cold": 12, "Warm": 0, "Hot": 0}
    listed = (await shop.http.get(f"{shop.path}/scores/{score}/people", params={"limit": 7})).json()
    assert [each["total"] for each in listed["items"]] == [10] * 6 + [0]
    rest = await shop.http.get(f"{shop.path}/scores/{score}/people", params={"cursor": listed["next_cursor"]})
    assert len(rest.json()["items"]) == 5

    assert (await shop.http.delete(f"{shop.path}/people/{ids['C0']}")).status_code == 204
    assert "C0" not in {each[0] for each in await moves(shop, score)}
    await counted(shop, services, score)
    assert len(await points(shop, score)) == 11


async def test_by_the_analytics_copy(shop: World, services: Services) -> None:
    await is_copied(services)
    await walk(shop, services)


async def test_by_postgresql_where_there_is_no_copy(shop: World, services: Services) -> None:
    with without_copy(services):
        await walk(shop, services)


async def test_why_a_person_has_so_many_points(shop: World, services: Services) -> None:
    ids = await ids_of(shop)
    halved = {**BOUGHT, "half_life": 10, "each": True}
    score = (await make(shop, {"rules": [WOMENS, halved, {**WOMENS, "points": -3}], "stages": STAGES}))["id"]
    await buy(shop, ids["C2"], "now")
    await buy(shop, ids["C2"], "then", shop.ctx.now - timedelta(days=10))
    await start(shop, services, score)
    (found,) = (await shop.http.get(f"{shop.path}/people/{ids['C2']}/scores")).json()["items"]
    assert [(each["points"], each["times"]) for each in found["reasons"]] == [(10, None), (30, 2), (-3, None)]
    assert found["total"] == sum(each["points"] for each in found["reasons"]) == found["kept"] == 37
    assert (found["fit"], found["engagement"], found["stage"]) == (7, 30, "Warm")
    assert found["reasons"][1]["last"] is not None
    assert found["history"] == []
    await buy(shop, ids["C2"], "again")
    await counted(shop, services, score)
    (found,) = (await shop.http.get(f"{shop.path}/people/{ids['C2']}/scores")).json()["items"]
    assert [(each["before"], each["total"], each["stage"]) for each in found["history"]] == [(37, 57, "Hot")]
    assert (await shop.http.get(f"{shop.path}/people/{ids['C2'] + 10**6}/scores")).status_code == 404


async def test_trying_a_score_keeps_nothing(shop: World, services: Services) -> None:
    ids = await ids_of(shop)
    await buy(shop, ids["C1"], "1a", shop.ctx.now - timedelta(days=40))
    await buy(shop, ids["C1"], "1b", shop.ctx.now - timedelta(days=3))
    tried = (await shop.http.post(f"{shop.path}/scores/simulate", json={"definition": SCORE})).json()
    assert (tried["total"], tried["lowest"], tried["highest"]) == (12, 0, 40)
    assert [(each["at_least"], each["people"]) for each in tried["buckets"]] == [
        (0, 5), (10, 6), (20, 0), (30, 0), (40, 1),
    ]  # fmt: skip
    assert [each["people"] for each in tried["stages"]] == [11, 0, 1]
    assert tried["samples"][0]["external_id"] == "C1"
    assert [each["stage"] for each in tried["samples"]] == ["Hot"] + ["Cold"] * 5
    thirty, sixty, ninety = tried["past"]
    assert [each["people"] for each in thirty["stages"]] == [11, 1, 0], "one order less"
    assert (sixty["stages"], sixty["reason"]) == ([], "too_early")
    assert ninety["reason"] == "too_early"
    fit = {"rules": [WOMENS], "stages": STAGES}
    tried = (await shop.http.post(f"{shop.path}/scores/simulate", json={"definition": fit})).json()
    assert {each["reason"] for each in tried["past"]} == {"no_behaviour"}
    async with shop.ctx.reading() as connection:
        assert await connection.scalar(text("select count(*) from person_scores")) is not None
        kept = text("select count(*) from person_scores where workspace_id = :w")
        assert await connection.scalar(kept, {"w": shop.workspace.id}) == 0


async def test_a_workspace_of_nobody(world: World, services: Services) -> None:
    tried = await world.http.post(f"{world.path}/scores/simulate", json={"definition": {**SCORE, "rules": [BOUGHT]}})
    assert tried.json()["total"] == 0
    assert tried.json()["lowest"] is None
    score = await make(world, None, "Usual")
    assert len(score["definition"]["rules"]) >= 3
    assert score["definition"]["rules"][0]["when"] == {"kind": "identity", "identity": "email", "has": True}
    found = await start(world, services, score["id"])
    assert {each["people"] for each in found["stages"]} == {0}
    assert (await world.http.get(f"{world.path}/scores/{score['id']}/figures")).json()["buckets"] == []


async def test_who_rises_is_handed_over_once(shop: World, services: Services) -> None:
    ids = await ids_of(shop)
    me = str(shop.ctx.actor.id)
    stages = [{"name": "Cold"}, {"name": "Warm", "at_least": 20, "tell": me, "raise_event": True}, STAGES[2]]
    score = (await make(shop, {"rules": [BOUGHT], "stages": stages}))["id"]
    await buy(shop, ids["C7"], "7a")
    await start(shop, services, score)
    for person in ("C3", "C4", "C5"):
        await buy(shop, ids[person], person)
    for person in ("C5", "C7"):
        await buy(shop, ids[person], f"{person} again")
    await counted(shop, services, score)
    await counted(shop, services, score)
    raised = (await shop.http.get(f"{shop.path}/events", params={"name": "Score Stage Reached"})).json()["items"]
    assert {each["person_id"] for each in raised} == {ids["C3"], ids["C4"]}, "C5 went past it, C7 was there before"
    assert {each["properties"]["stage"] for each in raised} == {"Warm"}
    assert {each["properties"]["points"] for each in raised} == {20}
    (notice,) = [
        each
        for each in (await shop.http.get(f"{shop.path}/notices")).json()["items"]
        if each["kind"] == "stage_reached"
    ]
    assert (notice["values"]["stage"], notice["values"]["risen"]) == ("Warm", 2)
    assert notice["thing"]["id"] == score
    away = {"kind": "active", "did": True}
    tried = await shop.http.post(f"{shop.path}/audiences/count", json={"rule": away})
    assert tried.json()["total"] == 4, "what Gonfalon noticed is nothing that they did"
    changed = {"version": 1, "name": "L", "definition": {"rules": [{**BOUGHT, "points": 25}], "stages": stages}}
    assert (await shop.http.put(f"{shop.path}/scores/{score}", json=changed)).status_code == 200
    await counted(shop, services, score)
    again = (await shop.http.get(f"{shop.path}/events", params={"name": "Score Stage Reached"})).json()["items"]
    assert len(again) == 2, "other rules hand nobody over"


async def test_what_rules_need_may_go(shop: World, services: Services) -> None:
    """A score with a rule that cannot be asked any more stays as it was, and says why."""
    audience = (await shop.http.post(f"{shop.path}/audiences", json={"name": "W", "rule": WOMENS["when"]})).json()["id"]
    in_audience = {"kind": "condition", "points": 30, "when": {"kind": "audience", "audience": audience}}
    score = (await make(shop, {"rules": [in_audience], "stages": STAGES}))["id"]
    await start(shop, services, score)
    assert (await points(shop, score))["C0"] == (30, "Warm")
    assert (await shop.http.delete(f"{shop.path}/audiences/{audience}")).status_code == 204
    assert not await count_score(services, shop.workspace.id, UUID(score))
    assert (await points(shop, score))["C0"] == (30, "Warm")
    shown = (await shop.http.get(f"{shop.path}/scores/{score}")).json()
    assert [each["reason"] for each in shown["faults"]] == ["audience_gone"]
    again = await shop.http.post(f"{shop.path}/scores", json={"name": "x", "definition": shown["definition"]})
    assert (again.status_code, again.json()["code"]) == (422, "audience_rule_invalid")
    assert again.json()["place"] == "rules[0].when.audience"


async def test_audiences_ask_for_points_and_stages(shop: World, services: Services) -> None:
    await is_copied(services)
    ids = await ids_of(shop)
    score = (await make(shop))["id"]
    await buy(shop, ids["C1"], "1a")
    await start(shop, services, score)
    rich = {"kind": "score", "score": score, "at_least": 20}
    for rule, people in (
        (rich, 1), ({**rich, "at_least": 10}, 7), ({**rich, "at_most": 20}, 1),
        ({"kind": "score", "score": score, "stage": "Cold"}, 11),
        ({"kind": "score", "score": score, "stage": "Cold", "has": False}, 1),
    ):  # fmt: skip
        assert (await count(shop, rule))["total"] == people
        with without_copy(services):
            assert (await count(shop, rule))["total"] == people
    named = (await shop.http.post(f"{shop.path}/audiences", json={"name": "Rich", "rule": rich})).json()
    for inside in (rich, {"kind": "audience", "audience": named["id"]}):
        feeding = {"rules": [{"kind": "condition", "points": 1, "when": inside}], "stages": STAGES}
        refused = await shop.http.post(f"{shop.path}/scores", json={"name": "x", "definition": feeding})
        assert (refused.status_code, refused.json()["reason"]) == (422, "score_in_score")
    assert (await shop.http.post(f"{shop.path}/scores/{score}/archive")).status_code == 200
    shown = (await shop.http.get(f"{shop.path}/audiences/{named['id']}")).json()
    assert shown["fault"]["reason"] == "score_gone"


async def test_two_workers_count_once(shop: World, services: Services) -> None:
    ids = await ids_of(shop)
    score = (await make(shop))["id"]
    await start(shop, services, score)
    await buy(shop, ids["C3"], "3a")
    await asyncio.gather(*(count_score(services, shop.workspace.id, UUID(score)) for _ in range(4)))
    await counted(shop, services, score)
    assert await moves(shop, score) == [("C3", "Cold", "Warm", True, "person")]
    async with shop.ctx.reading() as connection:
        days = text("select before, total from score_history where score_id = :id")
        assert (await connection.execute(days, {"id": score})).all() == [(0, 20)]


async def test_who_was_erased_while_it_was_counted_is_forgotten_in_the_night(shop: World, services: Services) -> None:
    ids = await ids_of(shop)
    score = (await make(shop))["id"]
    await start(shop, services, score)
    async with shop.ctx.transaction() as connection:
        await connection.execute(text("update people set erased_at = now() where id = :id"), {"id": ids["C4"]})
    await forget_old(services)
    assert "C4" not in await points(shop, score)


@pytest.mark.parametrize(
    "stages",
    [
        [],
        [{"name": "Cold", "at_least": 3}],
        [{"name": "Cold"}, {"name": "Warm"}],
        [{"name": "Cold"}, {"name": "Warm", "at_least": 5}, {"name": "Hot", "at_least": 5}],
        [{"name": "Cold"}, {"name": "cold ", "at_least": 5}],
    ],
)
async def test_stages_are_in_order(world: World, stages: list[Any]) -> None:
    body = {"name": "x", "definition": {"rules": [], "stages": stages}}
    assert (await world.http.post(f"{world.path}/scores", json=body)).status_code == 422


async def test_a_score_has_a_life(world: World, services: Services) -> None:
    score = await make(world, {"rules": [], "stages": STAGES})
    path = f"{world.path}/scores/{score['id']}"
    refused = await world.http.post(f"{path}/start")
    assert (refused.status_code, refused.json()["code"]) == (409, "score_not_ready")
    body = {"version": 1, "name": "Two", "definition": {"rules": [BOUGHT], "stages": STAGES}}
    assert (await world.http.put(path, json=body)).json()["version"] == 2
    assert (await world.http.put(path, json=body)).status_code == 409
    await start(world, services, score["id"])
    assert (await world.http.post(f"{path}/archive")).json()["state"] == "paused"
    assert (await world.http.get(f"{world.path}/scores")).json()["items"] == []
    assert (await world.http.post(f"{path}/start")).json()["code"] == "score_archived"
    assert (await world.http.post(f"{path}/restore")).json()["archived_at"] is None
    assert (await world.http.get(f"{world.path}/scores")).json()["items"][0]["name"] == "Two"
