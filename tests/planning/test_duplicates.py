"""What is there can be made again: campaigns, touchpoints, audiences, templates. What is archived can be found."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from gonfalon.accounts.model import Role
from tests.conftest import World
from tests.planning.budget.factory import Purse, good
from tests.planning.factory import make_ready


async def test_a_campaign_is_planned_again_without_its_results(world: World) -> None:
    ready = await make_ready(world)
    path = f"{world.path}/campaigns/{ready.campaign['id']}"
    body = {"name": "Spring", "category": "engagement", "starts_on": "2027-03-01", "ends_on": "2027-03-31"}
    version = (await world.http.get(path)).json()["version"]
    good(await world.http.put(path, json=body | {"version": version}), 200)
    goal = {"metric": "conversions", "target": 100, "deadline": "2027-03-31"}
    good(await world.http.put(f"{path}/goal", json=goal), 200)
    await ready.save(send_at="2027-03-10T08:00:00Z")
    purse = Purse(world, ready.campaign)
    line = await purse.line("Printing", 50_000)
    good(await purse.enter(line, 12_500), 201)
    task = {"name": "Write", "duration_days": 2, "not_before": "2027-03-02"}
    good(await world.http.post(f"{path}/tasks", json=task), 201)

    wish = {"name": "Spring again", "starts_on": "2028-03-06"}
    key = {"Idempotency-Key": "again"}
    copy = good(await world.http.post(f"{path}/duplicate", json=wish, headers=key), 200)
    twice = good(await world.http.post(f"{path}/duplicate", json=wish, headers=key), 200)
    assert twice["id"] == copy["id"] != ready.campaign["id"]
    assert (copy["starts_on"], copy["ends_on"], copy["state"]) == ("2028-03-06", "2028-04-05", "planned")
    assert (copy["goal"]["target"], copy["goal"]["deadline"]) == (100, "2028-04-05")
    again = f"{world.path}/campaigns/{copy['id']}"
    [touchpoint] = good(await world.http.get(f"{again}/touchpoints"), 200)
    assert (touchpoint["name"], touchpoint["state"], touchpoint["send_at"][:10]) == ("Mail one", "draft", "2028-03-15")
    assert touchpoint["template"]["id"] == ready.template["id"], "what is sent comes along"
    budget = good(await world.http.get(f"{again}/budget"), 200)
    assert (budget["planned_minor"], budget["spent_minor"]) == (50_000, 0)
    [made] = good(await world.http.get(f"{again}/timeline"), 200)["tasks"]
    assert (made["name"], made["starts_on"], made["state"]) == ("Write", "2028-03-07", "todo")
    told = good(await world.http.get(f"{again}/activity"), 200)["items"]
    assert "campaign.duplicated" in {one["action"] for one in told}
    guest = await world.member(Role.GUEST)
    assert (await guest.post(f"{path}/duplicate", json=wish)).status_code == 403


async def test_a_touchpoint_is_planned_again_without_its_time(world: World) -> None:
    ready = await make_ready(world)
    later = (world.ctx.now + timedelta(days=3)).isoformat()
    await ready.save(send_at=later, holdout_percent=10, per_hour=500)
    answer = await world.http.delete(f"{world.path}/audiences/{ready.audience}")
    assert answer.status_code == 409, "the draft needs it"
    copy = good(await world.http.post(f"{ready.path}/duplicate", json={"name": "Mail two"}), 201)
    assert (copy["name"], copy["state"], copy["send_at"]) == ("Mail two", "draft", None)
    for same in ("holdout_percent", "per_hour", "audience", "template", "topic", "sender_identity", "utm"):
        assert copy[same] == ready.touchpoint[same]
    good(await world.http.post(f"{world.path}/templates/{ready.template['id']}/archive"), 200)
    bare = good(await world.http.post(f"{ready.path}/duplicate", json={"name": "Mail three"}), 201)
    assert (bare["template"], bare["audience"]["id"]) == (None, ready.audience), "what is archived is left open"


async def test_an_archived_audience_is_found_shown_and_brought_back(world: World) -> None:
    base = f"{world.path}/audiences"
    rule = {"kind": "all", "rules": []}
    made = good(await world.http.post(base, json={"kind": "segment", "name": "Everybody", "rule": rule}), 201)
    path = f"{base}/{made['id']}"
    assert (await world.http.delete(path)).status_code == 204

    async def names(**query: Any) -> list[str]:
        return [one["name"] for one in good(await world.http.get(base, params=query), 200)["items"]]

    assert (await names(), await names(archived=True)) == ([], ["Everybody"])
    shown = good(await world.http.get(path), 200)
    assert date.fromisoformat(shown["archived_at"][:10])
    assert (
        await world.http.put(path, json={"name": "x", "rule": rule, "version": shown["version"]})
    ).status_code == 404
    for more in ("users", "snapshots"):
        assert good(await world.http.get(f"{path}/{more}"), 200) == []
    copy = good(await world.http.post(f"{path}/duplicate", json={"name": "Everybody again"}), 201)
    assert (copy["rule"], copy["archived_at"]) == (shown["rule"], None)
    assert (await world.http.post(f"{path}/restore")).status_code == 204
    assert (await names(), await names(archived=True)) == (["Everybody", "Everybody again"], [])
    assert good(await world.http.get(path), 200)["archived_at"] is None


async def test_a_list_is_copied_with_its_people(world: World) -> None:
    ready = await make_ready(world)
    base = f"{world.path}/audiences"
    made = good(await world.http.post(base, json={"kind": "list", "name": "Friends"}), 201)
    added = await world.http.post(f"{base}/{made['id']}/members", json={"people": ready.people[:3]})
    assert added.status_code == 200, added.text
    copy = good(await world.http.post(f"{base}/{made['id']}/duplicate", json={"name": "Friends too"}), 201)
    members = good(await world.http.get(f"{base}/{copy['id']}/members"), 200)["items"]
    assert len(members) == 3


async def test_a_ready_made_template_is_copied_to_be_changed(world: World) -> None:
    base = f"{world.path}/campaign-templates"
    ready = good(await world.http.get(f"{base}/ready"), 200)[0]
    copy = good(await world.http.post(f"{base}/{ready['id']}/duplicate", json={"name": "Ours"}), 201)
    assert (copy["name"], copy["ready"]) == ("Ours", False)
    assert copy["plan"] == good(await world.http.get(f"{base}/{ready['id']}"), 200)["plan"]
