"""Companies: from messages, from files and by hand, and who belongs to them."""

from __future__ import annotations

from typing import Any

from gonfalon.accounts.model import Role
from gonfalon.people.profiles.actions import identified, save_person
from tests.conftest import World
from tests.people.files import csv_bytes, take_in, upload


async def _collect(world: World, *messages: dict[str, Any]) -> None:
    key = (await world.http.post(f"{world.path}/api-keys", json={"name": "site", "scopes": ["track"]})).json()["key"]
    sent = await world.http.post(
        "/v1/batch", json={"batch": list(messages)}, headers={"authorization": f"Bearer {key}"}
    )
    assert sent.status_code < 300, sent.text


async def _companies(world: World, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await world.http.get(f"{world.path}/companies", params=query)).json()["items"]
    return found


async def test_a_group_message_puts_its_person_into_a_company(world: World) -> None:
    said = {"name": "Analytical Engines", "plan": "gold", "seats": 12, "nested": {"x": 1}, "list": [1]}
    await _collect(
        world,
        {"type": "group", "userId": "u1", "groupId": "c1", "traits": said, "messageId": "m1"},
        {"type": "group", "userId": "u2", "groupId": "c1", "traits": {"seats": 13}, "messageId": "m2"},
        {"type": "group", "userId": "u2", "groupId": 7, "messageId": "m3"},
    )
    await _collect(world, {"type": "group", "userId": "u1", "groupId": "c1", "traits": said, "messageId": "m1"})
    engines, seven = sorted(await _companies(world), key=lambda each: each["key"], reverse=True)
    assert (engines["name"], engines["people"]) == ("Analytical Engines", 2)
    assert engines["properties"] | {"seats": 0} == {"plan": "gold", "seats": 0}
    assert (seven["key"], seven["name"], seven["people"]) == ("7", "7", 1)
    people = (await world.http.get(f"{world.path}/companies/{engines['id']}/people")).json()["items"]
    assert {each["external_id"] for each in people} == {"u1", "u2"}
    profile = (await world.http.get(f"{world.path}/people/{people[0]['id']}")).json()
    assert "Analytical Engines" in [each["name"] for each in profile["companies"]]
    known = (await world.http.get(f"{world.path}/companies/properties")).json()
    assert {(each["name"], each["type"]) for each in known} == {("plan", "string"), ("seats", "number")}


async def test_companies_are_made_changed_and_left_by_hand(world: World) -> None:
    person = await save_person(world.ctx, identified(world.ctx, email="ada@example.com"), {})
    path = f"{world.path}/companies"
    made = (await world.http.post(path, json={"name": "  Å  Works ", "properties": {"city": "Lyon"}})).json()
    assert (made["name"], made["key"]) == ("Å Works", "Å Works")
    assert (await world.http.post(path, json={"name": "Å Works"})).json()["code"] == "company_key_taken"
    assert (await world.http.post(path, json={"name": " "})).json()["code"] == "company_name_invalid"
    mine = f"{path}/{made['id']}"
    changed = await world.http.patch(mine, json={"name": "Works", "properties": {"city": None, "staff": 7}})
    assert (changed.json()["name"], changed.json()["properties"]) == ("Works", {"staff": 7})
    for _ in range(2):
        assert (await world.http.put(f"{mine}/people/{person.id}")).status_code == 204
    assert (await world.http.get(mine)).json()["people"] == 1
    assert [each["name"] for each in await _companies(world, search="wor")] == ["Works"]
    assert (await world.http.delete(f"{mine}/people/{person.id}")).status_code == 204
    assert (await world.http.get(mine)).json()["people"] == 0
    reader = await world.member(Role.ANALYST)
    assert (await reader.get(mine)).status_code == 200
    assert (await reader.delete(mine)).status_code == 403
    assert (await world.http.delete(mine)).status_code == 204
    assert (await world.http.get(mine)).json()["code"] == "company_unknown"


async def test_companies_page_by_name(world: World) -> None:
    for name in ("beta", "Alpha", "gamma", "Beta"):
        await world.http.post(f"{world.path}/companies", json={"name": name})
    names, cursor = [], None
    while True:
        page = (
            await world.http.get(
                f"{world.path}/companies", params={"limit": 1} | ({"cursor": cursor} if cursor else {})
            )
        ).json()
        names += [each["name"] for each in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert [each.lower() for each in names] == ["alpha", "beta", "beta", "gamma"]
    assert len(set(names)) == 4


async def test_who_is_erased_belongs_to_no_company(world: World) -> None:
    person = await save_person(world.ctx, identified(world.ctx, email="ada@example.com"), {})
    made = (await world.http.post(f"{world.path}/companies", json={"name": "Works"})).json()
    mine = f"{world.path}/companies/{made['id']}"
    await world.http.put(f"{mine}/people/{person.id}")
    archive = (await world.http.post(f"{world.path}/people/{person.id}/archive")).json()
    assert archive["companies"] == [{"id": made["id"], "name": "Works"}]
    assert (await world.http.delete(f"{world.path}/people/{person.id}")).status_code == 204
    assert (await world.http.get(mine)).json()["people"] == 0


async def test_a_column_of_a_file_puts_people_into_companies(world: World) -> None:
    await world.http.post(f"{world.path}/companies", json={"name": "Works", "key": "w-1"})
    rows = [
        ["a@example.com", "WORKS"],
        ["b@example.com", "New  Co"],
        ["c@example.com", "new co"],
        ["d@example.com", ""],
    ]
    content = csv_bytes(["email", "Company name"], rows)
    suggested = (await upload(world, content))["detected"]["suggested"]["columns"]
    assert [each["to"] for each in suggested] == ["email", "company"]
    done = await take_in(world, content)
    assert done["joined"] == 3
    assert {(each["name"], each["people"]) for each in await _companies(world)} == {("Works", 1), ("New Co", 2)}
    assert (await take_in(world, content))["joined"] == 0
    async with world.ctx.transaction() as connection:
        await connection.exec_driver_sql("update people set updated_at = now() where email = 'b@example.com'")
    told = (await world.http.post(f"{world.path}/imports/{done['id']}/undo/preview")).json()
    assert (told["removed"], told["kept_changed"], told["unjoined"]) == (3, 1, 1)


async def test_rules_ask_for_the_company(world: World) -> None:
    made = (
        await world.http.post(f"{world.path}/companies", json={"name": "Works", "properties": {"seats": 12}})
    ).json()
    for name in ("ada", "ben"):
        person = await save_person(world.ctx, identified(world.ctx, email=f"{name}@example.com"), {})
        if name == "ada":
            await world.http.put(f"{world.path}/companies/{made['id']}/people/{person.id}")

    async def count(**condition: Any) -> int:
        asked = {"rule": {"kind": "company", **condition}}
        answer = await world.http.post(f"{world.path}/audiences/count", json=asked)
        assert answer.status_code == 200, answer.text
        return int(answer.json()["total"])

    assert await count(property="seats", type="number", op="ge", value=10) == 1
    assert await count(op="is_not", value="Works") == 1
    wrong = {"rule": {"kind": "company", "type": "number", "op": "ge", "value": 1}}
    refused = await world.http.post(f"{world.path}/audiences/count", json=wrong)
    assert (refused.status_code, refused.json()["reason"]) == (422, "op_unfit")
