"""A brief is written by several people at once, and nothing anybody wrote is lost."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from gonfalon.accounts.model import Role, Workspace
from gonfalon.metrics.catalogue import GoalMetric
from gonfalon.planning.briefs.pdf import goal_line
from gonfalon.planning.model import StoredGoal
from tests.conftest import World
from tests.planning.test_campaigns import made


async def brief_of(world: World, **values: Any) -> str:
    campaign = await made(world, **values)
    return f"{world.path}/campaigns/{campaign['id']}/brief"


async def passage(world: World, path: str, section: str) -> dict[str, Any]:
    found = (await world.http.get(path)).json()["passages"]
    return next(one for one in found if one["section"] == section)


async def save(world: World, path: str, at: dict[str, Any], text: str, version: int | None = None) -> dict[str, Any]:
    body = {"version": at["version"] if version is None else version, "text": text}
    answer = await world.http.put(f"{path}/passages/{at['id']}", json=body)
    assert answer.status_code == 200, answer.text
    saved: dict[str, Any] = answer.json()
    return saved


async def test_a_brief_begins_empty_and_saves_passage_by_passage(world: World) -> None:
    path = await brief_of(world)
    sections = [one["section"] for one in (await world.http.get(path)).json()["passages"]]
    assert sections == ["objective", "value_proposition", "call_to_action", "timing", "owned", "paid", "earned"]
    objective = await passage(world, path, "objective")
    assert (objective["version"], objective["text"]) == (0, "")
    saved = await save(world, path, objective, "More first orders.")
    assert saved == {"version": 1, "text": "More first orders.", "merged": False, "both": False}
    assert await save(world, path, objective, "More first orders.", 1) == saved, "the same again changes nothing"
    assert (await passage(world, path, "objective"))["updated_by"] == world.ctx.actor.name


async def test_three_people_writing_at_once_lose_nothing(world: World) -> None:
    path = await brief_of(world)
    objective = await passage(world, path, "objective")
    base = await save(world, path, objective, "One. Two. Three.")
    await asyncio.gather(
        save(world, path, objective, "Zero. One. Two. Three.", base["version"]),
        save(world, path, objective, "One. Two and a half. Three.", base["version"]),
        save(world, path, objective, "One. Two. Three. Four.", base["version"]),
    )
    text = (await passage(world, path, "objective"))["text"]
    assert text == "Zero. One. Two and a half. Three. Four."
    late = await save(world, path, objective, "One. 2. Three.", base["version"])
    assert late["merged"]
    assert late["both"]
    assert "Two and a half" in late["text"]
    assert "2" in late["text"]
    changes = (await world.http.get(f"{path}/changes")).json()["items"]
    assert [change["version"] for change in changes] == [5, 4, 3, 2, 1]


async def test_typing_on_while_a_merged_save_is_on_its_way_doubles_nothing(world: World) -> None:
    path = await brief_of(world)
    at = await passage(world, path, "objective")
    await save(world, path, at, "Tea.")
    await save(world, path, at, "Tea. Theirs.", 1)
    merged = await save(world, path, at, "Tea, mine.", 1)
    assert merged["text"] == "Tea, mine. Theirs."
    body = {"version": merged["version"], "base": "Tea, mine.", "text": "Tea, mine, and more."}
    on = (await world.http.put(f"{path}/passages/{at['id']}", json=body)).json()
    assert (on["text"], on["both"]) == ("Tea, mine, and more. Theirs.", False)


async def test_two_who_begin_the_same_passage_both_stand_in_it(world: World) -> None:
    path = await brief_of(world)
    timing = await passage(world, path, "timing")
    await asyncio.gather(save(world, path, timing, "In March"), save(world, path, timing, "Before Easter"))
    text = (await passage(world, path, "timing"))["text"]
    assert "In March" in text
    assert "Before Easter" in text


async def test_audiences_have_messages_and_go_with_them(world: World) -> None:
    path = await brief_of(world)

    async def add(**body: Any) -> dict[str, Any]:
        answer = await world.http.post(f"{path}/passages", json=body)
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()["passages"][-1]
        return found

    audience = await add(section="audience", text="People who bought once")
    message = await add(section="message", parent_id=audience["id"], kind="objection", text="It is easy to return")
    assert (message["parent_id"], message["kind"]) == (audience["id"], "objection")
    orphan = await world.http.post(f"{path}/passages", json={"section": "message", "text": "To whom?"})
    assert orphan.json()["code"] == "message_audience"
    twice = await world.http.post(f"{path}/passages", json={"section": "objective"})
    assert twice.json()["code"] == "section_single"
    place = await world.http.put(f"{path}/passages/{message['id']}/place", json={"kind": "trigger"})
    assert place.json()["passages"][-1]["kind"] == "trigger"
    left = (await world.http.delete(f"{path}/passages/{audience['id']}")).json()["passages"]
    assert {one["section"] for one in left}.isdisjoint({"audience", "message"})
    gone = await world.http.put(f"{path}/passages/{message['id']}", json={"version": 1, "text": "Still typing"})
    assert (gone.status_code, gone.json()["code"]) == (404, "passage_unknown")


async def test_a_kept_version_comes_back_whole(world: World) -> None:
    path = await brief_of(world)
    objective = await passage(world, path, "objective")
    await save(world, path, objective, "First thought")
    added = await world.http.post(f"{path}/passages", json={"section": "hypothesis", "text": "Short subjects win"})
    hypothesis = added.json()["passages"][-1]
    assert (await world.http.post(f"{path}/versions", json={"note": "Before the meeting"})).status_code == 201
    await save(world, path, objective, "Second thought", 1)
    await world.http.delete(f"{path}/passages/{hypothesis['id']}")
    kept = (await world.http.get(f"{path}/versions/1")).json()
    assert (kept["note"], kept["passages"][0]["text"]) == ("Before the meeting", "First thought")
    restored = (await world.http.post(f"{path}/versions/1/restore")).json()["passages"]
    assert [one["text"] for one in restored if one["text"]] == ["First thought", "Short subjects win"]
    texts = [change["text"] for change in (await world.http.get(f"{path}/changes")).json()["items"]]
    assert "Second thought" in texts, "what was written in between is still known"
    assert (await world.http.get(f"{path}/versions/9")).json()["code"] == "brief_version_unknown"


async def test_past_briefs_about_the_same_things_are_offered(world: World) -> None:
    past = await brief_of(world, name="Last spring")
    await save(world, past, await passage(world, past, "objective"), "Win back people who bought garden furniture")
    other = await brief_of(world, name="Christmas")
    await save(world, other, await passage(world, other, "objective"), "Sell more socks")
    path = await brief_of(world, name="This spring")
    assert (await world.http.get(f"{path}/similar")).json() == []
    await save(world, path, await passage(world, path, "objective"), "Garden chairs for those who had a garden table")
    offered = (await world.http.get(f"{path}/similar")).json()
    assert [(one["campaign_name"], one["section"]) for one in offered] == [("Last spring", "objective")]
    asked = (await world.http.get(f"{path}/similar", params={"q": "Warm socks' & (for | all) \\ :*"})).json()
    assert [one["campaign_name"] for one in asked] == ["Christmas"]


async def test_the_brief_is_printed_and_bad_input_is_refused(world: World) -> None:
    path = await brief_of(world)
    objective = await passage(world, path, "objective")
    await save(world, path, objective, 'Sell #tea [now] $x$ *and* "more" @home')
    printed = await world.http.get(f"{path}.pdf")
    assert (printed.status_code, printed.content[:5]) == (200, b"%PDF-")
    for body, code in (
        ({"version": 9, "text": "x"}, "version_unknown"),
        ({"version": 1, "text": "x" * 20_001}, "request_invalid"),
        ({"version": 1, "text": "a\x00b"}, "request_invalid"),
        ({"version": -1, "text": "x"}, "request_invalid"),
    ):
        answer = await world.http.put(f"{path}/passages/{objective['id']}", json=body)
        assert (answer.status_code, answer.json()["code"]) == (422, code)
    analyst = await world.member(Role.ANALYST)
    assert (await analyst.get(path)).status_code == 200
    refused = await analyst.put(f"{path}/passages/{objective['id']}", json={"version": 1, "text": "x"})
    assert refused.status_code == 403


def test_the_printed_goal_says_from_where_to_where_by_when() -> None:
    goal = StoredGoal(
        GoalMetric.CLICK_RATE, Decimal("0.05"), date(2027, 3, 1), Decimal("0.021"),
        id=uuid4(), name="Grow", owner=None, parent=None, told_version=None, told_at=None, told_by="", version=1,
    )  # fmt: skip
    workspace = Workspace(1, "w", "W", "Europe/Stockholm", "EUR", "en")
    assert goal_line(goal, workspace, "en") == "Grow\nClick rate: from 2.10% to 5.00% by 1 March 2027"
    money = replace(goal, name="", metric=GoalMetric.REVENUE, baseline=None, target=Decimal(1_200_000))
    assert goal_line(money, workspace, "sv") == "Intäkter: 12\xa0000\xa0€ senast 1 mars 2027"
    assert goal_line(None, workspace, "zh") == ""


async def test_a_brief_is_talked_about_and_followed_as_its_campaign_is_seen(world: World) -> None:
    path = await brief_of(world, name="Spring")
    thing = f"{world.path}/things/brief/{path.split('/')[-2]}"
    said = await world.http.post(f"{thing}/comments", json={"body": "Whom for?"})
    assert said.status_code == 200, said.text
    found = (await world.http.get(thing)).json()
    assert (found["title"], found["following"]) == ("Spring", True)
    guest = await world.member(Role.GUEST)
    assert (await guest.get(f"{thing}/comments")).status_code == 404


async def test_an_approved_brief_that_is_changed_needs_a_new_yes(world: World) -> None:
    path = await brief_of(world)
    campaign = path.split("/")[-2]
    asked = {"kind": "brief", "id": campaign}
    empty = await world.http.get(f"{world.path}/approvals/standing", params=asked)
    assert empty.json()["code"] == "brief_empty"
    objective = await passage(world, path, "objective")
    await save(world, path, objective, "More first orders.")
    rule = {"kind": "brief", "steps": [{"kind": "role", "ref": "approver"}]}
    made_rule = await world.http.post(f"{world.path}/approval-rules", json=rule)
    assert made_rule.status_code == 201, made_rule.text
    approver = await world.member(Role.APPROVER)

    async def standing() -> str:
        answer = await world.http.get(f"{world.path}/approvals/standing", params=asked)
        return str(answer.json()["standing"])

    assert await standing() == "missing"
    request = (await world.http.post(f"{world.path}/approvals", json=asked)).json()
    decision = {"step_id": request["steps"][0]["id"], "verdict": "approve"}
    said = await approver.post(f"{world.path}/approvals/{request['id']}/decisions", json=decision)
    assert said.status_code == 200, said.text
    assert await standing() == "approved"
    await save(world, path, objective, "More first orders, and quickly.", 1)
    assert await standing() == "void"
