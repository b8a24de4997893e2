"""Personas: described buyers, what is measured of their people, and when they are no longer those described."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from gonfalon.accounts.model import Role
from gonfalon.audiences.personas.actions import ask_for_reviews, measure_all
from gonfalon.audiences.personas.model import DriftOf, MemberFigures, PersonaMeasure, TraitShare
from gonfalon.audiences.personas.rules import drifts_of
from gonfalon.kit.services import Services
from tests.audiences.shop import RECENT, WOMENS, make
from tests.conftest import World

PORTRAIT = {
    "age": "35–50",
    "goals": ["A present that is not from a chain"],
    "journey": {"awareness": "Who makes things by hand near me?", "duration": "Two evenings"},
    "channels": ["Email", "Instagram"],
    "message": "Made by somebody whose name you know.",
}


async def describe(world: World, name: str = "Gift-giving Greta", **said: Any) -> Any:
    answer = await world.http.post(f"{world.path}/personas", json={"name": name, "portrait": PORTRAIT, **said})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def figures(world: World, persona: str) -> Any:
    return (await world.http.get(f"{world.path}/personas/{persona}/figures")).json()


async def test_a_buyer_is_described_saved_and_archived(shop: World) -> None:
    audience = await make(shop, WOMENS)
    made = await describe(shop, audience_id=audience["id"])
    assert (made["portrait"]["goals"], made["portrait"]["tone"]) == (PORTRAIT["goals"], "")
    assert (made["audience"]["name"], made["reviewed_on"], made["overdue"]) == ("Lapsed", None, False)
    path = f"{shop.path}/personas/{made['id']}"
    body = {"version": 1, "name": "Greta", "audience_id": audience["id"], "portrait": PORTRAIT | {"tone": "Warm"}}
    saved = (await shop.http.put(path, json=body)).json()
    assert (saved["name"], saved["portrait"]["tone"], saved["version"]) == ("Greta", "Warm", 2)
    stale = await shop.http.put(path, json=body)
    assert (stale.status_code, stale.json()["code"]) == (409, "changed_meanwhile")
    found = (await shop.http.get(f"{shop.path}/personas", params={"audience": audience["id"]})).json()
    assert [each["name"] for each in found] == ["Greta"]
    for verb, archived in (("archive", True), ("restore", False)):
        answer = (await shop.http.post(f"{path}/{verb}")).json()
        assert (answer["archived_at"] is not None) is archived
        listed = (await shop.http.get(f"{shop.path}/personas")).json()
        assert bool(listed) is not archived
    guest = await shop.member(Role.GUEST)
    assert (await guest.get(path)).status_code == 403
    gone = await shop.http.post(f"{shop.path}/personas", json={"name": "X", "audience_id": made["id"]})
    assert (gone.status_code, gone.json()["code"]) == (422, "audience_unknown")


async def test_more_than_a_team_keeps_in_mind_are_refused(shop: World) -> None:
    for number in range(12):
        await describe(shop, f"P{number}")
    many = await shop.http.post(f"{shop.path}/personas", json={"name": "One more"})
    assert (many.status_code, many.json()["code"]) == (409, "personas_many")


async def test_findings_keep_their_evidence(shop: World) -> None:
    made = await describe(shop)
    path = f"{shop.path}/personas/{made['id']}/notes"
    said = {"kind": "interview", "finding": "Buys at night", "evidence": "Call with six customers"}
    note = (await shop.http.post(path, json=said)).json()
    assert (note["on"], note["by"]) == (shop.ctx.today.isoformat(), shop.ctx.actor.name)
    assert (await shop.http.get(f"{shop.path}/personas")).json()[0]["notes"] == 1
    assert (await shop.http.delete(f"{path}/{note['id']}")).status_code == 204
    assert (await shop.http.delete(f"{path}/{note['id']}")).status_code == 404
    assert (await shop.http.get(path)).json() == []


async def test_figures_are_of_the_audience_and_of_everybody(shop: World, services: Services) -> None:
    audience = await make(shop, WOMENS)
    counted = (await shop.http.post(f"{shop.path}/audiences/count", json={"rule": WOMENS})).json()["total"]
    made = await describe(shop, audience_id=audience["id"])
    found = await figures(shop, made["id"])
    assert found["now"]["figures"]["people"] == counted < found["everybody"]["people"]
    assert found["before"] is None, "nobody has measured them yet"
    await measure_all(services)
    assert await measure_all(services) == 0, "once a week"
    found = await figures(shop, made["id"])
    assert found["before"]["figures"] == found["now"]["figures"] == found["days"][0]["figures"]
    # Other people: other figures, from now on.
    body = {"version": 1, "name": "Greta", "audience_id": (await make(shop, RECENT, "Recent"))["id"]}
    assert (await shop.http.put(f"{shop.path}/personas/{made['id']}", json=body)).status_code == 200
    found = await figures(shop, made["id"])
    assert (found["before"], found["days"]) == (None, [])


async def test_without_people_figures_are_unknown(shop: World, services: Services) -> None:
    audience = await make(shop, WOMENS)
    alone, with_people = await describe(shop), await describe(shop, "With people", audience_id=audience["id"])
    assert (await shop.http.delete(f"{shop.path}/audiences/{audience['id']}")).status_code == 204
    for each in (alone, with_people):
        found = await figures(shop, each["id"])
        assert (found["now"], found["everybody"], found["days"]) == (None, None, [])
    stages = (await shop.http.get(f"{shop.path}/personas/stages")).json()
    assert [each["purchase"] for each in stages] == [None, None]
    await measure_all(services)
    assert (await shop.http.get(f"{shop.path}/personas/{with_people['id']}")).json()["measured_on"] is None


async def test_stages_are_told_of_all_personas_and_add_up(shop: World) -> None:
    first = await describe(shop, "A", audience_id=(await make(shop, WOMENS))["id"])
    await describe(shop, "B", audience_id=(await make(shop, RECENT, "Recent"))["id"])
    people = (await figures(shop, first["id"]))["now"]["figures"]["people"]
    stages = (await shop.http.get(f"{shop.path}/personas/stages")).json()
    assert sum(stages[0][stage] for stage in ("awareness", "consideration", "purchase", "quiet")) == people
    assert stages[0]["persona_id"] == first["id"]


async def test_the_owner_learns_of_a_drift_once_and_of_a_review_that_is_due(shop: World, services: Services) -> None:
    owner = await shop.member(Role.MANAGER)
    me = (await owner.get("/api/v1/me")).json()["id"]
    made = await describe(shop, audience_id=(await make(shop, WOMENS))["id"], owner_id=me)
    await measure_all(services)
    async with shop.ctx.transaction() as connection:
        await connection.execute(text("update persona_figures set day = day - 7"))
        await connection.execute(
            text("update personas set created_at = created_at - interval '93 days',"
                 " before = jsonb_set(before, '{figures,people}', '1')")
        )  # fmt: skip
    await measure_all(services)
    shown = (await shop.http.get(f"{shop.path}/personas/{made['id']}")).json()
    assert [each["of"] for each in shown["drifts"]] == ["people"]
    assert await ask_for_reviews(services) == 1
    assert await ask_for_reviews(services) == 0, "once for a date"
    notices = (await owner.get(f"{shop.path}/notices")).json()["items"]
    assert sorted(each["kind"] for each in notices) == ["overdue", "persona_drifted"]
    reviewed = await shop.http.post(f"{shop.path}/personas/{made['id']}/review", json={"version": shown["version"]})
    assert (reviewed.json()["drifts"], reviewed.json()["overdue"]) == ([], False)
    assert (await figures(shop, made["id"]))["drifts"] == []


def measured(people: int, *, active: int = 0, value: int = 0, trait: float = 0.5) -> PersonaMeasure:
    told = MemberFigures(people=people, active=active, bought=0, clicked=0, value_minor=value)
    traits = [TraitShare(kind="attribute", key="area", value="Urban", share=trait)]
    return PersonaMeasure(on=date(2026, 12, 1), figures=told, traits=traits)


@pytest.mark.parametrize(
    ("before", "now", "drifts"),
    [
        (measured(100), measured(124), []),
        (measured(100), measured(125), [DriftOf.PEOPLE]),
        (measured(100), measured(75), [DriftOf.PEOPLE]),
        (measured(0), measured(0), []),
        (measured(0), measured(1), [DriftOf.PEOPLE]),
        (measured(100, active=50), measured(100, active=59), []),
        (measured(100, active=50), measured(100, active=60), [DriftOf.ACTIVE]),
        (measured(29, active=0), measured(29, active=29), []),
        (measured(100, value=1000), measured(100, value=1250), [DriftOf.VALUE]),
        (measured(100, trait=0.5), measured(100, trait=0.7), [DriftOf.TRAIT]),
        (None, measured(100), []),
        (measured(100), None, []),
    ],
)
def test_a_drift_is_a_change_that_is_worth_a_look(
    before: PersonaMeasure, now: PersonaMeasure, drifts: list[DriftOf]
) -> None:
    assert [each.of for each in drifts_of(before, now)] == drifts
