"""People through the API: made, changed, recognised, shown, tagged, exported, erased."""

from __future__ import annotations

import csv
import io
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text

from gonfalon.accounts.model import Role
from gonfalon.kit.errors import Invalid
from gonfalon.kit.sheets import guarded
from gonfalon.people.attributes.model import Attribute, AttributeType
from gonfalon.people.attributes.rules import check_value
from gonfalon.people.identities.actions import resolve_people
from gonfalon.people.identities.model import Identified
from gonfalon.people.identities.rules import normalise_email, normalise_phone
from gonfalon.people.imports.values import plain_text
from gonfalon.people.tables import identities, people
from gonfalon.tracking.tables import events
from tests.conftest import World
from tests.people.files import consent_plan, csv_bytes, customers, take_in


async def save(world: World, **body: Any) -> dict[str, Any]:
    """Saves a person through the API."""
    answer = await world.http.post(f"{world.path}/people", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_a_person_is_made_once_and_found_by_any_identity(world: World) -> None:
    made = await save(world, email=" Ada@Example.com ", attributes={"first_name": "Ada"}, tags=["vip"])
    assert (made["email"], made["attributes"], made["tags"]) == ("ada@example.com", {"first_name": "Ada"}, ["vip"])
    again = await save(world, email="ada@example.com", phone="070-123 45 67", external_id="7", tags=["vip", "a"])
    assert (again["id"], again["phone"], again["external_id"]) == (made["id"], "+46701234567", "7")
    assert again["tags"] == ["a", "vip"]
    other = await save(world, external_id="7", email="second@example.com", attributes={"first_name": None})
    assert (other["id"], other["email"], other["attributes"]) == (made["id"], "ada@example.com", {})
    by_second = await save(world, email="second@example.com")
    assert by_second["id"] == made["id"]
    shown = (await world.http.get(f"{world.path}/people/{made['id']}")).json()
    assert [(i["kind"], i["value"]) for i in shown["identities"]] == [("email", "second@example.com")]
    assert shown["name"] == "ada@example.com"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"attributes": {"first_name": "x"}}, "identity_missing"),
        ({"email": "no address"}, "email_invalid"),
        ({"phone": "12"}, "phone_invalid"),
        ({"email": "a@example.com", "attributes": {"nothing": 1}}, "attribute_unknown"),
        ({"email": "a@example.com", "attributes": {"first_name": 1}}, "attribute_value_invalid"),
        ({"email": "a@example.com", "attributes": {"birthday": "1990-02-30"}}, "attribute_value_invalid"),
        ({"email": "a@example.com", "tags": [" "]}, "tag_invalid"),
    ],
)
async def test_what_cannot_be_stored_is_refused_and_leaves_nothing(
    world: World, body: dict[str, Any], code: str
) -> None:
    refused = await world.http.post(f"{world.path}/people", json=body)
    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert (await world.http.get(f"{world.path}/people")).json()["items"] == []


async def test_changing_a_person_keeps_the_rest_and_refuses_what_others_have(world: World) -> None:
    ada = await save(world, email="ada@example.com", attributes={"first_name": "Ada", "city": "Lund"}, tags=["a"])
    bob = await save(world, email="bob@example.com")
    path = f"{world.path}/people/{ada['id']}"
    changed = await world.http.patch(
        path, json={"phone": "+46701234567", "attributes": {"city": None}, "add_tags": ["b"], "remove_tags": ["a"]}
    )
    assert changed.json()["attributes"] == {"first_name": "Ada"}
    assert (changed.json()["email"], changed.json()["tags"]) == ("ada@example.com", ["b"])
    taken = await world.http.patch(path, json={"email": "bob@example.com"})
    assert (taken.status_code, taken.json()["code"], taken.json()["person_id"]) == (409, "identity_taken", bob["id"])
    nobody = await world.http.patch(path, json={"email": None, "phone": None})
    assert nobody.json()["code"] == "identity_missing"
    cleared = await world.http.patch(path, json={"phone": None})
    assert (cleared.json()["phone"], cleared.json()["email"]) == (None, "ada@example.com")


