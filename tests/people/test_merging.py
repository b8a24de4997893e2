"""Two people who are one: everything goes along, the stricter permission wins, and it can be taken back."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx2
import pytest
from sqlalchemy import text

from gonfalon.people.duplicates.actions import search
from tests.conftest import World
from tests.delivery.factory import expand, launch, make_topic, states
from tests.people.test_consent import topic_ids


@pytest.fixture
async def public(client_of: Any) -> httpx2.AsyncClient:
    """Nobody in particular."""
    client: httpx2.AsyncClient = client_of()
    return client


async def add(world: World, **known: Any) -> int:
    """Somebody's id, made by the API."""
    made = await world.http.post(f"{world.path}/people", json=known)
    assert made.status_code == 200, made.text
    return int(made.json()["id"])


async def person(world: World, person_id: int) -> dict[str, Any]:
    """Everything the page shows of somebody."""
    answer = await world.http.get(f"{world.path}/people/{person_id}")
    found: dict[str, Any] = answer.json()
    return {key: value for key, value in found.items() if key not in ("updated_at", "proofs")}


async def say(world: World, person_id: int, state: str) -> None:
    """A member notes what somebody said on the first topic."""
    body = {"channel": "email", "topic_ids": (await topic_ids(world))[:1], "state": state}
    assert (await world.http.post(f"{world.path}/people/{person_id}/consents", json=body)).status_code == 200


async def track(world: World, public: httpx2.AsyncClient, user: str, *events: str) -> None:
    """Somebody does something on a site."""
    key = (await world.http.post(f"{world.path}/api-keys", json={"name": "Site", "scopes": ["track"]})).json()["key"]
    for event in events:
        told = await public.post("/v1/track", json={"userId": user, "event": event}, auth=(key, ""))
        assert told.status_code == 200, told.text


async def happened(world: World, person_id: int) -> list[str]:
    """The names of somebody's events."""
    found = await world.http.get(f"{world.path}/people/{person_id}/timeline")
    return sorted(each["name"] for each in found.json()["items"] if each["kind"] == "event")


async def two(world: World, public: httpx2.AsyncClient) -> tuple[int, int]:
    """Two people with something of everything; both are on one list, the second on another as well."""
    await world.http.post(f"{world.path}/attributes", json={"key": "shoe", "label": "Shoe", "type": "text"})
    kept = await add(
        world, email="ada@gmail.com", external_id="A-1", attributes={"first_name": "Ada", "shoe": "38"}, tags=["vip"]
    )
    gone = await add(
        world,
        email="a.d.a+shop@gmail.com",
        phone="+46701234567",
        external_id="B-2",
        attributes={"first_name": "Ada B.", "last_name": "Byron"},
        tags=["shop"],
    )
    await add(world, external_id="B-2", email="ada@work.example")
    await say(world, kept, "granted")
    await say(world, gone, "granted")
    await say(world, gone, "withdrawn")
    await track(world, public, "A-1", "Opened Shop")
    await track(world, public, "B-2", "Bought", "Returned")
    for name, members in (("Both", [kept, gone]), ("Second's", [gone])):
        made = await world.http.post(f"{world.path}/audiences", json={"kind": "list", "name": name})
        await world.http.post(f"{world.path}/audiences/{made.json()['id']}/members", json={"people": members})
    return kept, gone


async def merge(world: World, kept: int, gone: int, **more: Any) -> httpx2.Response:
    """Makes two people one."""
    return await world.http.post(f"{world.path}/people/{kept}/merges", json={"other_id": gone} | more)


