"""Stages, parts and parents of campaigns, and what a guest sees of them."""

from __future__ import annotations

from typing import Any

from gonfalon.accounts.model import Role
from tests.conftest import World
from tests.planning.test_campaigns import made


def path_of(world: World, campaign: dict[str, Any]) -> str:
    return f"{world.path}/campaigns/{campaign['id']}"


async def missing(world: World, campaign: dict[str, Any], stage: str) -> list[str]:
    answer = (await world.http.get(f"{path_of(world, campaign)}/stage")).json()
    return [need["code"] for need in answer["needs"][stage] if not need["met"]]


async def test_a_stage_is_left_when_it_is_complete_or_with_a_reason(world: World) -> None:
    campaign = await made(world)
    path = path_of(world, campaign)
    assert (campaign["stage"], campaign["type"]) == ("plan", "email")
    assert await missing(world, campaign, "plan") == ["goal", "budget"]
    refused = await world.http.put(f"{path}/stage", json={"stage": "audience", "version": 1})
    assert (refused.status_code, refused.json()["code"]) == (409, "stage_needs")
    assert refused.json()["missing"] == ["goal", "budget"]
    goal = {"metric": "conversions", "target": 100, "deadline": "2030-03-31"}
    assert (await world.http.put(f"{path}/goal", json=goal)).status_code == 200
    line = {"name": "Copy", "resource": "staff", "planned_minor": 1000}
    assert (await world.http.post(f"{path}/budget", json=line)).status_code == 201
    moved = await world.http.put(f"{path}/stage", json={"stage": "audience", "version": 1})
    assert (moved.json()["stage"], moved.json()["state"]) == ("audience", "planned"), moved.text
    skipped = await world.http.put(f"{path}/stage", json={"stage": "launch", "version": 2})
    assert skipped.json()["code"] == "stage_skipped"
    reasoned = {"stage": "create", "version": 2, "reason": "The list comes from the agency tomorrow."}
    assert (await world.http.put(f"{path}/stage", json=reasoned)).json()["stage"] == "create"
    audit = (await world.http.get(f"{world.path}/audit?target_id={campaign['id']}")).json()["items"][0]
    assert audit["action"] == "campaign.stage_moved"
    assert audit["details"]["reason"] == reasoned["reason"]
    assert (await world.http.put(f"{path}/stage", json={"stage": "plan", "version": 3})).json()["stage"] == "plan"


async def test_the_stage_and_the_state_never_part(world: World) -> None:
    campaign = await made(world)
    path = path_of(world, campaign)
    for version, (state, stage) in enumerate(
        (("running", "launch"), ("ended", "learn"), ("archived", "learn"), ("ended", "learn"), ("running", "launch")), 1
    ):
        moved = (await world.http.put(f"{path}/state", json={"state": state, "version": version})).json()
        assert (moved["state"], moved["stage"]) == (state, stage)
    past = await made(world, starts_on="2020-01-01", ends_on="2020-02-01")
    for version, stage in enumerate(("audience", "create", "launch"), 1):
        body = {"stage": stage, "version": version, "reason": "Late."}
        seen = (await world.http.put(f"{path_of(world, past)}/stage", json=body)).json()
    assert (seen["state"], seen["stage"]) == ("ended", "learn"), "its last day is over"


async def test_campaigns_are_parts_of_campaigns_without_circles(world: World) -> None:
    programme = await made(world, name="Programme")
    chain = [programme]
    for level in range(3):
        chain.append(await made(world, name=f"Level {level}", parent_id=chain[-1]["id"]))
    deep = await world.http.post(
        f"{world.path}/campaigns", json={"name": "Deep", "category": "engagement", "parent_id": chain[-1]["id"]}
    )
    assert deep.json()["code"] == "parent_deep"
    circle = {"name": "Programme", "category": "monetisation", "version": 1, "parent_id": chain[2]["id"]}
    refused = await world.http.put(path_of(world, programme), json=circle)
    assert (refused.status_code, refused.json()["code"]) == (422, "parent_cycle")
    assert (await world.http.get(path_of(world, programme))).json()["children"] == 1
    parts = (await world.http.get(f"{world.path}/campaigns?parent_id={programme['id']}")).json()["items"]
    assert [part["name"] for part in parts] == ["Level 0"]
    assert parts[0]["parent"] == {"id": programme["id"], "name": "Programme"}
    unknown = await world.http.post(
        f"{world.path}/campaigns",
        json={"name": "x", "category": "engagement", "parent_id": "00000000-0000-7000-8000-000000000000"},
    )
    assert unknown.json()["code"] == "parent_unknown"