async def test_a_batch_means_each_person_once(world: World) -> None:
    records = [
        Identified(external_id="1", email="a@example.com"),
        Identified(email="a@example.com"),
        Identified(anonymous_id="dev-1"),
        Identified(anonymous_id="dev-1"),
        Identified(external_id="1", anonymous_id="dev-2"),
        Identified(anonymous_id="dev-2"),
        Identified(),
    ]
    secrets = world.services.secrets
    async with world.ctx.transaction() as connection:
        first = await resolve_people(connection, secrets, world.workspace.id, records)
        again = await resolve_people(connection, secrets, world.workspace.id, records)
        assert first[0] == first[1] == first[4]
        assert first[2] == first[3] != first[0]
        assert first[6] is None
        assert again[:5] == first[:5]
        assert again[5] == first[0], "an identity kept beside leads to the person"
        count = await connection.execute(select(people.c.id).where(people.c.workspace_id == world.workspace.id))
        kept = await connection.execute(select(identities.c.value).where(identities.c.person_id == first[0]))
        known = {first[0], first[2], first[5]}
        assert set(count.scalars()) == known
        assert set(kept.scalars()) <= {"dev-2"}


async def test_nobody_is_made_when_only_asked_for(world: World) -> None:
    async with world.ctx.transaction() as connection:
        found = await resolve_people(
            connection, world.services.secrets, world.workspace.id, [Identified(email="x@example.com")], create=False
        )
    assert found == [None]
    assert (await world.http.get(f"{world.path}/people/count")).json() == {"count": 0, "more": False}


async def test_an_attribute_is_declared_renamed_and_deleted(world: World) -> None:
    made = await world.http.post(
        f"{world.path}/attributes", json={"label": "Shoe size", "type": "number", "description": "EU"}
    )
    assert (made.status_code, made.json()["key"]) == (201, "shoe_size")
    taken = await world.http.post(f"{world.path}/attributes", json={"label": "X", "type": "text", "key": "shoe_size"})
    assert (taken.status_code, taken.json()["code"]) == (409, "attribute_key_taken")
    ada = await save(world, email="ada@example.com", attributes={"shoe_size": 38.5})
    renamed = await world.http.put(f"{world.path}/attributes/shoe_size", json={"label": "Size"})
    assert (renamed.json()["label"], renamed.json()["type"]) == ("Size", "number")
    rule = {"kind": "all", "rules": [{"kind": "attribute", "key": "shoe_size", "op": "lt", "value": 36}]}
    audience = await world.http.post(f"{world.path}/audiences", json={"name": "Small feet", "rule": rule})
    assert audience.status_code == 201
    used = await world.http.delete(f"{world.path}/attributes/shoe_size")
    assert (used.status_code, used.json()["code"], used.json()["audiences"]) == (409, "attribute_used", ["Small feet"])
    gone = await world.http.delete(f"{world.path}/attributes/shoe_size", params={"even_if_used": True})
    assert gone.status_code == 204
    assert "shoe_size" not in (await world.http.get(f"{world.path}/attributes")).text
    refused = await world.http.patch(f"{world.path}/people/{ada['id']}", json={"attributes": {"shoe_size": 1}})
    assert refused.json()["code"] == "attribute_unknown"
    again = await world.http.post(f"{world.path}/attributes", json={"label": "Shoe size", "type": "text"})
    assert again.json()["key"] == "shoe_size_2", "old numbers must not come back as texts"


