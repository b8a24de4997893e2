"""Audiences through the API: made, counted, compared, kept, refused; the copy and PostgreSQL agree."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, insert, select, text, update

from gonfalon.accounts.context import system_context
from gonfalon.accounts.model import Role
from gonfalon.audiences import actions
from gonfalon.audiences.tables import snapshot_members
from gonfalon.kit.engine import Engine
from gonfalon.kit.services import Services
from gonfalon.people.tables import attribute_definitions, consents, people, topics
from gonfalon.planning.tables import touchpoints
from gonfalon.tracking.tables import events
from tests.conftest import World, eventually

WOMENS = {"kind": "attribute", "key": "womens", "op": "is_true"}
RECENT = {"kind": "attribute", "key": "months", "op": "le", "value": 6}
URBAN = {"kind": "attribute", "key": "area", "op": "any_of", "value": ["Urban", "Suburban"]}
STORY = {"kind": "all", "rules": [WOMENS, RECENT, {"kind": "not", "rule": {"kind": "tag", "tag": "new"}}, URBAN]}
EVERYBODY: dict[str, Any] = {"kind": "all", "rules": []}


@pytest.fixture
async def shop(world: World) -> World:
    """A workspace with twelve customers in every combination that the tests speak of."""
    async with world.ctx.transaction() as connection:
        for key, kind, choices in (
            ("womens", "boolean", None),
            ("months", "number", None),
            ("area", "choice", ["Urban", "Suburban", "Rural"]),
        ):
            await connection.execute(
                insert(attribute_definitions).values(
                    workspace_id=world.workspace.id, key=key, label=key.title(), type=kind, choices=choices
                )
            )
        topic = await connection.scalar(select(topics.c.id).where(topics.c.workspace_id == world.workspace.id).limit(1))
        for number in range(12):
            person = await connection.scalar(
                insert(people)
                .values(
                    workspace_id=world.workspace.id,
                    email=None if number == 11 else f"{number}@example.com",
                    external_id=f"C{number}",
                    attributes={
                        "womens": number % 2 == 0,
                        "months": number,
                        "area": ["Urban", "Suburban", "Rural"][number % 3],
                    },
                    tags=["new"] if number == 4 else [],
                )
                .returning(people.c.id)
            )
            if number not in (0, 1):
                state = "withdrawn" if number == 2 else "granted"
                await connection.execute(
                    insert(consents).values(
                        workspace_id=world.workspace.id, person_id=person, channel="email", topic_id=topic,
                        state=state, at=world.ctx.now,
                    )
                )  # fmt: skip
        await connection.execute(
            text(
                "insert into suppressions (workspace_id, channel, address, address_hash, reason)"
                " values (:workspace, 'email', '3@example.com', 'x', 'hard_bounce')"
            ),
            {"workspace": world.workspace.id},
        )
    return world


@contextmanager
def without_copy(services: Services) -> Iterator[None]:
    """As in a process that has no analytics copy, such as the command line's."""
    engine = services.get(Engine)
    services._singletons.pop(Engine)
    try:
        yield
    finally:
        services.put(Engine, engine)


async def count(world: World, rule: Any) -> dict[str, Any]:
    answer = await world.http.post(f"{world.path}/audiences/count", json={"rule": rule})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def make(world: World, rule: Any = STORY, name: str = "Lapsed", **more: Any) -> dict[str, Any]:
    answer = await world.http.post(f"{world.path}/audiences", json={"name": name, "rule": rule, **more})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def is_copied(services: Services) -> None:
    async def usable() -> bool:
        return services.get(Engine).status().usable

    await eventually(usable)


def check_story(found: dict[str, Any]) -> None:
    assert found["total"] == 2, "0 and 6: even, at most 6, not tagged new (4), Urban or Suburban"
    assert [person["external_id"] for person in found["sample"]] == ["C0", "C6"]