async def test_a_guest_sees_the_campaigns_they_have_a_part_in(
    world: World,
) -> None:
    guest = await world.member(Role.GUEST)
    guest_id = (await guest.get("/api/v1/me")).json()["id"]
    ours, theirs = await made(world, name="Ours"), await made(world, name="With the agency")
    line = {"name": "Copy", "resource": "staff", "planned_minor": 1000}
    for campaign in (ours, theirs):
        await world.http.post(f"{path_of(world, campaign)}/budget", json=line)
        await world.http.post(f"{path_of(world, campaign)}/touchpoints", json={"name": "Mail"})

    async def seen() -> list[str]:
        items = (await guest.get(f"{world.path}/campaigns")).json()["items"]
        return [item["name"] for item in items]

    assert await seen() == []
    member = f"{path_of(world, theirs)}/members/{guest_id}"
    assert (await world.http.put(member, json={"part": "does"})).status_code == 204
    assert (await world.http.put(member, json={"part": "does"})).status_code == 204
    told = (await guest.get(f"{world.path}/notices")).json()["items"]
    assert len(told) == 1, "the same part again is no news"
    [shown] = (await guest.get(f"{world.path}/campaigns")).json()["items"]
    assert (shown["name"], shown["my_part"]) == ("With the agency", "does")
    assert {one["my_part"] for one in (await world.http.get(f"{world.path}/campaigns")).json()["items"]} == {None}
    assert await seen() == ["With the agency"]
    touchpoints = (await guest.get(f"{world.path}/touchpoints")).json()["items"]
    assert [item["campaign_name"] for item in touchpoints] == ["With the agency"]
    below = ("", "/stage", "/members", "/budget", "/touchpoints")
    for part in below:
        assert (await guest.get(path_of(world, ours) + part)).status_code == 404, part
    touchpoint = (await world.http.get(f"{path_of(world, ours)}/touchpoints")).json()[0]["id"]
    for part in ("", "/check"):
        hidden = await guest.get(f"{world.path}/touchpoints/{touchpoint}{part}")
        assert hidden.status_code in (403, 404), part
    assert (await guest.put(member, json={"part": "approves"})).status_code == 403
    assert (await world.http.delete(member)).status_code == 204
    assert await seen() == []
    assert (await world.http.delete(member)).json()["code"] == "campaign_member_unknown"


async def test_a_guest_sees_the_audiences_of_their_campaigns_without_their_people(world: World) -> None:
    mine, other = await made(world), await made(world, name="Other")
    ids = {}
    for name in ("sent", "planned", "other"):
        answer = await world.http.post(f"{world.path}/audiences", json={"name": name, "kind": "list"})
        ids[name] = answer.json()["id"]
    mail = {"name": "Mail", "audience_id": ids["sent"]}
    assert (await world.http.post(f"{path_of(world, mine)}/touchpoints", json=mail)).status_code == 201
    row = {"audience_id": ids["planned"]}
    assert (await world.http.post(f"{path_of(world, mine)}/channel-plan/segments", json=row)).status_code == 201
    for used in ("other", "sent"):
        body = {"name": "Theirs", "audience_id": ids[used]}
        assert (await world.http.post(f"{path_of(world, other)}/touchpoints", json=body)).status_code == 201
    guest = await world.member(Role.GUEST)
    path = f"{world.path}/audiences"
    assert (await guest.get(path)).json()["items"] == []
    me = (await guest.get("/api/v1/me")).json()["id"]
    assert (await world.http.put(f"{path_of(world, mine)}/members/{me}", json={"part": "does"})).is_success
    assert [one["name"] for one in (await guest.get(path)).json()["items"]] == ["planned", "sent"]
    sent = f"{path}/{ids['sent']}"
    assert (await guest.get(sent)).json()["name"] == "sent"
    counted = (await guest.get(f"{sent}/count")).json()
    assert (counted["total"], counted["sample"]) == (0, [])
    assert [user["name"] for user in (await guest.get(f"{sent}/users")).json()] == ["Mail"]
    for hidden in ("", "/count", "/users", "/snapshots"):
        assert (await guest.get(f"{path}/{ids['other']}{hidden}")).status_code == 404
    for forbidden in (f"{sent}/members", f"{path}/vocabulary"):
        assert (await guest.get(forbidden)).status_code == 403
    change = {"name": "Mine now", "description": "", "version": 1}
    assert (await guest.put(sent, json=change)).status_code == 403