async def test_a_merge_keeps_everything_and_the_stricter_permission(world: World, public: httpx2.AsyncClient) -> None:
    kept, gone = await two(world, public)
    preview = await world.http.get(f"{world.path}/people/{kept}/merges/with/{gone}")
    told = preview.json()
    assert {(each["kind"], each["place"]) for each in told["identities"]} == {
        ("email", "beside"), ("phone", "primary"), ("external", "beside")
    }  # fmt: skip
    assert told["values"][0] == {"key": "first_name", "kept": "Ada", "gone": "Ada B."}
    assert [(each["kept"], each["gone"], each["after"]) for each in told["consents"]] == [
        ("granted", "withdrawn", "withdrawn")
    ]
    assert {each["what"]: each["count"] for each in told["things"]} == {
        "events": 2, "lists": 2, "messages": 0, "answers": 0
    }  # fmt: skip
    merged = await merge(world, kept, gone, take=["first_name"])
    assert merged.status_code == 200, merged.text
    now = await person(world, kept)
    assert (now["email"], now["phone"], now["external_id"]) == ("ada@gmail.com", "+46701234567", "A-1")
    assert {(each["kind"], each["value"]) for each in now["identities"]} == {
        ("email", "a.d.a+shop@gmail.com"), ("email", "ada@work.example"), ("external", "B-2")
    }  # fmt: skip
    assert now["attributes"] == {"first_name": "Ada B.", "last_name": "Byron", "shoe": "38"}
    assert now["tags"] == ["shop", "vip"]
    assert [each["state"] for each in now["consents"]] == ["withdrawn"]
    assert {each["name"] for each in now["lists"]} == {"Both", "Second's"}
    assert await happened(world, kept) == ["Bought", "Opened Shop", "Returned"]
    left = await person(world, gone)
    assert (left["merged_into"], left["email"], left["lists"], left["consents"]) == (kept, None, [], [])
    # The site still says the old id, and means the person who stayed.
    await track(world, public, "B-2", "Came Back")
    assert "Came Back" in await happened(world, kept)


async def test_an_undone_merge_leaves_two_people_as_they_were(world: World, public: httpx2.AsyncClient) -> None:
    kept, gone = await two(world, public)
    before = [await person(world, each) for each in (kept, gone)]
    merged = (await merge(world, kept, gone, take=["first_name"])).json()
    undo = f"{world.path}/people/merges/{merged['id']}/undo"
    undone = await asyncio.gather(world.http.post(undo), world.http.post(undo))
    assert [each.status_code for each in undone] == [200, 200]
    after = [await person(world, each) for each in (kept, gone)]
    for one in (*before, *after):
        for each in one["identities"]:
            del each["created_at"]
    assert after == before
    assert (await happened(world, kept), await happened(world, gone)) == (["Opened Shop"], ["Bought", "Returned"])
    again = await merge(world, gone, kept)
    assert again.status_code == 200, "the other way round now"


async def test_what_is_withdrawn_after_a_merge_is_withdrawn_for_both(world: World) -> None:
    kept, gone = await add(world, email="a@example.com"), await add(world, email="b@example.com")
    await say(world, kept, "granted")
    await say(world, gone, "granted")
    merged = (await merge(world, kept, gone)).json()
    await say(world, kept, "withdrawn")
    await world.http.post(f"{world.path}/people/merges/{merged['id']}/undo")
    for each in (kept, gone):
        assert [one["state"] for one in (await person(world, each))["consents"]] == ["withdrawn"]


async def test_two_members_at_once_merge_once(world: World) -> None:
    kept, gone = await add(world, email="a@example.com"), await add(world, email="b@example.com")
    same = await asyncio.gather(*(merge(world, kept, gone) for _ in range(4)))
    assert {each.status_code for each in same} == {200}
    assert len({each.json()["id"] for each in same}) == 1
    other_way = await merge(world, gone, kept)
    assert (other_way.status_code, other_way.json()["code"]) == (409, "merge_gone")
    assert (await merge(world, kept, kept)).json()["code"] == "merge_same"
    stranger = await add(world, email="c@example.com")
    assert (await world.http.delete(f"{world.path}/people/{stranger}")).status_code == 204
    assert (await merge(world, kept, stranger)).json()["code"] == "merge_gone"
    assert (await merge(world, kept, 2**60)).status_code == 404


