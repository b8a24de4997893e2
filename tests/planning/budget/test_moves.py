"""Approval of budgets and moves of money between lines."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import httpx2

from tests.approvals.factory import group_step, join, make_group, make_rule
from tests.conftest import World
from tests.planning.budget.factory import Purse, good, make_purse, refused


async def say_yes(world: World, person: Any, request_id: str) -> httpx2.Response:
    found = good(await world.http.get(f"{world.path}/approvals/{request_id}"), 200)
    step = next(each for each in found["steps"] if each["state"] in ("open", "stuck"))
    body = {"step_id": step["id"], "verdict": "approve", "reason": ""}
    answer: httpx2.Response = await person.http.post(f"{world.path}/approvals/{request_id}/decisions", json=body)
    return answer


async def ask(purse: Purse) -> str:
    body = {"kind": "budget", "id": purse.campaign["id"], "note": ""}
    request_id: str = good(await purse.world.http.post(f"{purse.world.path}/approvals", json=body), 201)["id"]
    return request_id


async def test_money_moves_and_the_sum_stays(world: World) -> None:
    spring, autumn = await make_purse(world), await make_purse(world, "Autumn")
    ads, mail = await spring.line("Ads", 10_000), await spring.line("Mail", 5_000)
    other = await autumn.line("Posters", 0)
    moved = good(await spring.move(ads, mail, 3_000, "Mail works"), 201)
    assert moved["state"] == "done"
    good(await spring.move(ads, other, 1_000, "For autumn"), 201)
    assert [line["planned_minor"] for line in (await spring.read())["lines"]] == [6_000, 8_000]
    assert (await autumn.read())["planned_minor"] == 1_000
    good(await spring.enter(ads, 5_000, "commitment"), 201)
    answer = refused(await spring.move(ads, mail, 1_001), 409, "reallocation_overdrawn")
    assert answer["left_minor"] == 1_000
    refused(await spring.move(ads, ads, 1), 422, "reallocation_same")
    refused(await spring.move(ads, mail, 0), 422, "amount_missing")
    refused(await spring.move(ads, mail, 1, " "), 422, "reason_missing")
    refused(await spring.save(await spring.again(ads), unit_price_minor=100), 422, "plan_below_moves")
    audit = good(await world.http.get(f"{world.path}/audit"), 200)["items"]
    line = next(each for each in audit if each["action"] == "budget.reallocated")
    assert line["details"]["before"] == {"from_minor": 7_000, "to_minor": 0}
    assert line["details"]["after"] == {"from_minor": 6_000, "to_minor": 1_000}
    listed = good(await world.http.get(f"{autumn.path}/reallocations"), 200)["items"]
    assert [(each["from_campaign_name"], each["amount_minor"]) for each in listed] == [("Spring", 1_000)]


async def test_two_at_once_never_overdraw(world: World) -> None:
    spring, autumn = await make_purse(world), await make_purse(world, "Autumn")
    ads, other = await spring.line("Ads", 1_000), await autumn.line("Posters", 1_000)
    answers = await asyncio.gather(
        *(spring.move(ads, other, 300) for _ in range(5)), *(spring.move(other, ads, 300) for _ in range(2))
    )
    done = [answer.status_code for answer in answers]
    assert set(done) <= {201, 409}
    amounts = [(await spring.again(ads))["planned_minor"], (await autumn.again(other))["planned_minor"]]
    assert sum(amounts) == 2_000
    assert min(amounts) >= 0
    forth, back = done[:5].count(201), done[5:].count(201)
    assert amounts[0] == 1_000 - 300 * forth + 300 * back


async def test_a_move_waits_for_the_yes_that_carries_it_out(
    world: World, client_of: Callable[..., httpx2.AsyncClient]
) -> None:
    purse = await make_purse(world)
    ads, mail = await purse.line("Ads", 10_000), await purse.line("Mail", 0)
    fin = await join(world, client_of, "Fin")
    group = await make_group(world, "Money", fin)
    limit = {"counts": "net", "move_limit_minor": 500, "version": 0}
    good(await world.http.put(f"{world.path}/budget/settings", json=limit), 200)
    good(await purse.move(ads, mail, 500), 201)
    refused(await purse.move(ads, mail, 501), 409, "approval_rule_missing")
    await make_rule(world, group_step(group), kind="reallocation", over_minor=500)
    move = good(await purse.move(ads, mail, 2_000), 201)
    assert move["state"] == "waiting"
    assert (await purse.again(mail))["planned_minor"] == 500
    carry = f"{world.path}/budget/reallocations/{move['id']}/carry-out"
    refused(await world.http.post(carry), 409, "approval_needed")
    waiting = good(await world.http.get(f"{world.path}/approvals", params={"kind": "reallocation"}), 200)["items"]
    good(await say_yes(world, fin, waiting[0]["id"]), 200)
    assert (await purse.again(mail))["planned_minor"] == 2_500
    assert good(await world.http.post(carry), 200)["state"] == "done"
    assert (await purse.again(mail))["planned_minor"] == 2_500, "once"
    refused(await world.http.delete(f"{world.path}/budget/reallocations/{move['id']}"), 409, "reallocation_done")
    gone = good(await purse.move(ads, mail, 7_000), 201)
    good(await purse.enter(ads, 5_000), 201)
    waiting = good(await world.http.get(f"{world.path}/approvals", params={"kind": "reallocation"}), 200)["items"]
    refused(await say_yes(world, fin, waiting[0]["id"]), 409, "reallocation_overdrawn")
    assert (await world.http.delete(f"{world.path}/budget/reallocations/{gone['id']}")).status_code == 204


async def test_what_was_approved_holds_until_more_is_planned(
    world: World, client_of: Callable[..., httpx2.AsyncClient]
) -> None:
    purse = await make_purse(world)
    ads, mail = await purse.line("Ads", 10_000), await purse.line("Mail", 2_000)
    fin = await join(world, client_of, "Fin")
    await make_rule(world, group_step(await make_group(world, "Money", fin)), kind="budget", over_minor=1_000)
    assert (await purse.read())["approval"] == "missing"
    refused(await purse.enter(ads, 100, "commitment"), 409, "approval_needed")
    good(await purse.enter(ads, 100), 201)
    request = await ask(purse)
    refused(await purse.enter(ads, 100, "commitment"), 409, "approval_needed")
    good(await say_yes(world, fin, request), 200)
    budget = await purse.read()
    assert (budget["approval"], budget["approved_minor"]) == ("approved", 12_000)
    good(await purse.enter(ads, 100, "commitment"), 201)
    good(await purse.save(await purse.again(mail), unit_price_minor=1_500), 200)
    good(await purse.move(ads, mail, 400), 201)
    await purse.line("An empty one", 0)
    budget = await purse.read()
    assert budget["approval"] == "approved", "less, and what moved by its own rules, is covered"
    assert [line["approved_minor"] for line in budget["lines"]] == [9_600, 2_400, None]
    raised = await purse.again(ads)
    good(await purse.save(raised, unit_price_minor=10_001), 200)
    assert (await purse.read())["approval"] == "void"
    refused(await purse.enter(ads, 100, "commitment"), 409, "approval_needed")
    csv = f"date,amount,kind,line\n2026-01-01,1,commitment,{ads['name']}\n2026-01-01,1,invoice,{ads['name']}\n"
    path = f"{purse.path}/entries/import"
    taken = good(await world.http.post(path, json={"text": csv, "apply": True}), 200)
    assert (taken["new"], [each["code"] for each in taken["wrong"]]) == (1, ["approval_needed"])
    request = await ask(purse)
    good(await purse.save(await purse.again(ads), unit_price_minor=10_002), 200)
    refused(await say_yes(world, fin, request), 409, "approval_void")
    good(await say_yes(world, fin, await ask(purse)), 200)
    assert (await purse.read())["approval"] == "approved"
