"""What waits for somebody, asked in SQL over all requests, is what the rules say they may decide."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx2
from sqlalchemy import text

from gonfalon.accounts.model import Role
from gonfalon.approvals.jobs import follow_up_all
from tests.approvals.factory import Person, group_step, join, leave, make_group, make_rule
from tests.conftest import World
from tests.planning.factory import make_ready


async def test_lists_agree_with_who_may_decide(world: World, client_of: Callable[..., httpx2.AsyncClient]) -> None:
    chance = random.Random(7)  # noqa: S311 - a repeatable choice of cases
    ready = await make_ready(world)
    roles = [Role.CREATOR, Role.CREATOR, Role.APPROVER, Role.MANAGER, Role.GUEST, Role.GUEST]
    people = [await join(world, client_of, f"P{number}", role) for number, role in enumerate(roles)]
    campaign = f"{world.path}/campaigns/{ready.campaign['id']}"
    await world.http.put(f"{campaign}/members/{people[4].id}", json={"part": "does"})
    await world.http.put(f"{campaign}/members/{people[1].id}", json={"part": "approves"})
    today = world.ctx.today

    def stand_in(inside: list[Person]) -> dict[str, Any]:
        of = chance.choice(inside)
        who = chance.choice([each for each in people if each is not of])
        start = today + timedelta(days=chance.choice([-5, 0, 3]))
        return {
            "for_user_id": str(of.id),
            "user_id": str(who.id),
            "starts_on": start.isoformat(),
            "ends_on": (start + timedelta(days=chance.choice([0, 4]))).isoformat(),
        }

    asked = []
    rule = None
    for number in range(12):
        inside = chance.sample(people, chance.randint(1, 3))
        group = await make_group(world, f"G{number}", *inside, stand_ins=[stand_in(inside) for _ in range(2)])
        step = chance.choice(
            [
                group_step(group, chance.choice(["any", "all"])),
                group_step(group),
                {"kind": "role", "ref": chance.choice(["approver", "manager", "creator"])},
                {"kind": "part", "ref": "approves"},
            ]
        )
        if rule is not None:
            await world.http.delete(f"{world.path}/approval-rules/{rule['id']}")
        rule = await make_rule(world, step)
        made = await world.http.post(
            f"{campaign}/touchpoints", json={"name": f"T{number}", "audience_id": ready.audience}
        )
        by = chance.choice([world.http, people[0].http, people[3].http])
        answer = await by.post(f"{world.path}/approvals", json={"kind": "launch", "id": made.json()["id"]})
        assert answer.status_code == 201, answer.text
        asked.append(answer.json()["id"])
    if rule is not None:  # no rule asks for anything else now, so that none of the requests is void
        await world.http.delete(f"{world.path}/approval-rules/{rule['id']}")
    await leave(world, people[2])
    async with world.services.db.transaction() as connection:
        await connection.execute(
            text(
                "update approval_steps set escalated_at = now() where workspace_id = :workspace"
                " and request_id in (select id from approval_requests where title in ('T1', 'T4', 'T7'))"
            ),
            {"workspace": world.workspace.id},
        )
    await follow_up_all(world.services)
    everybody = [world.http, *(person.http for index, person in enumerate(people) if index != 2)]
    found = 0
    for http in everybody:
        listed = (await http.get(f"{world.path}/approvals", params={"view": "waiting"})).json()["items"]
        waiting = {item["id"] for item in listed}
        decidable = set()
        for request in asked:
            one = await http.get(f"{world.path}/approvals/{request}")
            if one.status_code == 200 and one.json()["decide"]:
                decidable.add(request)
        assert waiting == decidable
        found += len(waiting)
    assert found > 10