async def test_what_wants_attention_is_said_with_its_thing(world: World) -> None:
    campaign = await made(world, starts_on="2020-01-01", ends_on="2030-01-01")
    path = path_of(world, campaign)
    line = {"name": "Copy", "resource": "staff", "planned_minor": 1000, "spent_minor": 1500}
    await world.http.post(f"{path}/budget", json=line)
    late = {"name": "Mail", "send_at": "2020-02-01T08:00:00Z"}
    touchpoint = (await world.http.post(f"{path}/touchpoints", json=late)).json()
    found = (await world.http.get(f"{path}/attention")).json()
    assert [item["code"] for item in found] == ["touchpoint.late", "campaign.late", "budget.over"]
    assert (found[0]["kind"], found[0]["id"], found[0]["values"]) == ("touchpoint", touchpoint["id"], {"name": "Mail"})
    assert found[2]["values"] == {"over_minor": 500}
    quiet = await made(world)
    assert (await world.http.get(f"{path_of(world, quiet)}/attention")).json() == []


async def test_types_propose_content_and_metrics(world: World) -> None:
    types = {one["type"]: one for one in (await world.http.get(f"{world.path}/campaign-types")).json()}
    assert types["email"]["metrics"][0] == "click_rate"
    assert len(types) == 8
    assert all(one["content"] and one["metrics"] for one in types.values())
    by_mail = {"click_rate", "open_rate", "unsubscribe_rate", "delivered", "clickers", "conversion_rate"}
    for one in types.values():
        assert one["proposed"]["monetisation"][0] == "revenue"
        assert not by_mail & {*one["proposed"]["monetisation"]}, "money is not measured by clicks"
    assert types["email"]["proposed"]["engagement"][0] == "click_rate"
    for kind in ("search", "social", "influencer", "user_generated"):
        told = {*types[kind]["metrics"], *(metric for each in types[kind]["proposed"].values() for metric in each)}
        assert not by_mail & told, f"{kind} campaigns send nothing that could be opened"


async def test_who_gets_a_part_follows_the_campaign_and_hears_of_it(world: World) -> None:
    creator = await world.member(Role.CREATOR)
    creator_id = (await creator.get("/api/v1/me")).json()["id"]
    campaign = await made(world)
    member = f"{path_of(world, campaign)}/members/{creator_id}"
    assert (await world.http.put(member, json={"part": "does"})).status_code == 204
    notices = (await creator.get(f"{world.path}/notices")).json()["items"]
    assert [(one["kind"], one["thing"]["title"]) for one in notices] == [("assigned", "Spring")]
    body = {"stage": "audience", "version": 1, "reason": "Go"}
    assert (await world.http.put(f"{path_of(world, campaign)}/stage", json=body)).status_code == 200
    notices = (await creator.get(f"{world.path}/notices")).json()["items"]
    assert [one["kind"] for one in notices] == ["campaign_changed", "assigned"]
    mine = (await world.http.get(f"{world.path}/notices")).json()["items"]
    assert mine == [], "nobody is told of their own doing"