async def test_merges_are_undone_from_the_newest(world: World) -> None:
    a, b, c = [await add(world, email=f"{each}@example.com") for each in "abc"]
    first = (await merge(world, b, a)).json()
    second = (await merge(world, c, b)).json()
    assert (await person(world, a))["merged_into"] == c
    refused = await world.http.post(f"{world.path}/people/merges/{first['id']}/undo")
    assert refused.json()["code"] == "merge_kept_gone"
    assert (await world.http.post(f"{world.path}/people/merges/{second['id']}/undo")).status_code == 200
    assert (await person(world, a))["merged_into"] == b
    assert (await world.http.post(f"{world.path}/people/merges/{first['id']}/undo")).status_code == 200
    assert [(await person(world, each))["email"][0] for each in (a, b, c)] == ["a", "b", "c"]


async def test_erasing_who_stayed_forgets_what_the_merge_remembered(world: World) -> None:
    kept, gone = await add(world, email="a@example.com"), await add(world, email="secret@example.com")
    merged = (await merge(world, kept, gone)).json()
    await world.http.delete(f"{world.path}/people/{kept}")
    async with world.services.db.reading() as connection:
        left = await connection.execute(text("select before::text from person_merges where id = :id"), merged)
        assert left.scalar_one() == "{}"
    refused = await world.http.post(f"{world.path}/people/merges/{merged['id']}/undo")
    assert refused.json()["code"] == "merge_kept_gone"
    back = await world.http.post(f"{world.path}/people", json={"email": "secret@example.com"})
    assert back.json()["code"] == "person_erased"


async def test_a_launch_under_way_sends_once_to_who_stayed(world: World) -> None:
    async with world.services.db.transaction() as connection:
        topic = await make_topic(connection, world.workspace.id)
    ids = [await add(world, email=f"p{number}@example.com") for number in range(4)]
    for each in ids:
        body = {"channel": "email", "topic_ids": [topic], "state": "granted"}
        await world.http.post(f"{world.path}/people/{each}/consents", json=body)
    sending = await launch(world.services, world.workspace.id, topic)
    assert await states(world.services, sending.dispatch_id) == {("queued", ""): 4}
    # Both are in the ledger already: the second gets nothing, and it is said why.
    await merge(world, ids[0], ids[1])
    assert await states(world.services, sending.dispatch_id) == {
        ("queued", ""): 3, ("withheld", "merged"): 1
    }  # fmt: skip
    # Somebody whom the launch did not mean stays: the message is theirs, and goes to their address.
    late = await add(world, email="late@example.com")
    body = {"channel": "email", "topic_ids": [topic], "state": "granted"}
    await world.http.post(f"{world.path}/people/{late}/consents", json=body)
    await merge(world, late, ids[2])
    async with world.services.db.reading() as connection:
        found = await connection.execute(
            text("select address, state from messages where workspace_id = :w and person_id = :p"),
            {"w": world.workspace.id, "p": late},
        )
        assert [tuple(row) for row in found] == [("late@example.com", "queued")]


async def test_a_snapshot_means_who_stayed(world: World) -> None:
    async with world.services.db.transaction() as connection:
        topic = await make_topic(connection, world.workspace.id)
    ids = [await add(world, email=f"p{number}@example.com") for number in range(3)]
    for each in ids:
        body = {"channel": "email", "topic_ids": [topic], "state": "granted"}
        await world.http.post(f"{world.path}/people/{each}/consents", json=body)
    sending = await launch(world.services, world.workspace.id, topic)
    async with world.services.db.transaction() as connection:  # as if it had not been expanded yet
        await connection.execute(text("delete from send_batches where workspace_id = :w"), {"w": world.workspace.id})
        await connection.execute(text("delete from messages where workspace_id = :w"), {"w": world.workspace.id})
    await merge(world, ids[0], ids[1])
    async with world.services.db.transaction() as connection:
        await expand(connection, world.workspace.id, sending.touchpoint_id)
    assert await states(world.services, sending.dispatch_id) == {("queued", ""): 2}


