"""Groups, rules, and what a workspace begins with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from tests.approvals.factory import group_step, join, make_group, make_rule
from tests.conftest import World
from tests.planning.factory import make_ready

Clients = Callable[..., httpx2.AsyncClient]


async def test_a_workspace_begins_with_groups_and_rules_that_ask_nothing(world: World) -> None:
    groups = (await world.http.get(f"{world.path}/approval-groups")).json()
    assert [group["name"] for group in groups] == ["Brand", "Director", "Finance", "Legal"]
    rules = (await world.http.get(f"{world.path}/approval-rules")).json()
    assert rules
    assert not any(rule["enabled"] for rule in rules)
    ready = await make_ready(world)
    assert (await world.http.post(f"{ready.path}/launch")).status_code == 200
    again = (await world.http.post(f"{world.path}/approval-rules/suggested")).json()
    assert [rule["id"] for rule in again] == [rule["id"] for rule in rules]


async def test_trying_says_who_would_be_asked(world: World, client_of: Clients) -> None:
    lea = await join(world, client_of, "Lea")
    legal = await make_group(world, "Lawyers", lea)
    await make_rule(world, group_step(legal), over_people=10_000)
    await make_rule(world, {"kind": "role", "ref": "owner", "quorum": "all"}, channels=["sms"])

    async def tried(**facts: Any) -> list[tuple[str, list[str]]]:
        answer = await world.http.post(f"{world.path}/approval-rules/try", json={"kind": "launch", **facts})
        return [(step["label"], [person["name"] for person in step["people"]]) for step in answer.json()["steps"]]

    assert await tried(audience_size=10_000) == []
    assert await tried(audience_size=10_001) == [("Lawyers", ["Lea"])]
    owner = world.ctx.actor.name
    assert await tried(audience_size=10_001, channel="sms") == [("Lawyers", ["Lea"]), ("owner", [owner])]


async def test_rules_are_asked_in_their_order(world: World, client_of: Clients) -> None:
    first = await make_rule(world, {"kind": "role", "ref": "owner"})
    second = await make_rule(world, {"kind": "role", "ref": "manager"})
    rules = [rule["id"] for rule in (await world.http.get(f"{world.path}/approval-rules")).json()]
    others = [each for each in rules if each not in (first["id"], second["id"])]
    ids = [second["id"], first["id"], *others]
    answer = await world.http.put(f"{world.path}/approval-rules", json={"ids": ids})
    assert [rule["id"] for rule in answer.json()] == ids
    tried = await world.http.post(f"{world.path}/approval-rules/try", json={"kind": "launch"})
    assert [step["ref"] for step in tried.json()["steps"]] == ["manager", "owner"]
    short = await world.http.put(f"{world.path}/approval-rules", json={"ids": ids[1:]})
    assert short.json()["code"] == "approval_rules_other"


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ([{"kind": "role", "ref": "guest"}], "approver_unknown"),
        ([{"kind": "part", "ref": "does"}], "approver_unknown"),
        ([{"kind": "group", "ref": "Legal"}], "approver_unknown"),
        ([{"kind": "role", "ref": "owner"}, {"kind": "role", "ref": "owner", "quorum": "all"}], "approval_steps_twice"),
    ],
)
async def test_a_rule_that_makes_no_sense_is_refused(world: World, steps: Any, code: str) -> None:
    answer = await world.http.post(f"{world.path}/approval-rules", json={"kind": "launch", "steps": steps})
    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_a_group_that_makes_no_sense_is_refused(world: World, client_of: Clients, make_world: Any) -> None:
    lea, leo = await join(world, client_of, "Lea"), await join(world, client_of, "Leo")
    stranger = await join(await make_world(), client_of, "Sam")

    async def refused(**body: Any) -> str:
        answer = await world.http.post(f"{world.path}/approval-groups", json={"name": "New", **body})
        assert answer.status_code in (409, 422), answer.text
        return str(answer.json()["code"])

    def instead(who: Any, of: Any, **dates: str) -> list[dict[str, str]]:
        return [{"user_id": str(who.id), "for_user_id": str(of.id), **dates}]

    assert await refused(name="Legal") == "approval_group_name_taken"
    assert await refused(members=[str(stranger.id)]) == "member_unknown"
    assert await refused(members=[str(lea.id)], stand_ins=instead(leo, leo)) == "stand_in_for_nobody"
    assert await refused(members=[str(lea.id)], stand_ins=instead(lea, lea)) == "stand_in_themselves"
    late = {"starts_on": "2026-12-02", "ends_on": "2026-12-01"}
    assert await refused(members=[str(lea.id)], stand_ins=instead(leo, lea, **late)) == "stand_in_dates"


async def test_a_group_that_is_asked_stays(world: World, client_of: Clients) -> None:
    legal = await make_group(world, "Lawyers", await join(world, client_of, "Lea"))
    rule = await make_rule(world, group_step(legal))
    path = f"{world.path}/approval-groups/{legal['id']}"
    assert (await world.http.delete(path)).json()["code"] == "approval_group_used"
    await world.http.delete(f"{world.path}/approval-rules/{rule['id']}")
    assert (await world.http.delete(path)).status_code == 204


async def test_a_save_of_an_old_version_is_refused(world: World) -> None:
    group = (await world.http.get(f"{world.path}/approval-groups")).json()[0]
    body = {"name": "Brand team", "version": group["version"]}
    path = f"{world.path}/approval-groups/{group['id']}"
    assert (await world.http.put(path, json=body)).status_code == 200
    assert (await world.http.put(path, json=body)).json()["code"] == "changed_meanwhile"
