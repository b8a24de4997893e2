"""Touchpoints of channels that Gonfalon does not send: planned here, carried out elsewhere, marked as done."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from gonfalon.accounts.model import Role
from gonfalon.kit.errors import Conflict, Invalid
from gonfalon.planning.touchpoints.rules import check_done
from tests.conftest import World

TODAY = date(2026, 11, 22)


def test_only_what_is_carried_out_elsewhere_is_marked_as_done() -> None:
    with pytest.raises(Conflict) as sent:
        check_done("x", True, TODAY, TODAY)
    assert sent.value.code == "channel_sent_here"
    check_done("x", False, TODAY, TODAY)
    with pytest.raises(Invalid):
        check_done("x", False, TODAY + timedelta(days=1), TODAY)
    with pytest.raises(Invalid):
        check_done("x", False, date(1999, 12, 31), TODAY)


async def made(world: World, path: str, **body: Any) -> dict[str, Any]:
    answer = await world.http.post(f"{world.path}/{path}", json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def planned(world: World, channel: str = "social", **body: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    campaign = await made(world, "campaigns", name="Spring", category="engagement")
    path = f"campaigns/{campaign['id']}/touchpoints"
    return campaign, await made(world, path, name="Post", channel=channel, **body)


async def test_a_post_is_planned_done_corrected_and_taken_back(world: World) -> None:
    campaign, post = await planned(world, note="Behind the scenes")
    path = f"{world.path}/touchpoints/{post['id']}"
    assert (post["state"], post["sent_here"], post["note"]) == ("draft", False, "Behind the scenes")
    check = (await world.http.get(f"{path}/check")).json()
    assert "channel.elsewhere" in {answer["code"] for answer in check["answers"]}
    assert not {"template", "sender", "topic"} & {answer["question"] for answer in check["answers"]}
    launched = await world.http.post(f"{path}/launch")
    assert (launched.status_code, launched.json()["code"]) == (409, "channel_elsewhere")

    done = {"on": "2026-01-10", "reached": 12_400, "cost_minor": 3_000, "version": 1}
    answer = await world.http.put(f"{path}/done", json=done)
    assert answer.status_code == 200, answer.text
    shown = answer.json()
    assert {key: shown[key] for key in ("state", "done_on", "reached", "cost_minor", "done_by", "launched_at")} == {
        "state": "done", "done_on": "2026-01-10", "reached": 12_400, "cost_minor": 3_000,
        "done_by": world.ctx.actor.name, "launched_at": None,
    }  # fmt: skip
    now = (await world.http.get(f"{world.path}/campaigns/{campaign['id']}")).json()
    assert (now["state"], now["touchpoints"]) == ("running", {"planned": 1, "launched": 0, "done": 1})
    assert (await world.http.put(f"{path}/done", json=done)).json()["code"] == "changed_meanwhile"
    again = (await world.http.put(f"{path}/done", json=done | {"reached": 13_000, "version": 2})).json()
    assert again["reached"] == 13_000
    edited = await world.http.put(path, json={"name": "Other", "version": 3})
    assert (edited.status_code, edited.json()["code"]) == (409, "touchpoint_done")
    for target in (path, f"{world.path}/campaigns/{campaign['id']}"):
        assert (await world.http.delete(target)).status_code == 409
    listed = (await world.http.get(f"{world.path}/touchpoints?state=done&channel=social")).json()["items"]
    assert [one["id"] for one in listed] == [post["id"]]

    reopened = (await world.http.delete(f"{path}/done")).json()
    assert (reopened["state"], reopened["reached"], reopened["cost_minor"]) == ("draft", None, None)
    assert (await world.http.delete(f"{path}/done")).json()["code"] == "touchpoint_open"
    trail = (await world.http.get(f"{world.path}/audit")).json()["items"]
    assert [entry["action"] for entry in trail][:3] == ["touchpoint.reopened", "touchpoint.done", "touchpoint.done"]


async def test_a_channel_stays_when_a_save_leaves_it_out_and_can_change_while_it_is_a_draft(world: World) -> None:
    campaign, post = await planned(world, channel="sms")
    path = f"{world.path}/touchpoints/{post['id']}"
    assert (await world.http.put(path, json={"name": "Text", "version": 1})).json()["channel"] == "sms"
    changed = (await world.http.put(path, json={"name": "Text", "channel": "email", "version": 2})).json()
    assert (changed["channel"], changed["sent_here"]) == ("email", True)
    refused = await world.http.put(f"{path}/done", json={"on": "2026-01-10", "version": 3})
    assert (refused.status_code, refused.json()["code"]) == (409, "channel_sent_here")
    wrong = await world.http.put(path, json={"name": "Text", "channel": "pigeon", "version": 3})
    assert wrong.json()["code"] == "request_invalid"
    other = await made(world, "campaigns", name="Other", category="engagement")
    line = {"name": "Prints", "resource": "media", "planned_minor": 1}
    budget = await world.http.post(f"{world.path}/campaigns/{other['id']}/budget", json=line)
    theirs = budget.json()["lines"][0]["id"]
    strange = await world.http.put(path, json={"name": "Text", "budget_line_id": theirs, "version": 3})
    assert strange.json()["code"] == "budget_line_unknown"
    assert campaign["id"] != other["id"]


async def test_what_it_cost_is_spent_on_its_line_once_and_corrected_with_it(world: World) -> None:
    campaign, post = await planned(world)
    budget = f"{world.path}/campaigns/{campaign['id']}/budget"
    lines = []
    for name in ("Media", "Prints"):
        added = await world.http.post(budget, json={"name": name, "resource": "media", "planned_minor": 10_000})
        lines.append(added.json()["lines"][-1]["id"])

    async def spent() -> list[int]:
        return [line["spent_minor"] for line in (await world.http.get(budget)).json()["lines"]]

    async def entries() -> list[tuple[str, str, int]]:
        found = (await world.http.get(f"{budget}/entries")).json()["items"]
        return [(entry["kind"], entry["note"], entry["counted_minor"]) for entry in found]

    path = f"{world.path}/touchpoints/{post['id']}/done"
    version = 0

    async def done(**values: Any) -> None:
        nonlocal version
        version += 1
        answer = await world.http.put(path, json={"on": "2026-01-10", "version": version} | values)
        assert answer.status_code == 200, answer.text

    await done(cost_minor=3_000)
    assert await spent() == [0, 0], "nothing pays for it"
    await done(cost_minor=3_000, budget_line_id=lines[0])
    assert await entries() == [("media", "Post", 3_000)]
    await done(cost_minor=3_000, reached=9)
    assert await entries() == [("media", "Post", 3_000)], "the same again is no second bill"
    await done(cost_minor=2_500)
    assert await spent() == [2_500, 0]
    assert sorted(each[2] for each in await entries()) == [-3_000, 2_500, 3_000]
    await done(cost_minor=2_500, budget_line_id=lines[1])
    assert await spent() == [0, 2_500]
    await done(on="2026-01-11", cost_minor=2_500)
    assert await spent() == [0, 2_500]
    assert (await world.http.delete(path)).status_code == 200
    assert await spent() == [0, 0]
    assert sum(each[2] for each in await entries()) == 0
    version += 1
    await done(cost_minor=1)
    assert await spent() == [0, 1]
    strange = {"on": "2026-01-10", "cost_minor": 1, "version": version + 1, "budget_line_id": campaign["id"]}
    assert (await world.http.put(path, json=strange)).json()["code"] == "budget_line_unknown"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"on": "2199-01-01"}, "done_later"),
        ({"on": "1990-01-01"}, "done_long_ago"),
        ({"on": "2026-01-10", "reached": -1}, "request_invalid"),
        ({"on": "2026-01-10", "cost_minor": 10**16}, "request_invalid"),
        ({"on": "soon"}, "request_invalid"),
    ],
)
async def test_bad_numbers_of_what_was_done(world: World, body: dict[str, Any], code: str) -> None:
    _, post = await planned(world)
    answer = await world.http.put(f"{world.path}/touchpoints/{post['id']}/done", json=body | {"version": 1})
    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def needs(world: World, campaign: str, stage: str) -> dict[str, tuple[bool, int]]:
    shown = (await world.http.get(f"{world.path}/campaigns/{campaign}/stage")).json()
    return {need["code"]: (need["met"], need["missing"]) for need in shown["needs"][stage]}


async def test_the_stages_count_what_is_done_and_ask_content_of_emails_only(world: World) -> None:
    campaign, post = await planned(world)
    assert await needs(world, campaign["id"], "create") == {"touchpoints": (True, 0), "content": (True, 0)}
    assert (await needs(world, campaign["id"], "audience"))["audiences"] == (True, 0), "a post is for everybody"
    assert (await needs(world, campaign["id"], "launch"))["launched"] == (False, 1)
    await made(world, f"campaigns/{campaign['id']}/touchpoints", name="Text", channel="sms")
    assert (await needs(world, campaign["id"], "audience"))["audiences"] == (False, 1)
    await made(world, f"campaigns/{campaign['id']}/touchpoints", name="Mail")
    assert (await needs(world, campaign["id"], "create"))["content"] == (False, 1)
    path = f"{world.path}/touchpoints/{post['id']}/done"
    assert (await world.http.put(path, json={"on": "2026-01-10", "version": 1})).status_code == 200
    assert (await needs(world, campaign["id"], "launch"))["launched"] == (False, 2)


async def test_what_was_planned_for_a_past_day_and_not_done_wants_attention(world: World) -> None:
    campaign, post = await planned(world, send_at="2026-01-10T09:00:00Z")
    path = f"{world.path}/campaigns/{campaign['id']}/attention"
    assert ("touchpoint.undone", post["id"]) in {
        (one["code"], one["id"]) for one in (await world.http.get(path)).json()
    }
    done = {"on": "2026-01-10", "version": 1}
    assert (await world.http.put(f"{world.path}/touchpoints/{post['id']}/done", json=done)).status_code == 200
    assert "touchpoint.undone" not in {one["code"] for one in (await world.http.get(path)).json()}


async def test_nothing_is_done_without_the_yes_its_channel_needs(world: World) -> None:
    _, post = await planned(world)
    manager = await world.member(Role.MANAGER)
    step = {"kind": "role", "ref": "manager"}
    await made(world, "approval-rules", kind="launch", channels=["social"], steps=[step])
    path = f"{world.path}/touchpoints/{post['id']}/done"
    refused = await world.http.put(path, json={"on": "2026-01-10", "version": 1})
    assert (refused.status_code, refused.json()["code"]) == (409, "approval_needed")
    asked = await made(world, "approvals", kind="launch", id=post["id"])
    yes = {"step_id": asked["steps"][0]["id"], "verdict": "approve"}
    decided = await manager.post(f"{world.path}/approvals/{asked['id']}/decisions", json=yes)
    assert decided.json()["state"] == "approved", decided.text
    assert (await world.http.put(path, json={"on": "2026-01-10", "version": 1})).status_code == 200