async def test_splitting_makes_somebody_new_without_permission(world: World, public: httpx2.AsyncClient) -> None:
    one = await add(world, email="her@example.com", phone="+46701234567", external_id="X-1")
    await add(world, external_id="X-1", email="him@example.com")
    await say(world, one, "granted")
    await track(world, public, "X-1", "Hers", "His")
    events = (await world.http.get(f"{world.path}/people/{one}/timeline")).json()["items"]
    his = [each["id"] for each in events if each["name"] == "His"]
    path = f"{world.path}/people/{one}/split"
    wanted = {"identities": [{"kind": "email", "value": "her@example.com"}], "event_ids": his}
    made = await world.http.post(path, json=wanted)
    assert made.status_code == 200, made.text
    new = made.json()["person_id"]
    there, here = await person(world, new), await person(world, one)
    assert (there["email"], there["consents"], here["email"]) == ("her@example.com", [], "him@example.com")
    assert here["identities"] == [], "the address beside has taken the place"
    assert (await happened(world, new), await happened(world, one)) == (["His"], ["Hers"])
    history = (await world.http.get(f"{world.path}/people/{new}/merges")).json()
    assert [(each["kind"], each["kept_id"]) for each in history] == [("split", one)]
    everything = [
        {"kind": "email", "value": "him@example.com"}, {"kind": "phone", "value": "+46701234567"},
        {"kind": "external", "value": "X-1"},
    ]  # fmt: skip
    assert (await world.http.post(path, json={"identities": everything})).json()["code"] == "split_all"
    assert (await world.http.post(path, json=wanted)).json()["code"] == "split_identities"
    assert (await merge(world, one, new)).status_code == 200
    assert await happened(world, one) == ["Hers", "His"]


async def test_duplicates_are_found_by_what_people_share(world: World) -> None:
    ada = {"first_name": "Ada", "last_name": "Byron"}
    await world.http.post(f"{world.path}/attributes", json={"key": "postcode", "label": "Postcode", "type": "text"})
    pairs = {
        "email": [await add(world, email="g.race@gmail.com"), await add(world, email="grace+shop@googlemail.com")],
        "external_id": [await add(world, external_id="CRM-00017"), await add(world, external_id="crm_00017")],
        "name_birthday": [
            await add(world, email=f"ada{n}@example.com", attributes={**ada, "birthday": "1985-12-10"}) for n in (1, 2)
        ],
        "phone": [await add(world, phone="+46701234567"), await add(world, phone="+33701234567")],
        "name_postcode": [
            await add(world, email=f"li{n}@example.com", attributes={"first_name": name, "postcode": code})
            for n, name, code in ((1, "Li", "111 22"), (2, "LI", "11122"))
        ],
    }
    await add(world, email="ada3@example.com", attributes={**ada, "birthday": "1999-12-10"})
    await search(world.ctx)
    found = (await world.http.get(f"{world.path}/duplicates")).json()["items"]
    assert {each["kind"]: [each["first"]["id"], each["second"]["id"]] for each in found} == pairs
    counts = (await world.http.get(f"{world.path}/duplicates/kinds")).json()["kinds"]
    assert {each["kind"]: (each["count"], each["sure"]) for each in counts} == {
        kind: (1, kind in ("email", "name_birthday")) for kind in pairs
    }
    apart = dict(zip(("first_id", "second_id"), reversed(pairs["phone"]), strict=True))
    assert (await world.http.post(f"{world.path}/duplicates/apart", json=apart)).status_code == 204
    await search(world.ctx)
    left = (await world.http.get(f"{world.path}/duplicates")).json()["items"]
    assert {each["kind"] for each in left} == {*pairs} - {"phone"}, "that these are two is remembered"
    path = f"{world.path}/duplicates/merge"
    assert (await world.http.post(path, json={"kind": "email", "confirmed": 2})).json()["code"] == "duplicates_differ"
    unsure = await world.http.post(path, json={"kind": "name_postcode", "confirmed": 1})
    assert unsure.json()["code"] == "duplicates_unsure"
    merged = await world.http.post(path, json={"kind": "email", "confirmed": 1})
    assert merged.json() == {"merged": 1}
    assert (await person(world, pairs["email"][1]))["merged_into"] == pairs["email"][0]
    assert {each["kind"] for each in (await world.http.get(f"{world.path}/duplicates")).json()["items"]} == {
        "external_id", "name_birthday", "name_postcode"
    }  # fmt: skip