async def test_the_story_is_counted_by_the_copy(shop: World, services: Services) -> None:
    await is_copied(services)
    found = await count(shop, STORY)
    assert found["engine"] == "copy"
    check_story(found)


async def test_the_story_is_counted_without_a_copy(shop: World, services: Services) -> None:
    with without_copy(services):
        found = await count(shop, STORY)
    assert found["engine"] == "postgresql"
    check_story(found)


async def test_reach_says_why_not_and_adds_up(shop: World, services: Services) -> None:
    await is_copied(services)
    both = [await count(shop, EVERYBODY)]
    with without_copy(services):
        both.append(await count(shop, EVERYBODY))
    async with shop.ctx.reading() as connection:
        sendable = await connection.scalar(
            text("select count(*) from reachable_people where workspace_id = :workspace"),
            {"workspace": shop.workspace.id},
        )
    for found in both:
        news = found["reach"][0]
        assert (news["channel"], found["total"]) == ("email", 12)
        assert news["no_address"] == 1, "11"
        assert news["suppressed"] == 1, "3"
        assert news["unsubscribed"] == 1, "2"
        assert news["no_consent"] == 2, "0 and 1 were never asked"
        assert news["reachable"] == sendable == 7, "the same people as delivery would send to"
        for reach in found["reach"]:
            assert sum(value for value in reach.values() if isinstance(value, int)) == 12
    assert both[0]["reach"] == both[1]["reach"]
    assert {each["engine"] for each in both} == {"copy", "postgresql"}


async def test_a_count_sees_what_was_committed_before_it(shop: World, services: Services) -> None:
    await is_copied(services)
    for months in (20, 3, 30):
        async with shop.ctx.transaction() as connection:
            await connection.execute(
                update(people)
                .where(people.c.workspace_id == shop.workspace.id, people.c.external_id == "C0")
                .values(attributes=people.c.attributes.op("||")(text(f"'{{\"months\": {months}}}'::jsonb")))
            )
        found = await count(shop, STORY)
        assert (found["engine"], found["total"]) == ("copy", 2 if months <= 6 else 1)


async def test_events_count_from_the_moment_they_are_there(shop: World, services: Services) -> None:
    await is_copied(services)
    rule = {"kind": "event", "name": "Order Completed", "at_least": 2, "within_days": 30, "total_at_least": 5000}
    assert (await count(shop, rule))["total"] == 0
    async with shop.ctx.transaction() as connection:
        buyer, other = (await connection.execute(
            select(people.c.id).where(people.c.workspace_id == shop.workspace.id).order_by(people.c.id).limit(2)
        )).scalars()  # fmt: skip
        for key, person, days in (("a", buyer, 1), ("b", buyer, 20), ("c", other, 1), ("d", other, 40)):
            await connection.execute(
                insert(events).values(
                    workspace_id=shop.workspace.id, person_id=person, name="Order Completed", source_key=key,
                    at=shop.ctx.now - timedelta(days=days), amount_minor=2500, currency="EUR",
                )
            )  # fmt: skip
    found = await count(shop, rule)
    assert [person["id"] for person in found["sample"]] == [buyer]
    audience = await make(shop, rule)
    assert await actions.members_among(shop.ctx, UUID(audience["id"]), [buyer, other]) == {buyer}


async def test_a_snapshot_keeps_exactly_the_members(shop: World, services: Services) -> None:
    await is_copied(services)
    audience = await make(shop, {"kind": "not", "rule": STORY})
    taken = [await actions.snapshot_audience(shop.ctx, UUID(audience["id"]))]
    with without_copy(services):
        taken.append(await actions.snapshot_audience(shop.ctx, UUID(audience["id"])))
    async with shop.ctx.transaction() as connection:
        await connection.execute(
            delete(people).where(people.c.workspace_id == shop.workspace.id, people.c.external_id == "C1")
        )
    taken.append(await actions.snapshot_audience(shop.ctx, UUID(audience["id"])))
    mine = people.c.workspace_id == shop.workspace.id
    async with shop.ctx.reading() as connection:
        written = []
        for each in taken:
            query = select(snapshot_members.c.person_id).where(snapshot_members.c.snapshot_id == each.id)
            written.append(set((await connection.execute(query)).scalars()))
        present = set((await connection.execute(select(people.c.id).where(mine))).scalars())
    assert written[0] == written[1], "the copy and PostgreSQL write the same"
    assert len(written[0]) == 10
    assert written[2] == written[0] & present, "a deletion just before is taken into account"
    assert [each.size for each in taken] == [10, 10, 9]
    listed = (await shop.http.get(f"{shop.path}/audiences/{audience['id']}/snapshots")).json()
    assert [each["size"] for each in listed] == [9, 10, 10]


