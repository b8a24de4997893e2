"""Asking and deciding, as members do it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx2
import pytest
from sqlalchemy import func, select, text, update

from gonfalon.accounts.model import Role
from gonfalon.approvals.jobs import follow_up_all
from gonfalon.approvals.tables import approval_decisions, approval_steps
from gonfalon.teamwork.tables import notices
from tests.approvals.factory import (
    Person,
    Team,
    a_day_later,
    group_step,
    join,
    leave,
    make_group,
    make_rule,
    make_team,
)
from tests.conftest import World

Clients = Callable[..., httpx2.AsyncClient]


@pytest.fixture
async def team(world: World, client_of: Clients) -> Team:
    return await make_team(world, client_of)


async def told(team: Team) -> list[tuple[str, str]]:
    """(kind, who) of every notice about an approval, in order."""
    names = {team.lea.id: "Lea", team.leo.id: "Leo", team.dan.id: "Dan"}
    async with team.world.services.db.reading() as connection:
        rows = await connection.execute(
            select(notices.c.kind, notices.c.user_id)
            .where(notices.c.workspace_id == team.world.workspace.id, notices.c.thing_kind == "approval")
            .order_by(notices.c.id)
        )
        return sorted((row.kind, names.get(row.user_id, "owner")) for row in rows)


async def view(team: Team, person: Any, which: str = "waiting") -> list[str]:
    answer = await person.http.get(team.path, params={"view": which})
    return [item["id"] for item in answer.json()["items"]]


async def test_steps_are_decided_in_their_order_and_everybody_is_told(team: Team) -> None:
    request = await team.ask()
    assert [(step["label"], step["state"]) for step in request["steps"]] == [("Lawyers", "open"), ("Boss", "ahead")]
    assert [person["name"] for person in request["steps"][0]["people"]] == ["Lea", "Leo"]
    assert await view(team, team.lea) == [request["id"]]
    assert await view(team, team.dan) == []
    early = await team.decide(request, team.dan, step=1)
    assert (early.status_code, early.json()["code"]) == (409, "step_not_open")

    first = await team.decide(request, team.lea, reason="Fine")
    assert first.json()["steps"][0]["state"] == "done"
    assert await view(team, team.lea) == [] == await view(team, team.leo)
    assert await view(team, team.dan) == [request["id"]]
    last = await team.decide(request, team.dan)
    assert last.json()["state"] == "approved"
    assert await told(team) == [
        ("approval_asked", "Dan"),
        ("approval_asked", "Lea"),
        ("approval_asked", "Leo"),
        ("approval_decided", "owner"),
    ]
    standing = await team.standing()
    assert (standing["standing"], standing["decided_by"]) == ("approved", ["Lea", "Dan"])
    again = await team.world.http.post(team.path, json={"kind": "launch", "id": team.ready.touchpoint["id"]})
    assert again.json()["code"] == "approval_given"


async def test_asking_twice_is_one_request(team: Team) -> None:
    first, second = await asyncio.gather(team.ask(), team.ask())
    assert first["id"] == second["id"]


async def test_a_decision_said_twice_is_said_once_and_stays(team: Team) -> None:
    request = await team.ask()
    answers = await asyncio.gather(*(team.decide(request, team.lea, step=0) for _ in range(4)))
    assert {answer.status_code for answer in answers} == {200}
    async with team.world.services.db.reading() as connection:
        count = await connection.execute(
            select(func.count()).where(approval_decisions.c.workspace_id == team.world.workspace.id)
        )
        assert count.scalar_one() == 1
    other = await team.decide(request, team.lea, "refuse", "No", step=0)
    assert (other.status_code, other.json()["code"]) == (409, "decided_otherwise")


async def test_of_two_approvers_at_once_one_decides(team: Team) -> None:
    request = await team.ask()
    answers = await asyncio.gather(
        team.decide(request, team.lea, "approve", step=0), team.decide(request, team.leo, "refuse", "No", step=0)
    )
    codes = sorted((answer.status_code, answer.json().get("code", "")) for answer in answers)
    assert codes in ([(200, ""), (409, "approval_over")], [(200, ""), (409, "step_not_open")])


@pytest.mark.parametrize(("verdict", "state"), [("changes", "changes"), ("refuse", "refused")])
async def test_a_no_needs_a_reason_and_ends_it(team: Team, verdict: str, state: str) -> None:
    request = await team.ask()
    silent = await team.decide(request, team.lea, verdict, "  ")
    assert (silent.status_code, silent.json()["code"]) == (422, "reason_missing")
    answer = await team.decide(request, team.lea, verdict, "The offer is not ours")
    assert answer.json()["state"] == state
    assert ("approval_decided", "owner") in await told(team)
    assert (await team.launch()).status_code == 409
    again = await team.ask()
    assert again["id"] != request["id"]
    assert again["previous"]["id"] == request["id"]


async def test_only_who_is_asked_decides(team: Team, client_of: Clients) -> None:
    request = await team.ask()
    stranger = await join(team.world, client_of, "Max", Role.MANAGER)
    answer = await team.decide(request, stranger)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_an_approver")
    key = await team.world.http.post(f"{team.world.path}/api-keys", json={"name": "k", "scopes": ["send", "manage"]})
    by_key = await client_of(headers={"authorization": f"Bearer {key.json()['key']}"}).post(
        f"{team.path}/{request['id']}/decisions", json={"step_id": request["steps"][0]["id"], "verdict": "approve"}
    )
    assert (by_key.status_code, by_key.json()["code"]) == (403, "members_only")


async def test_four_eyes(team: Team) -> None:
    request = await team.ask(by=team.lea.http)
    own = await team.decide(request, team.lea)
    assert (own.status_code, own.json()["code"]) == (403, "own_request")
    assert await view(team, team.lea) == []
    assert await view(team, team.lea, "asked") == [request["id"]]
    assert (await team.decide(request, team.leo)).status_code == 200


async def test_whose_key_asked_cannot_decide_either(team: Team, client_of: Clients) -> None:
    boss = await join(team.world, client_of, "Own", Role.OWNER)
    await team.world.http.put(
        f"{team.world.path}/approval-groups/{team.legal['id']}",
        json={"name": "Lawyers", "members": [str(boss.id), str(team.leo.id)], "version": team.legal["version"]},
    )
    key = await boss.http.post(f"{team.world.path}/api-keys", json={"name": "k", "scopes": ["write"]})
    request = await team.ask(by=client_of(headers={"authorization": f"Bearer {key.json()['key']}"}))
    assert (await team.decide(request, boss)).json()["code"] == "own_request"


async def test_alone_they_do_not_say_yes_themselves_an_owner_does(team: Team) -> None:
    await leave(team.world, team.leo)
    request = await team.ask(by=team.lea.http)
    assert await view(team, team.lea) == []
    assert (await team.decide(request, team.lea)).json()["code"] == "own_request"
    assert (request["steps"][0]["owners"], request["steps"][0]["alone"]) == (True, False)
    owner = Person(UUID(str(team.world.ctx.actor.id)), team.world.ctx, team.world.http)
    assert await view(team, owner) == [request["id"]]
    assert (await team.decide(request, owner)).status_code == 200


async def test_the_only_owner_who_asked_and_finds_nobody_decides_and_it_is_said(team: Team) -> None:
    for person in (team.lea, team.leo, team.dan):
        await leave(team.world, person)
    request = await team.ask()
    owner = Person(UUID(str(team.world.ctx.actor.id)), team.world.ctx, team.world.http)
    assert request["steps"][0]["alone"]
    assert request["decide"] == request["steps"][0]["id"]
    for _ in range(2):
        answer = await team.decide(request, owner)
        assert answer.status_code == 200, answer.text
    assert answer.json()["state"] == "approved"
    assert [each["alone"] for step in answer.json()["steps"] for each in step["decisions"]] == [True, True]
    trail = await team.world.http.get(f"{team.world.path}/audit", params={"action": "approval.decided"})
    assert {line["details"]["only_owner"] for line in trail.json()["items"]} == {True}


async def test_everybody_of_a_step(world: World, client_of: Clients) -> None:
    team = await make_team(world, client_of)
    body = {"kind": "launch", "steps": [group_step(team.legal, "all")], "version": team.rule["version"]}
    await world.http.put(f"{world.path}/approval-rules/{team.rule['id']}", json=body)
    await a_day_later(world)
    request = await team.ask()
    assert (await team.decide(request, team.lea)).json()["state"] == "waiting"
    assert await view(team, team.lea) == []
    assert (await team.decide(request, team.leo)).json()["state"] == "approved"


async def test_who_left_holds_nobody_up(world: World, client_of: Clients) -> None:
    team = await make_team(world, client_of)
    body = {"kind": "launch", "steps": [group_step(team.legal, "all")], "version": team.rule["version"]}
    await world.http.put(f"{world.path}/approval-rules/{team.rule['id']}", json=body)
    await a_day_later(world)
    request = await team.ask()
    await team.decide(request, team.lea)
    await leave(world, team.leo)
    await follow_up_all(world.services)
    assert (await team.get(request))["state"] == "approved"


async def test_nobody_left_to_decide_is_said_and_mended_by_the_group(team: Team, client_of: Clients) -> None:
    request = await team.ask()
    await leave(team.world, team.lea)
    await leave(team.world, team.leo)
    step = (await team.get(request))["steps"][0]
    assert (step["alone"], [each["name"] for each in step["people"]]) == (True, [team.world.ctx.actor.name])
    ned = await join(team.world, client_of, "Ned")
    saved = await team.world.http.put(
        f"{team.world.path}/approval-groups/{team.legal['id']}",
        json={"name": "Lawyers", "members": [str(ned.id)], "version": team.legal["version"]},
    )
    assert saved.status_code == 200, saved.text
    assert await view(team, ned) == [request["id"]]
    assert (await team.decide(request, ned)).status_code == 200


async def stand_in(team: Team, who: Any, starts: date | None, ends: date | None) -> None:
    body = {
        "name": "Lawyers",
        "members": [str(team.lea.id)],
        "stand_ins": [
            {
                "for_user_id": str(team.lea.id),
                "user_id": str(who.id),
                "starts_on": starts and starts.isoformat(),
                "ends_on": ends and ends.isoformat(),
            }
        ],
        "version": team.legal["version"],
    }
    saved = await team.world.http.put(f"{team.world.path}/approval-groups/{team.legal['id']}", json=body)
    assert saved.status_code == 200, saved.text


async def test_a_stand_in_decides_on_their_days(team: Team, client_of: Clients) -> None:
    request = await team.ask()
    today = team.world.ctx.today
    max_ = await join(team.world, client_of, "Max")
    await stand_in(team, max_, today - timedelta(days=1), today + timedelta(days=1))
    assert await view(team, max_) == [request["id"]]
    answer = await team.decide(request, max_)
    assert answer.json()["steps"][0]["decisions"][0]["instead_of"] == ["Lea"]


async def test_an_overdue_step_is_reminded_of_and_brings_in_the_stand_ins(team: Team, client_of: Clients) -> None:
    request = await team.ask()
    later = team.world.ctx.today + timedelta(days=100)
    max_ = await join(team.world, client_of, "Max")
    await stand_in(team, max_, later, None)
    assert (await team.decide(request, max_)).json()["code"] == "not_an_approver"
    async with team.world.services.db.transaction() as connection:
        await connection.execute(
            update(approval_steps)
            .where(approval_steps.c.workspace_id == team.world.workspace.id, approval_steps.c.position == 0)
            .values(due_at=text("now() - interval '1 minute'"))
        )
    for _ in range(2):
        await follow_up_all(team.world.services)
    found = await told(team)
    assert found.count(("overdue", "Lea")) == 1
    assert found.count(("approval_asked", "Leo")) == 1
    assert (await team.get(request))["steps"][0]["overdue"]
    assert await view(team, max_) == [request["id"]]
    assert (await team.decide(request, max_)).status_code == 200


async def test_a_deadline_counts_the_workspaces_own_working_days(team: Team) -> None:
    world, opened = team.world, team.world.ctx.now.astimezone(ZoneInfo(team.world.workspace.time_zone)).date()
    in_three_days = opened + timedelta(days=3)
    week = {"weekdays": [in_three_days.weekday()], "hours_per_day": 8, "days_off": [in_three_days.isoformat()]}
    assert (await world.http.put(f"{world.path}/work-calendar", json=week)).status_code == 200
    due = datetime.fromisoformat((await team.ask())["steps"][0]["due_at"])
    second = datetime.combine(in_three_days + timedelta(days=14), time(23, 59, 59), ZoneInfo("Europe/Stockholm"))
    assert due == second, "one day a week, and the first of them is free"


async def test_a_request_can_be_taken_back(team: Team) -> None:
    request = await team.ask()
    for _ in range(2):
        answer = await team.world.http.post(f"{team.path}/{request['id']}/withdraw")
        assert (answer.status_code, answer.json()["state"]) == (200, "withdrawn")
    assert (await team.decide(request, team.lea, step=0)).json()["code"] == "approval_over"
    assert (await team.ask())["id"] != request["id"]


async def test_a_guest_decides_only_with_a_part_in_the_campaign(world: World, client_of: Clients) -> None:
    team = await make_team(world, client_of)
    guest = await join(world, client_of, "Gus", Role.GUEST)
    agency = await make_group(world, "Agency", guest)
    await world.http.delete(f"{world.path}/approval-rules/{team.rule['id']}")
    await a_day_later(world)
    await make_rule(world, group_step(agency))
    request = await team.ask()
    assert request["steps"][0]["alone"]
    assert (await guest.http.get(f"{team.path}/{request['id']}")).status_code == 404
    campaign = team.ready.campaign["id"]
    put = await world.http.put(f"{world.path}/campaigns/{campaign}/members/{guest.id}", json={"part": "approves"})
    assert put.status_code in (200, 204), put.text
    assert await view(team, guest) == [request["id"]]
    assert (await team.decide(request, guest)).json()["state"] == "approved"


async def test_the_campaigns_approvers_and_roles_can_be_asked(world: World, client_of: Clients) -> None:
    team = await make_team(world, client_of)
    await world.http.delete(f"{world.path}/approval-rules/{team.rule['id']}")
    await a_day_later(world)
    await make_rule(world, {"kind": "part", "ref": "approves"}, {"kind": "role", "ref": "approver", "days": None})
    campaign = team.ready.campaign["id"]
    await world.http.put(f"{world.path}/campaigns/{campaign}/members/{team.lea.id}", json={"part": "approves"})
    request = await team.ask()
    assert await view(team, team.lea) == [request["id"]]
    assert (await team.decide(request, team.leo)).status_code == 403
    assert (await team.decide(request, team.lea)).status_code == 200
    assert await view(team, team.dan) == [request["id"]]
    assert (await team.decide(request, team.dan)).json()["state"] == "approved"


async def test_lists_are_paged_and_filtered(team: Team) -> None:
    request = await team.ask()
    first = (await team.world.http.get(team.path, params={"limit": 1, "state": "waiting", "q": "mail"})).json()
    assert [item["id"] for item in first["items"]] == [request["id"]]
    assert first["next_cursor"] is None
    assert (await team.world.http.get(team.path, params={"state": "void"})).json()["items"] == []
    other = {"kind": "budget", "campaign_id": team.ready.campaign["id"]}
    assert (await team.world.http.get(team.path, params=other)).json()["items"] == []
