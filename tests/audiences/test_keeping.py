"""Audiences kept, changed and refused: versions, uses, bad rules, other workspaces, roles, vocabulary."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, update

from gonfalon.accounts.model import Role
from gonfalon.kit.services import Services
from gonfalon.people.tables import attribute_definitions
from gonfalon.planning.tables.touchpoints import touchpoints
from tests.audiences.shop import (
    EVERYBODY,
    STORY,
    WOMENS,
    count,
    is_copied,
    make,
    without_copy,
)
from tests.conftest import World


async def test_changes_are_guarded_by_version_and_listed(shop: World) -> None:
    audience = await make(shop)
    change = {"version": 1, "name": "Lapsed women", "rule": WOMENS}
    path = f"{shop.path}/audiences/{audience['id']}"
    assert (await shop.http.put(path, json=change)).json()["version"] == 2
    lost = await shop.http.put(path, json=change)
    assert (lost.status_code, lost.json()["code"]) == (409, "changed_meanwhile")
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
    assert (await shop.http.get(f"{shop.path}/audiences/{inner['id']}")).json()["archived_at"]
    assert (await shop.http.get(f"{shop.path}/audiences/{inner['id']}/count")).status_code == 404
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