async def test_snapshots_larger_than_a_block(shop: World, services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    await is_copied(services)
    monkeypatch.setattr("gonfalon.audiences.segments.membership.COPY_ROWS", 1000)
    async with shop.ctx.transaction() as connection:
        await connection.execute(
            text(
                "insert into people (workspace_id, external_id)"
                " select :workspace, 'X' || n from generate_series(1, 2500) n"
            ),
            {"workspace": shop.workspace.id},
        )
    audience = await make(shop, EVERYBODY)
    taken = await actions.snapshot_audience(shop.ctx, UUID(audience["id"]))
    async with shop.ctx.reading() as connection:
        differing = await connection.scalar(
            text(
                "select count(*) from (select person_id from snapshot_members where snapshot_id = :snapshot) m"
                " full join (select id from people where workspace_id = :workspace) p on p.id = m.person_id"
                " where m.person_id is null or p.id is null"
            ),
            {"snapshot": taken.id, "workspace": shop.workspace.id},
        )
    assert (taken.size, differing) == (2512, 0)


async def test_lists_take_people_by_id_key_and_rule(shop: World) -> None:
    audience = await make(shop, None, "Friends", kind="list")
    path = f"{shop.path}/audiences/{audience['id']}"
    keys = {"keys": ["C1", " 2@Example.com ", "nobody", "C1", ""]}
    assert (await shop.http.post(f"{path}/members", json=keys)).json() == {"added": 2, "missing": 1}
    assert (await shop.http.post(f"{path}/members", json=keys)).json() == {"added": 0, "missing": 1}
    assert (await shop.http.post(f"{path}/members", json={"rule": STORY})).json()["added"] == 2
    members = (await shop.http.get(f"{path}/members")).json()["items"]
    assert [person["external_id"] for person in members] == ["C0", "C1", "C2", "C6"]
    by_id = {"people": [members[0]["id"], members[1]["id"], 10**15]}
    assert (await shop.http.post(f"{path}/members/remove", json=by_id)).json() == {"removed": 2}
    assert (await shop.http.post(f"{path}/members", json=by_id)).json() == {"added": 2, "missing": 1}
    assert (await shop.http.get(f"{path}/count")).json()["total"] == 4
    inside = await count(
        shop, {"kind": "all", "rules": [RECENT, {"kind": "audience", "audience": audience["id"], "member": False}]}
    )
    assert inside["total"] == 3, "3, 4 and 5 of 0 to 6 are not on the list"


async def test_members_are_paged(shop: World) -> None:
    audience = await make(shop, EVERYBODY)
    found: list[str] = []
    cursor = None
    while True:
        params = {"limit": 5} | ({"cursor": cursor} if cursor else {})
        page = (await shop.http.get(f"{shop.path}/audiences/{audience['id']}/members", params=params)).json()
        found += [person["external_id"] for person in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert found == [f"C{number}" for number in range(12)]


async def test_audiences_are_compared(shop: World) -> None:
    first, second = await make(shop, WOMENS, "Womens"), await make(shop, RECENT, "Recent")
    answer = await shop.http.post(f"{shop.path}/audiences/overlap", json={"first": first["id"], "second": second["id"]})
    assert answer.json() == {"first_only": 2, "both": 4, "second_only": 3}


async def test_a_list_is_counted_in_one_go(
    shop: World, services: Services, make_world: Callable[..., Awaitable[World]]
) -> None:
    """Each as it is counted by itself; what is broken, archived, foreign or unknown is left out."""
    await is_copied(services)
    good = [await make(shop, rule, f"Good {n}") for n, rule in enumerate((WOMENS, RECENT, EVERYBODY))]
    broken = await make(shop, {"kind": "attribute", "key": "area", "op": "is", "value": "Rural"}, "Broken")
    gone = await make(shop, WOMENS, "Gone")
    await shop.http.delete(f"{shop.path}/audiences/{gone['id']}")
    async with shop.ctx.transaction() as connection:
        await connection.execute(
            update(attribute_definitions)
            .where(attribute_definitions.c.workspace_id == shop.workspace.id, attribute_definitions.c.key == "area")
            .values(deleted_at=shop.ctx.now)
        )
    foreign = await make(await make_world(), EVERYBODY, "Foreign")
    ids = [each["id"] for each in (*good, broken, gone, foreign)]
    answer = await shop.http.get(f"{shop.path}/audiences/counts", params={"id": [*ids, str(UUID(int=7))]})
    counted = {each["id"]: (each["total"], each["reach"]) for each in answer.json()}
    alone = [(await shop.http.get(f"{shop.path}/audiences/{each['id']}/count")).json() for each in good]
    assert counted == {each["id"]: (one["total"], one["reach"]) for each, one in zip(good, alone, strict=True)}
    assert len({total for total, _ in counted.values()}) == 3
    too_many = await shop.http.get(f"{shop.path}/audiences/counts", params={"id": [str(UUID(int=7))] * 101})
    assert too_many.status_code == 422


async def test_changes_are_guarded_by_version_and_listed(shop: World) -> None:
    audience = await make(shop)
    change = {"version": 1, "name": "Lapsed women", "rule": WOMENS}
    path = f"{shop.path}/audiences/{audience['id']}"
    assert (await shop.http.put(path, json=change)).json()["version"] == 2
    lost = await shop.http.put(path, json=change)
    assert (lost.status_code, lost.json()["code"]) == (409, "audience_changed")
    for name in ("alpha", "Beta", "gamma"):
        await make(shop, WOMENS, name)
    listed = (await shop.http.get(f"{shop.path}/audiences", params={"limit": 3})).json()
    rest = (await shop.http.get(f"{shop.path}/audiences", params={"limit": 3, "cursor": listed["next_cursor"]})).json()
    assert [each["name"] for each in listed["items"] + rest["items"]] == ["alpha", "Beta", "gamma", "Lapsed women"]
    assert rest["next_cursor"] is None
    found = (await shop.http.get(f"{shop.path}/audiences", params={"q": "WOMEN"})).json()
    assert [each["name"] for each in found["items"]] == ["Lapsed women"]
    trail = (await shop.http.get(f"{shop.path}/audit", params={"action": "audience."})).json()["items"]
    assert trail[-2]["action"] == "audience.changed"
    assert trail[-2]["details"] == {"changed": ["name", "rule"]}


async def test_a_deleted_attribute_breaks_the_audience_with_a_sentence(shop: World, services: Services) -> None:
    await is_copied(services)
    audience = await make(shop)
    outer = await make(shop, {"kind": "audience", "audience": audience["id"]}, "Outer")
    async with shop.ctx.transaction() as connection:
        await connection.execute(
            update(attribute_definitions)
            .where(attribute_definitions.c.workspace_id == shop.workspace.id, attribute_definitions.c.key == "area")
            .values(deleted_at=shop.ctx.now)
        )
    found = (await shop.http.get(f"{shop.path}/audiences/{audience['id']}")).json()
    assert "“area” no longer exists" in found["broken"]
    assert (found["fault"]["reason"], found["fault"]["values"]) == ("attribute_gone", {"key": "area"})
    around = (await shop.http.get(f"{shop.path}/audiences/{outer['id']}")).json()["fault"]
    assert (around["reason"], around["values"]) == ("audience_broken", {"inner": "attribute_gone", "key": "area"})
    refused = await shop.http.get(f"{shop.path}/audiences/{audience['id']}/count")
    assert refused.status_code == 422
    assert refused.json()["code"] == "audience_rule_invalid"
    assert refused.json()["place"] == "rules[3].key"
    assert "Another audience" in (await shop.http.get(f"{shop.path}/audiences/{outer['id']}/count")).json()["detail"]
    assert (await count(shop, WOMENS))["total"] == 6, "the copy goes on with the attributes that are left"
    async with shop.ctx.transaction() as connection:
        await connection.execute(
            insert(attribute_definitions).values(workspace_id=shop.workspace.id, key="area", label="Area", type="text")
        )
    assert (await count(shop, STORY))["total"] == 2, "declared again, the column comes back with its values"


async def test_what_is_in_use_cannot_be_archived(shop: World) -> None:
    inner = await make(shop, WOMENS, "Inner")
    outer = await make(shop, {"kind": "audience", "audience": inner["id"]}, "Outer")
    refused = await shop.http.delete(f"{shop.path}/audiences/{inner['id']}")
    assert (refused.status_code, refused.json()["code"]) == (409, "audience_in_use")
    assert refused.json()["used_by"] == [{"kind": "audience", "id": outer["id"], "name": "Outer"}]
    assert "“Outer”" in refused.json()["detail"]
    itself = await shop.http.put(
        f"{shop.path}/audiences/{inner['id']}",
        json={"version": 1, "name": "Inner", "rule": {"kind": "audience", "audience": outer["id"]}},
    )
    assert itself.json()["detail"] == "An audience cannot refer to itself."
    for audience in (outer, inner):
        assert (await shop.http.delete(f"{shop.path}/audiences/{audience['id']}")).status_code == 204
    assert (await shop.http.get(f"{shop.path}/audiences/{inner['id']}")).status_code == 404
    assert (await shop.http.post(f"{shop.path}/audiences/{inner['id']}/restore")).status_code == 204
    assert (await shop.http.get(f"{shop.path}/audiences/{inner['id']}")).json()["name"] == "Inner"


async def test_what_needs_an_audience_is_named_with_its_campaign(shop: World) -> None:
    inner = await make(shop, WOMENS, "Inner")
    outer = await make(shop, {"kind": "audience", "audience": inner["id"]}, "Outer")
    campaign = {"name": "Spring", "category": "engagement"}
    spring = (await shop.http.post(f"{shop.path}/campaigns", json=campaign)).json()["id"]
    for name, launched_at in (("First mail", shop.ctx.now), ("Second mail", None)):
        async with shop.ctx.transaction() as connection:
            await connection.execute(
                insert(touchpoints).values(
                    id=uuid4(), workspace_id=shop.workspace.id, campaign_id=UUID(spring), name=name,
                    audience_id=UUID(inner["id"]), launched_at=launched_at,
                )
            )  # fmt: skip
    users = (await shop.http.get(f"{shop.path}/audiences/{inner['id']}/users")).json()
    assert [(user["kind"], user["name"], user["campaign"], user["waiting"]) for user in users] == [
        ("audience", "Outer", "", True),
        ("touchpoint", "Second mail", "Spring", True),
        ("touchpoint", "First mail", "Spring", False),
    ]
    assert {user["campaign_id"] for user in users} == {None, spring}
    refused = (await shop.http.delete(f"{shop.path}/audiences/{inner['id']}")).json()
    assert [user["name"] for user in refused["used_by"]] == ["Outer", "Second mail"]
    assert (await shop.http.get(f"{shop.path}/audiences/{outer['id']}/users")).json() == []
    assert (await shop.http.get(f"{shop.path}/audiences/{uuid4()}/users")).status_code == 404


@pytest.mark.parametrize(
    ("rule", "place"),
    [
        ({"kind": "tag"}, "tag"),
        ({"kind": "all", "rules": [{"kind": "attribute", "key": "x", "op": "known"}]}, "rules[0].key"),
    ],
)
async def test_a_bad_rule_is_answered_with_its_place(world: World, rule: Any, place: str) -> None:
    for path, body in (("/audiences/count", {"rule": rule}), ("/audiences", {"name": "x", "rule": rule})):
        answer = await world.http.post(f"{world.path}{path}", json=body)
        assert answer.status_code == 422
        assert answer.headers["content-type"] == "application/problem+json"
        assert (answer.json()["code"], answer.json()["place"]) == ("audience_rule_invalid", place)


async def test_another_workspace_sees_and_counts_nothing_of_it(
    shop: World, services: Services, make_world: Callable[..., Awaitable[World]]
) -> None:
    await is_copied(services)
    audience = await make(shop)
    fixed = await make(shop, None, "List", kind="list")
    other = await make_world()
    routes = "GET", "GET /count", "GET /members", "GET /snapshots", "DELETE", "POST /restore"
    for method, _, path in (route.partition(" ") for route in routes):
        answer = await other.http.request(method, f"{other.path}/audiences/{audience['id']}{path}")
        assert answer.status_code == 404, (method, path)
    assert (await other.http.get(f"{other.path}/audiences")).json()["items"] == []
    assert (await count(other, EVERYBODY))["total"] == 0
    assert (await count(other, {"kind": "identity", "identity": "email"}))["total"] == 0
    foreign = await other.http.post(
        f"{other.path}/audiences/count", json={"rule": {"kind": "audience", "audience": fixed["id"]}}
    )
    assert foreign.status_code == 422
    own = await make(other, None, "Own", kind="list")
    ids = [
        person["id"]
        for person in (await shop.http.get(f"{shop.path}/audiences/{audience['id']}/members")).json()["items"]
    ]
    added = await other.http.post(f"{other.path}/audiences/{own['id']}/members", json={"people": ids, "keys": ["C1"]})
    assert added.json() == {"added": 0, "missing": len(ids) + 1}


async def test_roles(shop: World) -> None:
    guest, approver = await shop.member(Role.GUEST), await shop.member(Role.APPROVER)
    assert (await guest.post(f"{shop.path}/audiences/count", json={"rule": STORY})).status_code == 403
    assert (await approver.get(f"{shop.path}/audiences")).status_code == 200
    assert (await approver.post(f"{shop.path}/audiences", json={"name": "x", "rule": STORY})).status_code == 403


async def test_the_vocabulary_and_values(shop: World, services: Services) -> None:
    await is_copied(services)
    words = (await shop.http.get(f"{shop.path}/audiences/vocabulary")).json()
    area = next(word for word in words["attributes"] if word["key"] == "area")
    assert area["operators"] == ["is", "is_not", "any_of", "none_of", "known", "unknown"]
    assert (words["tags"], len(words["topics"])) == (["new"], 2)
    await count(shop, EVERYBODY)  # the copy has caught up after this
    copied = (await shop.http.get(f"{shop.path}/audiences/values", params={"attribute": "area", "q": "URBAN"})).json()
    assert copied == [{"value": "Suburban", "people": 4}, {"value": "Urban", "people": 4}]
    with without_copy(services):
        answer = await shop.http.get(f"{shop.path}/audiences/values", params={"attribute": "area", "q": "URBAN"})
    assert answer.json() == copied
    assert (await shop.http.get(f"{shop.path}/audiences/values", params={"attribute": uuid4().hex})).status_code == 404
    status = (await shop.http.get(f"{shop.path}/audiences/copy")).json()
    assert (status["state"], status["usable"]) == ("following", True)


async def test_jobs_may_ask_too(shop: World, services: Services) -> None:
    ctx = system_context(services, shop.workspace)
    assert (await actions.count_rule(ctx, STORY)).total == 2