async def test_a_persons_page_and_timeline_show_everything_in_order(world: World) -> None:
    result = await take_in(world, customers(1), consent=await consent_plan(world))
    assert result["new"] == 1
    (listed,) = (await world.http.get(f"{world.path}/people")).json()["items"]
    async with world.ctx.transaction() as connection:
        for number in range(5):
            await connection.execute(
                events.insert().values(
                    workspace_id=world.workspace.id,
                    person_id=listed["id"],
                    name=f"Visit {number}",
                    at=text(f"now() + interval '{number} minutes'"),
                    source_key=f"k{number}",
                )
            )
    path = f"{world.path}/people/{listed['id']}"
    shown = (await world.http.get(path)).json()
    assert shown["name"] == "Ada 0"
    assert [c["state"] for c in shown["consents"]] == ["granted"]
    assert shown["proofs"][0]["wording"] == "Yes, write to me."
    seen: list[tuple[str, str]] = []
    cursor = None
    while True:
        query = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await world.http.get(f"{path}/timeline", params=query)).json()
        seen += [(line["kind"], line["name"]) for line in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen[:4] == [("event", f"Visit {number}") for number in (4, 3, 2, 1)]
    # The first visit has the moment of its transaction, after the import's.
    assert seen[4:] == [("event", "Visit 0"), ("created", "created"), ("consent", "granted")]


async def test_another_workspace_sees_nobody(make_world: Callable[..., Awaitable[World]], world: World) -> None:
    other = await make_world()
    ada = await save(world, email="ada@example.com", tags=["secret"])
    for path in ("", "/timeline", "/consents"):
        answer = await other.http.get(f"{other.path}/people/{ada['id']}{path}")
        assert answer.status_code == 404 or answer.json() == {"consents": [], "proofs": []}, path
    assert (await other.http.post(f"{other.path}/people/{ada['id']}/archive")).status_code == 404
    assert (await other.http.patch(f"{other.path}/people/{ada['id']}", json={"add_tags": ["x"]})).status_code == 404
    assert (await other.http.delete(f"{other.path}/people/{ada['id']}")).status_code == 404
    tagged = await other.http.post(f"{other.path}/people/tags", json={"person_ids": [ada["id"]], "add": ["x"]})
    assert tagged.json() == {"changed": 0}
    assert (await other.http.get(f"{other.path}/people")).json()["items"] == []
    assert "secret" not in (await other.http.get(f"{other.path}/tags")).text
    for chosen in ({"matching": {}}, {"person_ids": [ada["id"]]}):
        taken = await other.http.post(f"{other.path}/people/exports", json=chosen)
        assert taken.status_code == 200
        assert "ada" not in taken.text


async def test_tags_are_given_and_taken_from_many(world: World) -> None:
    ids = [(await save(world, email=f"p{n}@example.com"))["id"] for n in range(3)]
    body = {"person_ids": ids, "add": ["spring", "vip"], "remove": []}
    assert (await world.http.post(f"{world.path}/people/tags", json=body)).json() == {"changed": 3}
    assert (await world.http.post(f"{world.path}/people/tags", json=body)).json() == {"changed": 0}
    taken = {"person_ids": ids[:1], "remove": ["vip"]}
    assert (await world.http.post(f"{world.path}/people/tags", json=taken)).json() == {"changed": 1}
    assert (await world.http.get(f"{world.path}/tags")).json() == ["spring", "vip"]
    vip = (await world.http.get(f"{world.path}/people", params={"filter": "tag:is:vip"})).json()["items"]
    assert {person["id"] for person in vip} == set(ids[1:])


async def test_everybody_who_matches_is_tagged_in_one_go(
    world: World, make_world: Callable[..., Awaitable[World]]
) -> None:
    other = await make_world()
    await save(other, email="p9@example.com")
    ids = [(await save(world, email=f"p{n}@example.{('com', 'org')[n % 2]}"))["id"] for n in range(6)]
    await world.http.delete(f"{world.path}/people/{ids[4]}")
    tagging = {"matching": {"search": "example.com"}, "add": ["com", " vip "]}
    assert (await world.http.post(f"{world.path}/people/tags", json=tagging)).json() == {"changed": 2}
    assert (await world.http.post(f"{world.path}/people/tags", json=tagging)).json() == {"changed": 0}
    untagging = {"matching": {"filter": ["tag:is:vip"]}, "remove": ["vip"]}
    assert (await world.http.post(f"{world.path}/people/tags", json=untagging)).json() == {"changed": 2}
    tags = {p["id"]: p["tags"] for p in (await world.http.get(f"{world.path}/people")).json()["items"]}
    assert tags == {ids[0]: ["com"], ids[2]: ["com"], ids[1]: [], ids[3]: [], ids[5]: []}
    assert (await other.http.get(f"{other.path}/people")).json()["items"][0]["tags"] == []
    entries = (await world.http.get(f"{world.path}/audit", params={"action": "people.tagged"})).json()["items"]
    assert [entry["details"]["people"] for entry in entries] == [2, 0, 2]
    assert entries[0]["details"]["about"] == {"search": "", "filters": ["tag:is:vip"]}


@pytest.mark.parametrize("chosen", [{}, {"person_ids": [1], "matching": {}}, {"person_ids": []}, {"person_ids": [0]}])
async def test_whom_to_change_or_export_is_said_clearly(world: World, chosen: dict[str, Any]) -> None:
    for path, more in (("tags", {"add": ["x"]}), ("exports", {})):
        answer = await world.http.post(f"{world.path}/people/{path}", json=chosen | more)
        assert (answer.status_code, answer.json()["code"]) == (422, "request_invalid"), path


async def test_people_chosen_by_hand_are_exported_and_nobody_else(world: World) -> None:
    ids = [(await save(world, email=f"p{n}@example.com", tags=["=1+1"]))["id"] for n in range(4)]
    chosen = {"person_ids": [ids[2], ids[0], ids[2]], "columns": ["email", "tags"]}
    answer = await world.http.post(f"{world.path}/people/exports", json=chosen)
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert table == [["email", "tags"], ["p2@example.com", "'=1+1"], ["p0@example.com", "'=1+1"]]
    entries = (await world.http.get(f"{world.path}/audit", params={"action": "people.exported"})).json()["items"]
    assert [entry["details"]["about"] for entry in entries] == [{"chosen": 2}]


async def test_an_erased_person_is_gone_and_no_import_brings_them_back(world: World) -> None:
    plan = await consent_plan(world)
    await take_in(world, customers(3), consent=plan)
    listed = (await world.http.get(f"{world.path}/people", params={"search": "customer1@"})).json()["items"]
    path = f"{world.path}/people/{listed[0]['id']}"
    archive = (await world.http.post(f"{path}/archive")).json()
    assert archive["person"]["email"] == "customer1@example.com"
    assert archive["proofs"][0]["wording"] == "Yes, write to me."
    assert (await world.http.delete(path)).status_code == 204
    assert (await world.http.delete(path)).status_code == 204
    shown = (await world.http.get(path)).json()
    assert (shown["email"], shown["external_id"], shown["attributes"], shown["consents"]) == (None, None, {}, [])
    assert shown["erased_at"]
    again = await take_in(world, customers(3), consent=plan)
    assert again["rejected_by_reason"] == {"erased": 1}
    by_id = csv_bytes(["customer_id", "city"], [["C1", "Lund"]])
    assert (await take_in(world, by_id))["rejected_by_reason"] == {"erased": 1}
    refused = await world.http.post(f"{world.path}/people", json={"email": "customer1@example.com"})
    assert (refused.status_code, refused.json()["code"]) == (409, "person_erased")
    assert (await world.http.get(f"{world.path}/people/count")).json()["count"] == 2
    entries = (await world.http.get(f"{world.path}/audit")).text
    assert "customer1@example.com" not in entries


async def test_an_export_reads_back_as_it_was(world: World) -> None:
    await world.http.post(f"{world.path}/attributes", json={"label": "Spent", "type": "money"})
    await world.http.post(f"{world.path}/attributes", json={"label": "Note", "type": "text"})
    await world.http.post(f"{world.path}/attributes", json={"label": "Member", "type": "boolean"})
    notes = ["=1+1", "'=1+1", "-5", "@x", "+46", "plain", "'quoted'", 'a;b,"c"\nd']
    for number, note in enumerate(notes):
        attributes = {"spent": 100 * number + 5, "note": note, "member": number % 2 == 0, "birthday": "1990-02-03"}
        await save(
            world, email=f"p{number}@example.com", phone=f"+4670123456{number}", attributes=attributes, tags=["t"]
        )
    before = {p["email"]: p for p in (await world.http.get(f"{world.path}/people")).json()["items"]}
    columns = ["email", "phone", "attribute.spent", "attribute.note", "attribute.member", "attribute.birthday"]
    chosen = {"matching": {"filter": ["tag:is:t"]}, "columns": columns}
    answer = await world.http.post(f"{world.path}/people/exports", json=chosen)
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert table[0] == ["email", "phone", "Spent", "Note", "Member", "Birthday"]
    assert len(table) == 1 + len(notes)
    assert all(cell[:1] not in ("=", "+", "-", "@") for row in table[1:] for cell in row)
    assert table[1][2] == "0.05"
    result = await take_in(world, answer.content, match="email")
    assert (result["unchanged"], result["changed"], result["rejected"]) == (len(notes), 0, 0)
    after = {p["email"]: p for p in (await world.http.get(f"{world.path}/people")).json()["items"]}
    assert after == before
    entries = (await world.http.get(f"{world.path}/audit", params={"action": "people.exported"})).json()["items"]
    assert entries[0]["details"]["columns"] == columns
    creator = await world.member(Role.CREATOR)
    assert (await creator.post(f"{world.path}/people/exports", json={"matching": {}})).status_code == 403
    unknown = await world.http.post(f"{world.path}/people/exports", json={"matching": {}, "columns": ["password"]})
    assert unknown.json()["code"] == "column_unknown"


@given(st.text())
def test_a_guarded_text_never_runs_and_always_reads_back(given_text: str) -> None:
    stored = given_text.strip()
    cell = guarded(stored)
    assert cell[:1] not in ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")
    assert plain_text(cell) == stored
    assert cell in (stored, f"'{stored}")


def attribute(type_: AttributeType, choices: tuple[str, ...] = ()) -> Attribute:
    """A declared attribute."""
    return Attribute(1, "x", "X", type_, choices, "", None)  # type: ignore[arg-type]


@given(st.sampled_from(AttributeType), st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.none()))
def test_a_value_is_stored_as_its_type_or_refused(type_: AttributeType, value: object) -> None:
    declared = attribute(type_, ("a", "b"))
    try:
        kept = check_value(declared, value)
    except Invalid:
        with pytest.raises(Invalid, match="X"):
            check_value(declared, value)
        return
    if kept is not None:
        assert check_value(declared, kept) == kept, "what is stored can be stored again"


