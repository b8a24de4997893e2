"""Who is bound by a rule cannot loosen it: each way round an approval by those it binds, tried as they would."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx2
import pytest
from sqlalchemy import text, update

from gonfalon.accounts.model import Role
from gonfalon.approvals.jobs import follow_up_all
from gonfalon.planning.tables.campaigns import campaign_facts
from tests.approvals.factory import (
    Person,
    a_day_later,
    group_step,
    join,
    leave,
    make_group,
    make_rule,
    make_team,
)
from tests.conftest import World
from tests.planning.budget.factory import Purse, good, make_purse, refused
from tests.planning.factory import make_ready

Clients = Callable[..., httpx2.AsyncClient]


def owner_of(world: World) -> Person:
    return Person(UUID(str(world.ctx.actor.id)), world.ctx, world.http)


async def ask(world: World, kind: str, of: str, by: httpx2.AsyncClient) -> dict[str, Any]:
    found: dict[str, Any] = good(await by.post(f"{world.path}/approvals", json={"kind": kind, "id": of}), 201)
    return found


async def say_yes(world: World, request: dict[str, Any], by: httpx2.AsyncClient) -> httpx2.Response:
    steps = good(await world.http.get(f"{world.path}/approvals/{request['id']}"), 200)["steps"]
    step = next(each["id"] for each in steps if each["state"] in ("open", "stuck"))
    path = f"{world.path}/approvals/{request['id']}/decisions"
    return await by.post(path, json={"step_id": step, "verdict": "approve"})


async def standing(world: World, kind: str, of: str) -> dict[str, Any]:
    found: dict[str, Any] = good(
        await world.http.get(f"{world.path}/approvals/standing", params={"kind": kind, "id": of}), 200
    )
    return found


async def test_nobody_takes_the_approvers_part_to_approve_their_own(world: World, client_of: Clients) -> None:
    lea, cid, friend = [await join(world, client_of, name) for name in ("Lea", "Cid", "Fay")]
    await make_rule(world, {"kind": "part", "ref": "approves"}, kind="budget", over_minor=1_000_000)
    purse = await make_purse(world)
    await purse.line(planned=9_000_000)
    parts = f"{world.path}/campaigns/{purse.campaign['id']}/members"
    first = await cid.http.put(f"{parts}/{lea.id}", json={"part": "approves"})
    assert first.status_code == 204, "the first is the team's choice"
    for person in (cid, friend):
        refused(await cid.http.put(f"{parts}/{person.id}", json={"part": "approves"}), 403, "approvers_bound")
    refused(await cid.http.put(f"{parts}/{lea.id}", json={"part": "does"}), 403, "approvers_bound")
    refused(await cid.http.delete(f"{parts}/{lea.id}"), 403, "approvers_bound")
    request = await ask(world, "budget", purse.campaign["id"], cid.http)
    refused(await say_yes(world, request, cid.http), 403, "own_request")
    await lea.http.delete(f"{parts}/{lea.id}")  # one may always step down
    assert (await say_yes(world, request, lea.http)).json()["state"] == "approved", "who was asked may still decide"


async def test_alone_with_a_rule_the_asker_waits_for_an_owner(world: World, client_of: Clients) -> None:
    cid = await join(world, client_of, "Cid")
    await make_rule(world, {"kind": "part", "ref": "approves"}, kind="budget")
    purse = await make_purse(world)
    await purse.line(planned=9_000_000)
    await cid.http.put(f"{world.path}/campaigns/{purse.campaign['id']}/members/{cid.id}", json={"part": "approves"})
    request = await ask(world, "budget", purse.campaign["id"], cid.http)
    refused(await say_yes(world, request, cid.http), 403, "own_request")
    assert (await say_yes(world, request, world.http)).json()["state"] == "approved"


async def test_a_rule_switched_off_still_needs_an_owner_for_a_day(world: World, client_of: Clients) -> None:
    team = await make_team(world, client_of)
    second = await join(world, client_of, "Own", Role.OWNER)
    manager = await join(world, client_of, "Mo", Role.MANAGER)
    path = f"{world.path}/approval-rules/{team.rule['id']}"
    off = {"kind": "launch", "steps": [group_step(team.legal)], "enabled": False, "version": 1}
    for answer in (await manager.http.put(path, json=off), await manager.http.delete(path)):
        refused(answer, 403, "permission_missing")
    good(await world.http.put(path, json=off), 200)
    shown = await standing(world, "launch", team.ready.touchpoint["id"])
    assert (shown["standing"], shown["because"]) == ("missing", ["rule_changed"])
    assert [step["label"] for step in shown["needs"]] == ["owner"]
    refused(await team.launch(manager.http), 409, "launch_blocked")
    request = await team.ask(by=manager.http)
    assert (await say_yes(world, request, second.http)).json()["state"] == "approved"
    assert (await team.launch(manager.http)).status_code == 200


LOOSER = {
    "deleted": None,
    "a higher amount": {"over_people": 100},
    "another channel": {"channels": ["sms"]},
    "fewer people": {"steps": [0]},
    "one in place of all": {"quorum": "any"},
}


@pytest.mark.parametrize("how", LOOSER)
async def test_a_rule_made_looser_in_any_way_needs_an_owner(world: World, client_of: Clients, how: str) -> None:
    ready = await make_ready(world)
    lea, dan = await join(world, client_of, "Lea"), await join(world, client_of, "Dan")
    legal, boss = await make_group(world, "Lawyers", lea), await make_group(world, "Boss", dan)
    steps = [group_step(legal, "all"), group_step(boss)]
    rule = await make_rule(world, *steps)
    path, changed = f"{world.path}/approval-rules/{rule['id']}", LOOSER[how]
    if changed is None:
        await world.http.delete(path)
    else:
        body: dict[str, Any] = {"kind": "launch", "steps": steps, "version": rule["version"], **changed}
        if how == "fewer people":
            body["steps"] = steps[:1]
        if how == "one in place of all":
            body["steps"] = [group_step(legal), group_step(boss)]
        good(await world.http.put(path, json=body), 200)
    assert "owner" in [step["label"] for step in (await standing(world, "launch", ready.touchpoint["id"]))["needs"]]
    await a_day_later(world)
    assert "owner" not in [step["label"] for step in (await standing(world, "launch", ready.touchpoint["id"]))["needs"]]


async def test_a_rule_bound_for_a_day_by_the_clock(world: World, client_of: Clients) -> None:
    team = await make_team(world, client_of)
    await world.http.delete(f"{world.path}/approval-rules/{team.rule['id']}")
    for hours, needed in ((23, "missing"), (25, "not_needed")):
        async with world.services.db.transaction() as connection:
            await connection.execute(
                text("update past_approval_rules set until = :at where workspace_id = :w"),
                {"at": world.ctx.now - timedelta(hours=hours), "w": world.workspace.id},
            )
        assert (await standing(world, "launch", team.ready.touchpoint["id"]))["standing"] == needed


async def test_a_yes_by_the_rule_holds_when_the_rule_goes(world: World, client_of: Clients) -> None:
    team = await make_team(world, client_of)
    await team.approve()
    await world.http.delete(f"{world.path}/approval-rules/{team.rule['id']}")
    assert (await team.launch()).status_code == 200


async def test_a_refusal_is_not_escaped_by_switching_the_rule_off(world: World, client_of: Clients) -> None:
    team = await make_team(world, client_of)
    await team.decide(await team.ask(), team.lea, "refuse", "Never")
    await world.http.delete(f"{world.path}/approval-rules/{team.rule['id']}")
    refused(await team.launch(), 409, "launch_blocked")


async def test_who_is_asked_is_as_it_was(world: World, client_of: Clients) -> None:
    """Removals do not count for what waits, and who joins needs an owner who did not ask for it."""
    team = await make_team(world, client_of)
    second, friend = await join(world, client_of, "Own", Role.OWNER), await join(world, client_of, "Fay")
    path = f"{world.path}/approval-groups/{team.legal['id']}"
    manager = await join(world, client_of, "Mo", Role.MANAGER)
    only = {"name": "Lawyers", "members": [str(friend.id)], "version": team.legal["version"]}
    refused(await manager.http.put(path, json=only), 403, "permission_missing")
    request = await team.ask()  # by the first owner
    good(await world.http.put(path, json=only), 200)
    refused(await team.decide(request, friend), 403, "not_an_approver")
    people = (await team.get(request))["steps"][0]["people"]
    assert {each["name"] for each in people} == {"Lea", "Leo", "Own"}
    assert (await team.decide(request, second)).status_code == 200  # an owner steps in


async def test_an_owner_who_did_not_ask_lets_somebody_join(world: World, client_of: Clients) -> None:
    team = await make_team(world, client_of)
    friend = await join(world, client_of, "Fay")
    request = (
        await team.ask(by=team.dan.http if team.dan.ctx.may else team.lea.http)
        if False
        else await team.ask(by=(await join(world, client_of, "Mo", Role.MANAGER)).http)
    )
    body = {"name": "Lawyers", "members": [str(friend.id)], "version": team.legal["version"]}
    good(await world.http.put(f"{world.path}/approval-groups/{team.legal['id']}", json=body), 200)
    listed = await friend.http.get(team.path, params={"view": "waiting"})
    assert [each["id"] for each in listed.json()["items"]] == [request["id"]]
    assert (await team.decide(request, team.lea)).status_code == 200, "who was asked may still decide"


async def test_a_role_given_later_does_not_decide_by_itself(world: World, client_of: Clients) -> None:
    ready = await make_ready(world)
    manager, late = await join(world, client_of, "Mo", Role.MANAGER), await join(world, client_of, "Lin")
    await make_rule(world, {"kind": "role", "ref": "approver"})
    request = await ask(world, "launch", ready.touchpoint["id"], manager.http)
    await world.http.put(f"{world.path}/members/{late.id}", json={"role": "approver"})
    refused(await say_yes(world, request, late.http), 403, "not_an_approver")
    await follow_up_all(world.services)
    assert (await say_yes(world, request, world.http)).json()["state"] == "approved"


async def test_two_owners_cannot_be_had_round_by_the_one_who_asks(world: World, client_of: Clients) -> None:
    team = await make_team(world, client_of)
    await join(world, client_of, "Own", Role.OWNER)
    for person in (team.lea, team.leo, team.dan):
        await leave(world, person)
    request = await team.ask()
    refused(await team.decide(request, owner_of(world)), 403, "own_request")


async def list_of(world: World, people: list[int], name: str = "Chosen") -> str:
    made = good(await world.http.post(f"{world.path}/audiences", json={"kind": "list", "name": name}), 201)
    good(await world.http.post(f"{world.path}/audiences/{made['id']}/members", json={"people": people}), 200)
    return str(made["id"])


async def swap(by: httpx2.AsyncClient, world: World, audience: str, out: list[int], in_: list[int]) -> None:
    path = f"{world.path}/audiences/{audience}/members"
    good(await by.post(f"{path}/remove", json={"people": out}), 200)
    good(await by.post(path, json={"people": in_}), 200)


@pytest.mark.parametrize("inside", [False, True])
async def test_a_list_is_its_members(world: World, client_of: Clients, inside: bool) -> None:
    """Exchanged for as many others after the yes, by who may build audiences and not launch."""
    team = await make_team(world, client_of)
    people = team.ready.people
    audience = chosen = await list_of(world, people[:3])
    if inside:
        rule = {"kind": "all", "rules": [{"kind": "audience", "audience": chosen}]}
        body = {"kind": "segment", "name": "Outer", "rule": rule}
        audience = good(await world.http.post(f"{world.path}/audiences", json=body), 201)["id"]
    await team.ready.save(audience_id=audience)
    request = await team.approve()
    analyst = await join(world, client_of, "Ana", Role.ANALYST)
    await swap(analyst.http, world, chosen, people[:3], people[3:6])
    assert [each["path"] for each in (await team.standing())["changes"]] == [["list_members_hash"]]
    refused(await team.launch(), 409, "launch_blocked")
    await swap(analyst.http, world, chosen, people[3:6], list(reversed(people[:3])))
    assert (await team.get(request))["state"] == "approved", "the same people, in whatever order"
    await swap(analyst.http, world, chosen, people[:1], [])
    assert (await team.standing())["standing"] == "void"


async def lower_line(purse: Purse) -> None:
    line = (await purse.read())["lines"][0]
    good(await purse.save(line, unit_price_minor=0), 200)


async def delete_line(purse: Purse) -> None:
    line = (await purse.read())["lines"][0]
    gone = await purse.world.http.delete(f"{purse.path}/{line['id']}")
    assert gone.status_code in (200, 204), gone.text


async def move_money(purse: Purse) -> None:
    other = await make_purse(purse.world, "Elsewhere")
    good(await purse.move((await purse.read())["lines"][0], await other.line(planned=0), 9_000_000), 201)


@pytest.mark.parametrize("lower", [lower_line, delete_line, move_money])
async def test_a_budget_that_was_lowered_asks_what_it_asked(
    world: World, client_of: Clients, lower: Callable[[Purse], Awaitable[None]]
) -> None:
    team = await make_team(world, client_of, over_minor=1_000_000)
    purse = Purse(world, team.ready.campaign)
    await purse.line(planned=9_000_000)
    await lower(purse)
    shown = await team.standing()
    assert (shown["standing"], shown["because"]) == ("missing", ["lately"])
    refused(await team.launch(), 409, "launch_blocked")
    for days, needed in ((6, "missing"), (8, "not_needed")):
        async with world.services.db.transaction() as connection:
            await connection.execute(
                update(campaign_facts)
                .where(campaign_facts.c.workspace_id == world.workspace.id)
                .values(at=world.ctx.now - timedelta(days=days))
            )
        assert (await team.standing())["standing"] == needed


async def test_a_category_that_was_changed_asks_what_it_asked(world: World, client_of: Clients) -> None:
    team = await make_team(world, client_of, categories=["engagement"])
    path = f"{world.path}/campaigns/{team.ready.campaign['id']}"
    present = good(await world.http.get(path), 200)
    body = {"name": "Spring", "category": "acquisition", "version": present["version"]}
    good(await world.http.put(path, json=body), 200)
    refused(await team.launch(), 409, "launch_blocked")
    shown = await team.standing()
    assert (shown["standing"], shown["because"]) == ("missing", ["lately"])


async def test_many_small_moves_are_one_large_one(world: World, client_of: Clients) -> None:
    lea = await join(world, client_of, "Lea")
    await make_rule(world, group_step(await make_group(world, "Money", lea)), kind="reallocation", over_minor=10_000)
    source, target, other = [await make_purse(world, name) for name in ("One", "Two", "Three")]
    line, to, aside = await source.line(planned=90_000), await target.line(planned=0), await other.line(planned=0)
    states = [good(await source.move(line, to, 4_000), 201)["state"] for _ in range(3)]
    assert states == ["done", "done", "waiting"]
    assert good(await source.move(line, aside, 4_000), 201)["state"] == "done"


async def test_an_order_does_not_go_beyond_the_budget_that_was_small_enough(world: World, client_of: Clients) -> None:
    lea = await join(world, client_of, "Lea")
    await make_rule(world, group_step(await make_group(world, "Money", lea)), kind="budget", over_minor=10_000)
    purse = await make_purse(world)
    line = await purse.line(planned=9_000)
    good(await purse.enter(line, 9_000, "commitment"), 201)
    refused(await purse.enter(line, 9_000, "commitment"), 409, "order_beyond_plan")
    good(await purse.enter(line, 90_000, "invoice", commitment_id=None), 201)  # what was billed is a fact
    refused(await purse.enter(line, 1, "commitment"), 409, "approval_needed")


async def test_an_order_does_not_go_beyond_what_was_approved(world: World, client_of: Clients) -> None:
    lea = await join(world, client_of, "Lea")
    await make_rule(world, group_step(await make_group(world, "Money", lea)), kind="budget", over_minor=10_000)
    purse = await make_purse(world)
    line = await purse.line(planned=20_000)
    request = await ask(world, "budget", purse.campaign["id"], world.http)
    assert (await say_yes(world, request, lea.http)).json()["state"] == "approved"
    good(await purse.enter(line, 20_000, "commitment"), 201)
    refused(await purse.enter(line, 1, "commitment"), 409, "order_beyond_plan")


async def test_amounts_are_not_made_small_by_a_rate(world: World, client_of: Clients) -> None:
    lea, cid = await join(world, client_of, "Lea"), await join(world, client_of, "Cid")
    path = f"{world.path}/budget/rates"

    async def rate(
        by: httpx2.AsyncClient, value: str, currency: str = "USD", day: str = "2026-03-01"
    ) -> httpx2.Response:
        return await by.put(path, json={"currency": currency, "day": day, "rate": value})

    good(await rate(cid.http, "0.9"), 200)  # no rule asks about amounts
    await make_rule(world, group_step(await make_group(world, "Money", lea)), kind="budget", over_minor=10_000)
    good(await rate(cid.http, "0.85", day="2026-04-01"), 200)
    refused(await rate(cid.http, "0.0001"), 403, "rates_bound")
    refused(await rate(cid.http, "0.0001", currency="GBP"), 403, "rates_bound")
    refused(await cid.http.delete(f"{path}/USD/2026-04-01"), 403, "rates_bound")
    good(await rate(world.http, "0.5"), 200)


async def test_another_sender_topic_or_holdout_is_another_launch(world: World, client_of: Clients) -> None:
    team = await make_team(world, client_of)
    await team.ready.save(holdout_percent=20)
    await team.approve()
    first = team.ready.touchpoint["sender_identity"]["id"]
    body = {"from_name": "Shop", "from_address": "other@shop.example"}
    other = good(await world.http.post(f"{world.path}/senders", json=body), 201)["id"]
    async with world.services.db.transaction() as connection:  # a namesake, as renaming could make one
        made = text(
            "insert into topics (workspace_id, key, name) select workspace_id, 'twin', name from topics"
            " where id = :t returning id"
        )
        twin = (await connection.execute(made, {"t": team.ready.topic})).scalar_one()
    for changed in ({"sender_identity_id": other}, {"topic_id": twin}, {"holdout_percent": 0}):
        await team.ready.save(**changed)
        assert (await team.standing())["standing"] == "void", changed
        await team.ready.save(sender_identity_id=first, topic_id=team.ready.topic, holdout_percent=20)
        assert (await team.standing())["standing"] == "approved"


async def test_a_second_campaign_inherits_no_yes(world: World, client_of: Clients) -> None:
    """The same touchpoint again in another campaign is asked for again."""
    team = await make_team(world, client_of)
    await team.approve()
    second = good(
        await world.http.post(f"{world.path}/campaigns", json={"name": "Spring", "category": "engagement"}), 201
    )
    first = good(await world.http.get(team.ready.path), 200)
    body = {"name": first["name"], "topic_id": team.ready.topic}
    body |= {f"{name}_id": first[name]["id"] for name in ("audience", "template", "sender_identity")}
    twin = good(await world.http.post(f"{world.path}/campaigns/{second['id']}/touchpoints", json=body), 201)
    assert (await standing(world, "launch", twin["id"]))["standing"] == "missing"
    refused(await world.http.post(f"{world.path}/touchpoints/{twin['id']}/launch"), 409, "launch_blocked")
