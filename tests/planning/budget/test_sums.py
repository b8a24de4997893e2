"""Burn and sums over campaigns, against a slow oracle."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from gonfalon.accounts.model import Role
from gonfalon.planning.budget import rules
from gonfalon.planning.budget.model import Spread
from tests.conftest import World
from tests.planning.budget.factory import Purse, good, make_purse, refused


async def sums(world: World, by: str, **query: Any) -> dict[str, Any]:
    found: dict[str, Any] = good(await world.http.get(f"{world.path}/budget/sums", params={"by": by, **query}), 200)
    return found


def keyed(found: dict[str, Any], what: str = "planned_minor") -> dict[str, int]:
    return {item["key"]: item[what] for item in found["items"]}


async def test_months_and_quarters_sum_to_the_plan(world: World) -> None:
    chance = random.Random(7)  # noqa: S311
    purse = await make_purse(world, starts_on="2026-01-15", ends_on="2026-05-20")
    wanted: Counter[str] = Counter()
    spent: Counter[str] = Counter()
    for number in range(24):
        spread = chance.choice(list(Spread))
        first = date(2026, 1, 1) + timedelta(days=chance.randint(0, 400))
        last = first + timedelta(days=chance.randint(0, 300))
        amount = chance.choice([0, 1, 7, chance.randint(0, 10**6), 10**15])
        dated: dict[str, Any] = {"spread": spread.value, "starts_on": str(first), "ends_on": str(last)}
        if spread is Spread.ONCE and chance.random() < 0.5:
            dated = {}
        line = await purse.line(f"Line {number}", amount, **dated)
        period = rules.period_of(
            spread if dated else Spread.ONCE, first if dated else None, last if dated else None,
            (date(2026, 1, 15), date(2026, 5, 20)),
        )  # fmt: skip
        assert period is not None
        before, day = 0, period.first
        while day <= period.last:
            until = rules.planned_until(amount, period, day)
            wanted[day.strftime("%Y-%m-01")] += until - before
            before, day = until, day + timedelta(days=1)
        paid = chance.randint(1, 999)
        when = date(2026, chance.randint(1, 12), 3)
        good(await purse.enter(line, paid, day=str(when)), 201)
        spent[when.strftime("%Y-%m-01")] += paid
    found = await sums(world, "month", limit=200)
    assert {key: value for key, value in keyed(found).items() if value} == {k: v for k, v in wanted.items() if v}
    assert {k: v for k, v in keyed(found, "spent_minor").items() if v} == dict(spent)
    assert found["sum"]["planned_minor"] == (await purse.read())["planned_minor"]
    assert [item["key"] for item in found["items"]] == sorted(keyed(found))
    quarters = keyed(await sums(world, "quarter"))
    assert quarters["2026-01-01"] == sum(wanted[f"2026-0{month}-01"] for month in (1, 2, 3))
    part = await sums(world, "resource", first="2026-02-01", last="2026-02-28")
    assert keyed(part) == {"media": wanted["2026-02-01"]}


async def test_parents_include_their_parts(world: World) -> None:
    year = await make_purse(world, "Year")
    spring = await make_purse(world, "Spring", parent_id=year.campaign["id"])
    mails = await make_purse(world, "Mails", parent_id=spring.campaign["id"])
    alone = await make_purse(world, "Alone")
    for purse, amount in ((year, 1), (spring, 20), (mails, 300), (alone, 4_000)):
        await purse.line(planned=amount)
    top = await sums(world, "campaign")
    assert keyed(top) == {alone.campaign["id"]: 4_000, year.campaign["id"]: 321}
    assert [item["parts"] for item in top["items"]] == [0, 2]
    below = await sums(world, "campaign", parent_id=year.campaign["id"])
    assert [(item["label"], item["own"], item["planned_minor"]) for item in below["items"]] == [
        ("Spring", False, 320), ("Year", True, 1),
    ]  # fmt: skip
    assert (below["parent_name"], below["sum"]["planned_minor"]) == ("Year", 321)
    first = await sums(world, "campaign", limit=1)
    second = await sums(world, "campaign", limit=1, cursor=first["next_cursor"])
    assert [first["items"][0]["label"], second["items"][0]["label"]] == ["Alone", "Year"]
    assert keyed(await sums(world, "resource", parent_id=spring.campaign["id"])) == {"media": 320}
    guest = await world.member(Role.GUEST)
    guest_id = good(await guest.get("/api/v1/me"), 200)["id"]
    answer = await world.http.put(
        f"{world.path}/campaigns/{mails.campaign['id']}/members/{guest_id}", json={"part": "does"}
    )
    assert answer.status_code == 204
    theirs = good(await guest.get(f"{world.path}/budget/sums"), 200)
    assert [(item["label"], item["planned_minor"]) for item in theirs["items"]] == [("Mails", 300)]
    assert theirs["sum"]["planned_minor"] == 300
    refused(await guest.get(f"{world.path}/budget/sums", params={"parent_id": year.campaign["id"]}), 404,
            "campaign_unknown")  # fmt: skip


async def test_channels_and_goals(world: World) -> None:
    purse, other = await make_purse(world), await make_purse(world, "Other")
    await purse.line(planned=5, channel="social")
    await purse.line(planned=7)
    good(await world.http.post(f"{world.path}/campaigns/{purse.campaign['id']}/touchpoints", json={"name": "M"}), 201)
    await other.line(planned=11)
    assert keyed(await sums(world, "channel")) == {"": 11, "email": 7, "social": 5}
    assert keyed(await sums(world, "campaign", channel="social")) == {purse.campaign["id"]: 5}
    pigeon = {"name": "Post", "resource": "media", "planned_minor": 1, "channel": "pigeon"}
    refused(
        await world.http.post(f"{world.path}/campaigns/{other.campaign['id']}/budget", json=pigeon),
        422,
        "request_invalid",
    )


async def test_goals_of_the_year_are_summed_with_the_campaigns_that_serve_them(world: World) -> None:
    numbers = {"metric": "conversions", "target": 10, "deadline": "2030-01-01"}
    grow = good(await world.http.post(f"{world.path}/goals", json=numbers | {"name": "Grow"}), 201)["id"]
    purses, goals = {}, {}
    for name, amount, served in (("One", 10_001, grow), ("Two", 7, grow), ("Own", 50, None), ("None", 11, "")):
        purse = purses[name] = await make_purse(world, name)
        line = await purse.line(planned=amount)
        good(await purse.enter(line, amount + 1), 201)
        if served != "":
            words = {"name": "Sell" if name == "Two" else "", "parent_id": served}
            path = f"{world.path}/campaigns/{purse.campaign['id']}/goal"
            goals[name] = good(await world.http.put(path, json=numbers | words), 200)["goal"]["id"]
    top = await sums(world, "goal")
    assert [(item["key"], item["label"], item["parts"], item["planned_minor"]) for item in top["items"]] == [
        (grow, "Grow", 2, 10_008), (goals["Own"], "Own", 0, 50), ("", "", 0, 11),
    ]  # fmt: skip
    assert top["sum"]["spent_minor"] == sum(item["spent_minor"] for item in top["items"]) == 10_073
    within = await sums(world, "goal", goal=grow)
    assert [(item["key"], item["label"], item["planned_minor"]) for item in within["items"]] == [
        (goals["One"], "One", 10_001), (goals["Two"], "Sell", 7),
    ]  # fmt: skip
    assert (within["goal_name"], within["sum"]["planned_minor"]) == ("Grow", top["items"][0]["planned_minor"])
    campaigns = keyed(await sums(world, "campaign", goal=grow))
    assert campaigns == {purses["One"].campaign["id"]: 10_001, purses["Two"].campaign["id"]: 7}
    assert keyed(await sums(world, "campaign", goal="")) == {purses["None"].campaign["id"]: 11}
    months = await sums(world, "month", goal=goals["Two"])
    assert (months["sum"]["planned_minor"], months["sum"]["spent_minor"]) == (7, 8)
    refused(await world.http.get(f"{world.path}/budget/sums", params={"goal": "conversions"}), 404, "goal_unknown")
    guest = await world.member(Role.GUEST)
    refused(await guest.get(f"{world.path}/budget/sums", params={"goal": goals["One"]}), 404, "goal_unknown")


async def test_the_export_is_safe_to_open(world: World) -> None:
    purse = await make_purse(world, '=HYPERLINK("x")')
    await purse.line(planned=123_456)
    answer = await world.http.post(f"{world.path}/budget/sums/export", json={"by": "campaign"})
    assert answer.status_code == 200
    assert answer.text.splitlines() == [
        "\ufeffcampaign,name,currency,planned,approved,committed,spent,lines",
        f'{purse.campaign["id"]},"\'=HYPERLINK(""x"")",EUR,1234.56,0.00,0.00,0.00,1',
    ]
    audit = good(await world.http.get(f"{world.path}/audit"), 200)["items"]
    assert audit[0]["action"] == "budget.exported"


async def test_the_burn_follows_plan_and_entries(world: World) -> None:
    today = date.fromisoformat(good(await world.http.get(f"{(await make_purse(world)).path}/burn"), 200)["today"])
    purse = await make_purse(world, starts_on=str(today - timedelta(days=9)), ends_on=str(today + timedelta(days=10)))
    line = await purse.line(planned=20_000)
    order = good(await purse.enter(line, 6_000, "commitment", day=str(today - timedelta(days=5))), 201)["id"]
    bill = {"day": str(today - timedelta(days=2)), "commitment_id": order}
    good(await purse.enter(line, 4_000, "invoice", **bill), 201)
    burn = good(await world.http.get(f"{purse.path}/burn"), 200)
    points = {point["day"]: point for point in burn["points"]}
    assert points[str(today)]["planned_minor"] == 10_000
    at = [points[str(today - timedelta(days=n))] for n in (6, 5, 2, 0)]
    assert [(point["spent_minor"], point["used_minor"]) for point in at] == [
        (0, 0), (0, 6_000), (4_000, 6_000), (4_000, 6_000),
    ]  # fmt: skip
    forecast = burn["forecast"]
    assert (forecast["by_plan_minor"], forecast["by_pace_minor"]) == (20_000, 4_000 + 10_000 * 4 // 10)
    assert (forecast["low_minor"], forecast["high_minor"]) == (8_000, 14_000)
    last = burn["points"][-1]
    assert (last["planned_minor"], last["expected_minor"], last["high_minor"]) == (20_000, 8_000, 14_000)
    assert (last["spent_minor"], burn["undated_minor"]) == (None, 0)


async def test_a_purse_without_lines_has_sums_of_nothing(world: World) -> None:
    purse: Purse = await make_purse(world)
    assert UUID(purse.campaign["id"])
    assert (await sums(world, "campaign"))["items"] == []
    assert (await sums(world, "month"))["sum"]["planned_minor"] == 0
    burn = good(await world.http.get(f"{purse.path}/burn"), 200)
    assert burn["forecast"] == {"by_plan_minor": 0, "by_pace_minor": None, "low_minor": None, "high_minor": None}