@pytest.mark.parametrize(
    ("given_phone", "country", "stored"),
    [
        ("070-123 45 67", "SE", "+46701234567"),
        ("+46 (0)70 123 45 67", "", "+46701234567"),
        ("0046701234567", "", "+46701234567"),
        ("06 12 34 56 78", "FR", "+33612345678"),
        ("02 1234 5678", "IT", "+390212345678"),
        ("650-253-0000", "US", "+16502530000"),
        ("138 0013 8000", "CN", "+8613800138000"),
        ("070-123 45 67", "", None),
        ("12", "SE", None),
        ("+99912345678", "", None),
        ("call me", "SE", None),
    ],
)
def test_phone_numbers_become_international(given_phone: str, country: str, stored: str | None) -> None:
    if stored is None:
        with pytest.raises(Invalid):
            normalise_phone(given_phone, country)
    else:
        assert normalise_phone(given_phone, country) == stored


@pytest.mark.parametrize("address", ["", "a", "a@", "@b.se", "a b@c.se", "a@b", "a@b..se", "a@-b.se", "ä@"])
def test_bad_addresses_are_refused(address: str) -> None:
    with pytest.raises(Invalid):
        normalise_email(address)


async def test_a_person_added_by_hand_has_the_proof_of_what_they_agreed_to(world: World) -> None:
    topics = (await world.http.get(f"{world.path}/topics")).json()
    agreed = {
        "topic_ids": [topics[0]["id"]],
        "at": "2026-05-01T10:00:00Z",
        "origin": "Card filled in at the fair",
        "wording": "Yes, write to me.",
    }
    body = {"email": "New@Example.com", "attributes": {"first_name": "Ada"}, "only_new": True, "consent": agreed}
    made = await world.http.post(f"{world.path}/people", json=body)
    assert made.status_code == 200, made.text
    found = (await world.http.get(f"{world.path}/people/{made.json()['id']}")).json()
    assert [(c["state"], c["channel"]) for c in found["consents"]] == [("granted", "email")]
    (proof,) = found["proofs"]
    assert (proof["source"], proof["wording"], proof["at"][:10]) == ("member", "Yes, write to me.", "2026-05-01")
    assert proof["details"]["origin"] == "Card filled in at the fair"
    again = await world.http.post(f"{world.path}/people", json=body | {"attributes": {"first_name": "Bo"}})
    assert (again.status_code, again.json()["code"]) == (409, "person_known")
    assert again.json()["person_id"] == found["id"]
    untouched = (await world.http.get(f"{world.path}/people/{found['id']}")).json()
    assert untouched["attributes"] == {"first_name": "Ada"}
    unproved = await world.http.post(f"{world.path}/people", json=body | {"consent": agreed | {"origin": ""}})
    assert unproved.status_code == 422
