"""Campaigns, goals, budgets and touchpoints through the API."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from gonfalon.accounts.model import Role
from tests.conftest import World

CAMPAIGN = {"name": "Spring", "category": "monetisation", "starts_on": "2030-03-01", "ends_on": "2030-03-31"}


async def made(world: World, **values: Any) -> dict[str, Any]:
    answer = await world.http.post(f"{world.path}/campaigns", json=CAMPAIGN | values)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_a_campaign_is_led_by_its_maker_and_saved_with_its_version(world: World) -> None:
    campaign = await made(world)
    assert campaign["leader"] == {"id": world.ctx.actor.id, "name": world.ctx.actor.name}
    assert (campaign["state"], campaign["version"], campaign["goal"]) == ("planned", 1, None)
    assert campaign["attribution"] == {"basis": "click", "days": 7, "conversion_event": "Order Completed"}
    path = f"{world.path}/campaigns/{campaign['id']}"
    body = CAMPAIGN | {"name": "Summer", "version": 1, "leader_id": campaign["leader"]["id"]}
    assert (await world.http.put(path, json=body)).json()["version"] == 2
    late = await world.http.put(path, json=body | {"name": "Autumn"})
    assert (late.status_code, late.json()["code"]) == (409, "changed_meanwhile")
    assert late.json()["current_version"] == 2
    assert world.ctx.actor.name in late.json()["detail"]
    assert (await world.http.get(path)).json()["name"] == "Summer"


async def test_what_makes_no_sense_is_refused_with_a_sentence(world: World) -> None:
    for body, code in (
        (CAMPAIGN | {"ends_on": "2029-01-01"}, "campaign_dates"),
        (CAMPAIGN | {"name": "   "}, "name_missing"),
        (CAMPAIGN | {"category": "spam"}, "request_invalid"),
        (CAMPAIGN | {"name": "x" * 201}, "request_invalid"),
        (CAMPAIGN | {"name": "a\x00b"}, "request_invalid"),
        (CAMPAIGN | {"leader_id": "00000000-0000-7000-8000-000000000000"}, "leader_unknown"),
        (CAMPAIGN | {"attribution": {"days": 0}}, "request_invalid"),
    ):
        answer = await world.http.post(f"{world.path}/campaigns", json=body)
        assert (answer.status_code, answer.json()["code"]) == (422, code), answer.text


async def test_the_list_is_paged_filtered_and_hides_archived(world: World) -> None:
    ids = [(await made(world, name=f"Plan {number}"))["id"] for number in range(5)]
    other = await made(world, name="Loyalty week", category="engagement")
    move = {"state": "archived", "version": 1}
    assert (await world.http.put(f"{world.path}/campaigns/{ids[0]}/state", json=move)).status_code == 200
    seen: list[str] = []
    cursor = ""
    while cursor is not None:
        page = (await world.http.get(f"{world.path}/campaigns?limit=2&cursor={cursor}")).json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert seen == [other["id"], *reversed(ids[1:])]

    async def names(query: str) -> list[str]:
        items = (await world.http.get(f"{world.path}/campaigns?{query}")).json()["items"]
        return [item["name"] for item in items]

    assert await names("q=WEEK+loyal") == ["Loyalty week"]
    assert await names("category=engagement") == ["Loyalty week"]
    assert await names("state=archived") == ["Plan 0"]
    assert await names("q=100%25") == []


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("created", "bcda"), ("-created", "adcb"), ("name", "abcd"), ("-name", "dcba"),
        ("starts", "cbda"), ("-starts", "bcad"), ("ends", "bcda"), ("-ends", "cbad"),
        ("budget", "cbda"), ("-budget", "bcad"), ("state", "bdac"), ("-state", "cadb"),
    ],
)  # fmt: skip
async def test_the_list_is_ordered_as_asked_and_paged_in_that_order(world: World, sort: str, first: str) -> None:
    """Campaigns without the value come last, whichever way."""
    plans: dict[str, dict[str, Any]] = {
        "b": {"starts_on": "2031-03-01", "ends_on": "2031-03-05"},
        "c": {"starts_on": "2031-02-01", "ends_on": "2031-04-05"},
        "d": {"starts_on": None, "ends_on": None},
        "A": {"starts_on": None, "ends_on": None},
    }
    ids = {name: (await made(world, name=name, **plan))["id"] for name, plan in plans.items()}
    for name, price in (("b", 900), ("c", 100)):
        line = {"name": "Line", "resource": "media", "planned_minor": price}
        assert (await world.http.post(f"{world.path}/campaigns/{ids[name]}/budget", json=line)).status_code == 201
    move = {"state": "running", "version": 1}
    assert (await world.http.put(f"{world.path}/campaigns/{ids['c']}/state", json=move)).status_code == 200
    seen, cursor = "", ""
    while cursor is not None:
        answer = await world.http.get(f"{world.path}/campaigns?limit=1&sort={sort}&cursor={cursor}")
        assert answer.status_code == 200, answer.text
        seen += "".join(item["name"].lower() for item in answer.json()["items"])
        cursor = answer.json()["next_cursor"]
    assert seen == first


async def test_a_page_of_another_order_is_refused(world: World) -> None:
    for name in ("b", "c"):
        await made(world, name=name)
    cursor = (await world.http.get(f"{world.path}/campaigns?limit=1&sort=name")).json()["next_cursor"]
    for sort in ("state", "starts", "-created"):
        answer = await world.http.get(f"{world.path}/campaigns?sort={sort}&cursor={cursor}")
        assert (answer.status_code, answer.json()["code"]) == (422, "cursor_invalid")


async def test_states_move_only_where_that_makes_sense(world: World) -> None:
    campaign = await made(world)
    path = f"{world.path}/campaigns/{campaign['id']}/state"
    wrong = await world.http.put(path, json={"state": "ended", "version": 1})
    assert (wrong.status_code, wrong.json()["code"]) == (409, "campaign_state")
    for version, state in enumerate(("running", "ended", "running", "archived"), start=1):
        moved = await world.http.put(path, json={"state": state, "version": version})
        assert moved.json()["state"] == state, moved.text
    over = await made(world, starts_on="2020-01-01", ends_on="2020-02-01")
    refused = await world.http.put(
        f"{world.path}/campaigns/{over['id']}/state", json={"state": "running", "version": 1}
    )
    assert refused.json()["code"] == "campaign_over"


async def test_a_goal_is_one_number_with_a_deadline(world: World) -> None:
    campaign = await made(world)
    path = f"{world.path}/campaigns/{campaign['id']}/goal"
    goal = {"metric": "conversion_rate", "baseline": 0.0057, "target": "0.0125", "deadline": "2030-04-30"}
    first = (await world.http.put(path, json=goal)).json()["goal"]
    assert first == {
        "id": first["id"], "name": "", "owner": None, "parent": None, "metric": "conversion_rate", "unit": "share",
        "lower_is_better": False, "baseline": 0.0057, "start": 0.0057, "target": 0.0125, "deadline": "2030-04-30",
        "told": False, "told_at": None, "told_by": "", "version": 1,
    }  # fmt: skip
    again = await world.http.put(path, json=goal)
    assert (again.status_code, again.json()["code"]) == (409, "goal_exists")
    changed = await world.http.put(path, json=goal | {"target": "0.02", "version": 1})
    assert changed.json()["goal"]["version"] == 2
    stale = await world.http.put(path, json=goal | {"target": "0.03", "version": 1})
    assert stale.json()["code"] == "changed_meanwhile"
    for wrong, code in (
        ({"target": 5}, "goal_share_above_one"),
        ({"target": -0.1}, "goal_value_negative"),
        ({"target": 0.0057}, "goal_is_baseline"),
        ({"metric": "revenue", "target": 10.5, "baseline": None}, "goal_value_fraction"),
        ({"metric": "happiness"}, "request_invalid"),
        ({"target": "NaN"}, "request_invalid"),
    ):
        answer = await world.http.put(path, json=goal | wrong | {"version": 2})
        assert (answer.status_code, answer.json()["code"]) == (422, code), answer.text
    assert (await world.http.delete(path)).status_code == 204
    assert (await world.http.delete(path)).json()["code"] == "goal_unknown"


async def test_budget_sums_are_exact_to_the_last_minor_unit(world: World) -> None:
    campaign = await made(world)
    path = f"{world.path}/campaigns/{campaign['id']}/budget"
    amounts = [("staff", 10**15, 1), ("media", 1, 10**15 - 1), ("media", 9_007_199_254_740, 33)]
    for resource, planned, spent in amounts:
        body = {"name": "Line", "resource": resource, "planned_minor": planned, "spent_minor": spent}
        assert (await world.http.post(path, json=body)).status_code == 201
    budget = (await world.http.get(path)).json()
    assert budget["planned_minor"] == sum(planned for _, planned, _ in amounts)
    assert budget["spent_minor"] == sum(spent for *_, spent in amounts)
    assert [line["resource"] for line in budget["lines"]] == ["staff", "media", "media"]
    assert {total["resource"]: total["spent_minor"] for total in budget["by_resource"]} == {
        "staff": 1,
        "media": 10**15 + 32,
    }
    totals = (await world.http.get(f"{world.path}/campaigns/{campaign['id']}")).json()["budget"]
    assert (totals["planned_minor"], totals["lines"], totals["currency"]) == (budget["planned_minor"], 3, "EUR")
    line = budget["lines"][0]
    body = {"name": "Staff", "resource": "staff", "planned_minor": 5, "version": line["version"]}
    saved = (await world.http.put(f"{path}/{line['id']}", json=body)).json()
    assert saved["planned_minor"] == 5 + 1 + 9_007_199_254_740
    assert (await world.http.put(f"{path}/{line['id']}", json=body)).status_code == 409
    assert (await world.http.delete(f"{path}/{line['id']}")).json()["planned_minor"] == 1 + 9_007_199_254_740
    for wrong in ({"planned_minor": -1}, {"planned_minor": 1.5}, {"resource": "bribes"}, {"planned_minor": 10**16}):
        answer = await world.http.post(path, json={"name": "x", "resource": "staff", "planned_minor": 1} | wrong)
        assert answer.status_code == 422, answer.text


async def test_a_touchpoint_is_a_draft_that_may_be_unfinished(world: World) -> None:
    campaign = await made(world)
    path = f"{world.path}/campaigns/{campaign['id']}/touchpoints"
    draft = (await world.http.post(path, json={"name": "First mail", "send_at": "2030-03-02T09:00:00+01:00"})).json()
    assert (draft["state"], draft["audience"], draft["send_at"]) == ("draft", None, "2030-03-02T08:00:00Z")
    assert [item["id"] for item in (await world.http.get(path)).json()] == [draft["id"]]
    one = f"{world.path}/touchpoints/{draft['id']}"
    saved = await world.http.put(one, json={"name": "Mail", "per_hour": 500, "holdout_percent": 10, "version": 1})
    assert (saved.json()["per_hour"], saved.json()["send_at"], saved.json()["version"]) == (500, None, 2)
    assert (await world.http.put(one, json={"name": "Mail", "version": 1})).json()["code"] == "changed_meanwhile"
    for wrong, code in (
        ({"audience_id": "00000000-0000-7000-8000-000000000000"}, "audience_unknown"),
        ({"topic_id": 2_000_000_000}, "topic_unknown"),
        ({"topic_id": 10**30}, "request_invalid"),
        ({"per_hour": 0}, "request_invalid"),
        ({"holdout_percent": 101}, "request_invalid"),
        ({"send_at": "2030-03-02T09:00:00"}, "request_invalid"),
    ):
        answer = await world.http.put(one, json={"name": "Mail", "version": 2} | wrong)
        assert (answer.status_code, answer.json()["code"]) == (422, code), answer.text
    assert (await world.http.delete(one)).status_code == 204
    late = await world.http.put(one, json={"name": "Mail", "version": 3})
    assert late.json()["code"] == "touchpoint_archived", "it is out of use, and can be taken back"


async def test_everything_is_in_the_audit_trail(world: World) -> None:
    campaign = await made(world)
    path = f"{world.path}/campaigns/{campaign['id']}"
    await world.http.put(f"{path}/goal", json={"metric": "clickers", "target": 10, "deadline": "2030-04-30"})
    await world.http.post(f"{path}/budget", json={"name": "Photos", "resource": "media", "planned_minor": 100})
    await world.http.post(f"{path}/touchpoints", json={"name": "Mail"})
    await world.http.put(path, json=CAMPAIGN | {"name": "Fall", "version": 1})
    await world.http.delete(path)
    entries = (await world.http.get(f"{world.path}/audit")).json()["items"]
    assert [entry["action"] for entry in entries][:6] == [
        "campaign.deleted", "campaign.changed", "touchpoint.created", "budget_line.added", "goal.set",
        "campaign.created",
    ]  # fmt: skip
    changed = entries[1]["details"]["changed"]
    assert changed == {"name": "Fall", "leader_id": None}
    assert {entry["actor_name"] for entry in entries[:6]} == {world.ctx.actor.name}


async def test_no_route_leads_into_another_workspace(world: World, make_world: Callable[[], Awaitable[World]]) -> None:
    other = await make_world()
    campaign = await made(other)
    theirs = f"campaigns/{campaign['id']}"
    mail = (await other.http.post(f"{other.path}/{theirs}/touchpoints", json={"name": "Mail"})).json()
    line = {"name": "x", "resource": "staff", "planned_minor": 1}
    added = (await other.http.post(f"{other.path}/{theirs}/budget", json=line)).json()["lines"][0]
    mine = await made(world)
    goal = {"metric": "clickers", "target": 10, "deadline": "2030-01-01"}
    attempts: list[tuple[str, str, dict[str, Any] | None]] = [
        ("GET", theirs, None),
        ("PUT", theirs, CAMPAIGN | {"version": 1}),
        ("PUT", f"{theirs}/state", {"state": "archived", "version": 1}),
        ("DELETE", theirs, None),
        ("PUT", f"{theirs}/goal", goal),
        ("DELETE", f"{theirs}/goal", None),
        ("GET", f"{theirs}/budget", None),
        ("POST", f"{theirs}/budget", line),
        ("PUT", f"campaigns/{mine['id']}/budget/{added['id']}", line | {"version": 1}),
        ("DELETE", f"campaigns/{mine['id']}/budget/{added['id']}", None),
        ("GET", f"{theirs}/touchpoints", None),
        ("POST", f"{theirs}/touchpoints", {"name": "Mail"}),
        ("GET", f"touchpoints/{mail['id']}", None),
        ("PUT", f"touchpoints/{mail['id']}", {"name": "Mine", "version": 1}),
        ("DELETE", f"touchpoints/{mail['id']}", None),
    ]
    for method, path, body in attempts:
        answer = await world.http.request(method, f"{world.path}/{path}", json=body)
        assert answer.status_code == 404, (method, path, answer.text)
    assert (await other.http.get(f"{other.path}/{theirs}")).json() == campaign | {
        "touchpoints": {"planned": 1, "launched": 0, "done": 0},
        "budget": {"planned_minor": 1, "spent_minor": 0, "currency": "EUR", "lines": 1},
    }


@pytest.mark.parametrize("role", list(Role))
async def test_who_may_plan(world: World, role: Role) -> None:
    campaign = await made(world)
    client = await world.member(role)
    seen = await client.get(f"{world.path}/campaigns/{campaign['id']}")
    assert seen.status_code == (404 if role is Role.GUEST else 200), "a guest has no part in it yet"
    written = await client.post(f"{world.path}/campaigns", json=CAMPAIGN)
    assert written.status_code == (201 if role in (Role.OWNER, Role.MANAGER, Role.CREATOR) else 403)
