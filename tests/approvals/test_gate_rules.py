"""Rules decide whether the gate asks at all, and only those who manage approvals change them."""

from __future__ import annotations

from collections.abc import Callable

import httpx2

from gonfalon.accounts.model import Role
from tests.approvals.factory import (
    Team,
    a_day_later,
    blocked,
    edit_template,
    group_step,
    join,
    key_of,
    make_rule,
    make_team,
)
from tests.conftest import World

Clients = Callable[..., httpx2.AsyncClient]


async def test_a_stricter_rule_asks_for_more(team: Team, client_of: Clients) -> None:
    await team.approve()
    await make_rule(team.world, {"kind": "role", "ref": "manager"})
    assert blocked(await team.launch()) == "approval.void"
    assert [each["path"] for each in (await team.standing())["changes"]] == [["rules"]]


async def test_a_rule_that_is_off_asks_nothing(team: Team) -> None:
    body = {"kind": "launch", "steps": [group_step(team.legal)], "enabled": False, "version": team.rule["version"]}
    await team.world.http.put(f"{team.world.path}/approval-rules/{team.rule['id']}", json=body)
    await a_day_later(team.world)
    answer = await team.world.http.post(team.path, json={"kind": "launch", "id": team.ready.touchpoint["id"]})
    assert answer.json()["code"] == "approval_not_needed"
    assert (await team.launch()).status_code == 200


async def test_only_those_who_manage_approvals_change_the_rules(team: Team, client_of: Clients) -> None:
    key = await key_of(team, client_of, "write", "send", "manage")
    manager = await join(team.world, client_of, "Mo", Role.MANAGER)
    for by in (key, team.lea.http, team.dan.http, manager.http):
        gone = await by.delete(f"{team.world.path}/approval-rules/{team.rule['id']}")
        assert gone.status_code == 403
        group = {"name": "Lawyers", "members": [], "version": 1}
        put = await by.put(f"{team.world.path}/approval-groups/{team.legal['id']}", json=group)
        assert put.status_code == 403
    assert (await team.world.http.delete(f"{team.world.path}/approval-rules/{team.rule['id']}")).status_code == 204


async def test_content_has_an_approval_of_its_own(world: World, client_of: Clients) -> None:
    team = await make_team(world, client_of)
    await world.http.delete(f"{world.path}/approval-rules/{team.rule['id']}")
    await a_day_later(world)
    await make_rule(world, group_step(team.legal), kind="content")
    assert blocked(await team.launch()) == "approval.needed"
    asked = await world.http.post(team.path, json={"kind": "content", "id": team.ready.template["id"]})
    assert asked.status_code == 201, asked.text
    await team.decide(asked.json(), team.lea)
    await edit_template(team)
    assert blocked(await team.launch()) == "approval.void"
    asked = await world.http.post(team.path, json={"kind": "content", "id": team.ready.template["id"]})
    await team.decide(asked.json(), team.lea)
    assert (await team.launch()).status_code == 200
