"""Priorities, goals above campaigns, and telling the team, through the API."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from gonfalon.accounts.model import Role
from tests.conftest import World
from tests.planning.budget.factory import Purse

DEADLINE = {"metric": "conversions", "target": 600, "deadline": "2030-12-31"}


async def made(world: World, path: str, **body: Any) -> dict[str, Any]:
    answer = await world.http.post(f"{world.path}/{path}", json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def refused(world: World, method: str, path: str, body: Any) -> str:
    answer = await world.http.request(method, f"{world.path}/{path}", json=body)
    assert answer.status_code in (404, 409, 422), answer.text
    return str(answer.json()["code"])


async def tree(world: World, year: int = 2030) -> dict[str, Any]:
    answer = await world.http.get(f"{world.path}/goals?year={year}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_a_year_its_priorities_and_what_serves_them(world: World) -> None:
    me = world.ctx.actor.id
    priority = await made(world, "priorities", year=2030, name="New customers", kind="leads", owner_id=me)
    assert priority["metrics"][0] == "conversions"
    assert priority["owner"]["id"] == me
    above = await made(world, "goals", **DEADLINE, name="600 first orders", priority_id=priority["id"], baseline=500)
    assert (above["starts_on"], above["roll_up"], above["told"]) == ("2030-01-01", "sum", False)
    loose = await made(world, "goals", **DEADLINE, name="Calls", starts_on="2030-06-01")
    campaign = await made(world, "campaigns", name="Spring", category="acquisition")
    goal = DEADLINE | {"parent_id": above["id"], "name": "A third of it in spring", "owner_id": me}
    answer = await world.http.put(f"{world.path}/campaigns/{campaign['id']}/goal", json=goal)
    assert answer.json()["goal"]["parent"] == {"id": above["id"], "name": "600 first orders"}
    alone = await made(world, "campaigns", name="Alone", category="acquisition")
    await world.http.put(f"{world.path}/campaigns/{alone['id']}/goal", json=DEADLINE)
    shown = await tree(world)
    assert [one["name"] for one in shown["priorities"]] == ["New customers"]
    assert {one["name"]: one["priority_id"] for one in shown["goals"]} == {
        "600 first orders": priority["id"], "Calls": None,
    }  # fmt: skip
    assert {one["campaign_name"]: one["parent"] and one["parent"]["id"] for one in shown["campaigns"]} == {
        "Spring": above["id"], "Alone": None,
    }  # fmt: skip
    assert 2030 in shown["years"]
    assert (await tree(world, 2031))["goals"] == []
    # What is taken away leaves the rest standing.
    assert (await world.http.delete(f"{world.path}/priorities/{priority['id']}")).status_code == 204
    assert (await world.http.delete(f"{world.path}/goals/{above['id']}")).status_code == 204
    shown = await tree(world)
    assert [one["id"] for one in shown["goals"]] == [loose["id"]]
    assert [one["parent"] for one in shown["campaigns"]] == [None, None]
    assert (await world.http.get(f"{world.path}/campaigns/{campaign['id']}")).json()["goal"]["parent"] is None


async def test_an_archived_goal_counts_nowhere_and_comes_back_with_its_campaigns(world: World) -> None:
    above = await made(world, "goals", **DEADLINE, name="600 first orders")
    campaign = await made(world, "campaigns", name="Spring", category="acquisition")
    other = await made(world, "campaigns", name="Summer", category="acquisition")
    await Purse(world, campaign).line("Posters", 50_000)
    serving = DEADLINE | {"parent_id": above["id"]}
    await world.http.put(f"{world.path}/campaigns/{campaign['id']}/goal", json=serving)
    budget = {"by": "goal"}
    assert above["id"] in (await world.http.get(f"{world.path}/budget/sums", params=budget)).text
    before = await tree(world), (await world.http.get(f"{world.path}/budget/sums", params=budget)).json()
    assert (await world.http.delete(f"{world.path}/goals/{above['id']}")).status_code == 204
    assert (await tree(world))["goals"] == []
    assert (await world.http.get(f"{world.path}/goals/search", params={"q": "first orders"})).json() == []
    assert above["id"] not in (await world.http.get(f"{world.path}/budget/sums", params=budget)).text
    assert await refused(world, "PUT", f"campaigns/{other['id']}/goal", serving) == "goal_unknown"
    save = DEADLINE | {"name": "Orders", "version": 2}
    assert await refused(world, "PUT", f"goals/{above['id']}", save) == "goal_archived"
    assert await refused(world, "POST", f"goals/{above['id']}/tell", {}) == "goal_archived"
    [away] = (await world.http.get(f"{world.path}/goals/archived")).json()
    assert (away["name"], away["archived_at"] is not None) == ("600 first orders", True)
    back = await world.http.post(f"{world.path}/goals/{above['id']}/restore")
    assert (back.status_code, back.json()["archived_at"]) == (200, None)
    after = await tree(world), (await world.http.get(f"{world.path}/budget/sums", params=budget)).json()
    assert without(after, "version") == without(before, "version")
    assert (await world.http.get(f"{world.path}/goals/archived")).json() == []


def without(value: Any, key: str) -> Any:
    """The answer without what every save counts up."""
    if isinstance(value, dict):
        return {name: without(each, key) for name, each in value.items() if name != key}
    return [without(each, key) for each in value] if isinstance(value, list | tuple) else value


async def test_two_who_save_the_same_goal(world: World) -> None:
    above = await made(world, "goals", **DEADLINE, name="Orders")
    save = DEADLINE | {"name": "Orders", "target": 700, "version": 1}
    assert (await world.http.put(f"{world.path}/goals/{above['id']}", json=save)).json()["version"] == 2
    assert await refused(world, "PUT", f"goals/{above['id']}", save | {"target": 800}) == "changed_meanwhile"
    priority = await made(world, "priorities", year=2030, name="Loyalty", kind="loyalty")
    body = {"year": 2031, "name": "Loyalty", "kind": "spend", "version": 1}
    assert (await world.http.put(f"{world.path}/priorities/{priority['id']}", json=body)).json()["year"] == 2031
    assert await refused(world, "PUT", f"priorities/{priority['id']}", body) == "changed_meanwhile"


async def test_a_circle_of_goals_cannot_be_made(world: World) -> None:
    campaign = await made(world, "campaigns", name="Spring", category="acquisition")
    path = f"campaigns/{campaign['id']}/goal"
    own = (await world.http.put(f"{world.path}/{path}", json=DEADLINE)).json()["goal"]
    assert await refused(world, "PUT", path, DEADLINE | {"parent_id": own["id"], "version": 1}) == "goal_unknown"
    above = await made(world, "goals", **DEADLINE, name="Orders")
    under = DEADLINE | {"name": "Orders", "parent_id": above["id"], "version": 1}
    answer = await world.http.put(f"{world.path}/goals/{above['id']}", json=under)
    assert answer.json()["parent"] is None, "a goal above campaigns has no parent"
    assert await refused(world, "GET", f"goals/{own['id']}", None) == "goal_unknown"


async def test_bad_goals_get_a_clear_answer(world: World, make_world: Callable[[], Awaitable[World]]) -> None:
    campaign = await made(world, "campaigns", name="S", category="acquisition", starts_on="2030-02-01")
    path = f"campaigns/{campaign['id']}/goal"
    nobody = "00000000-0000-7000-8000-000000000000"
    for wrong, code in (
        ({"deadline": "2020-01-01"}, "goal_before_start"),
        ({"deadline": "2099-01-01"}, "goal_deadline_far"),
        ({"target": 10**16}, "request_invalid"),
        ({"baseline": 600}, "goal_is_baseline"),
        ({"metric": "fame"}, "request_invalid"),
        ({"owner_id": nobody}, "owner_unknown"),
        ({"parent_id": nobody}, "goal_unknown"),
    ):
        assert await refused(world, "PUT", path, DEADLINE | wrong) == code
    for wrong, code in (
        ({"deadline": "2020-01-01"}, "goal_deadline_past"),
        ({"starts_on": "2031-01-01"}, "goal_before_start"),
        ({"name": ""}, "request_invalid"),
        ({"priority_id": nobody}, "priority_unknown"),
    ):
        assert await refused(world, "POST", "goals", DEADLINE | {"name": "Orders"} | wrong) == code
    assert await refused(world, "POST", "priorities", {"year": 1999, "name": "x", "kind": "leads"}) == "request_invalid"
    other = await make_world()
    theirs = await made(other, "goals", **DEADLINE, name="Theirs")
    assert await refused(world, "PUT", path, DEADLINE | {"parent_id": theirs["id"]}) == "goal_unknown"
    assert await refused(world, "GET", f"goals/{theirs['id']}", None) == "goal_unknown"


async def test_a_guest_sees_the_goals_of_their_campaigns_only(world: World) -> None:
    priority = await made(world, "priorities", year=2030, name="New customers", kind="leads")
    await made(world, "priorities", year=2030, name="Secret", kind="spend")
    above = await made(world, "goals", **DEADLINE, name="Orders", priority_id=priority["id"])
    hidden = await made(world, "goals", **DEADLINE, name="Hidden")
    campaign = await made(world, "campaigns", name="Spring", category="acquisition")
    await world.http.put(f"{world.path}/campaigns/{campaign['id']}/goal", json=DEADLINE | {"parent_id": above["id"]})
    guest = await world.member(Role.GUEST)
    seen = (await guest.get(f"{world.path}/goals?year=2030")).json()
    assert (seen["priorities"], seen["goals"], seen["campaigns"]) == ([], [], [])
    members = (await world.http.get(f"{world.path}/members")).json()
    invited = next(one["user_id"] for one in members if one["role"] == "guest")
    await world.http.put(f"{world.path}/campaigns/{campaign['id']}/members/{invited}", json={"part": "does"})
    seen = (await guest.get(f"{world.path}/goals?year=2030")).json()
    assert [one["name"] for one in seen["priorities"]] == ["New customers"]
    assert [one["name"] for one in seen["goals"]] == ["Orders"]
    assert (await guest.get(f"{world.path}/goals/{hidden['id']}")).status_code == 404
    assert (await guest.post(f"{world.path}/goals", json=DEADLINE | {"name": "x"})).status_code == 403
    asked = f"{world.path}/goals/search?q="
    assert [one["name"] for one in (await world.http.get(f"{asked}ord")).json()] == ["Orders"]
    assert [one["name"] for one in (await world.http.get(f"{asked}d&limit=2")).json()] == ["Hidden", "Orders"]
    (found,) = (await guest.get(f"{asked}SPR")).json()
    assert (found["campaign_name"], found["year"]) == ("Spring", 2030)
    assert [one["name"] for one in (await guest.get(f"{asked}d")).json()] == ["Orders"]


async def test_the_team_is_told_of_the_goal_as_it_is(world: World) -> None:
    campaign = await made(world, "campaigns", name="Spring", category="acquisition")
    path = f"campaigns/{campaign['id']}"
    assert await refused(world, "POST", f"{path}/goal/tell", {"note": ""}) == "goal_unknown"
    await world.http.put(f"{world.path}/{path}/goal", json=DEADLINE)
    creator = await world.member(Role.CREATOR)
    members = (await world.http.get(f"{world.path}/members")).json()
    theirs = next(one for one in members if one["role"] == "creator")
    await world.http.put(f"{world.path}/{path}/members/{theirs['user_id']}", json={"part": "does"})
    told = (await world.http.post(f"{world.path}/{path}/goal/tell", json={"note": "600 orders by New Year"})).json()
    assert told["people"] == [theirs["name"]]
    notices = (await creator.get(f"{world.path}/notices")).json()["items"]
    of_goal = [one for one in notices if one["kind"] == "campaign_changed"]
    assert len(of_goal) == 1
    assert "600 orders by New Year" in str(of_goal[0])
    goal = (await world.http.get(f"{world.path}/{path}")).json()["goal"]
    assert goal["told"]
    assert goal["told_by"] == world.ctx.actor.name
    changed = await world.http.put(f"{world.path}/{path}/goal", json=DEADLINE | {"target": 700, "version": 1})
    assert not changed.json()["goal"]["told"], "it has changed since"


async def test_a_goal_that_needs_a_yes_is_not_told_before(world: World) -> None:
    campaign = await made(world, "campaigns", name="Spring", category="acquisition")
    path = f"campaigns/{campaign['id']}"
    await world.http.put(f"{world.path}/{path}/goal", json=DEADLINE)
    step = {"kind": "role", "ref": "manager"}
    await made(world, "approval-rules", kind="goal", steps=[step])
    assert await refused(world, "POST", f"{path}/goal/tell", {"note": ""}) == "approval_needed"
    manager = await world.member(Role.MANAGER)
    asked = await made(world, "approvals", kind="goal", id=campaign["id"])
    yes = {"step_id": asked["steps"][0]["id"], "verdict": "approve"}
    decided = await manager.post(f"{world.path}/approvals/{asked['id']}/decisions", json=yes)
    assert decided.status_code == 200, decided.text
    assert (await world.http.post(f"{world.path}/{path}/goal/tell", json={"note": ""})).status_code == 200
    await world.http.put(f"{world.path}/{path}/goal", json=DEADLINE | {"target": 6000, "version": 1})
    assert await refused(world, "POST", f"{path}/goal/tell", {"note": ""}) == "approval_needed"
