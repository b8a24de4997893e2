"""Lessons: what can be relied on, what comes back when, what contradicts it, and who is told that it gets old."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import update

from gonfalon.accounts.model import Role
from gonfalon.planning.playbook.lessons.jobs import remind_all
from gonfalon.planning.tables.playbook import lessons
from tests.conftest import World
from tests.planning.test_campaigns import made

EFFECT = {"metric": "click_rate", "unit": "relative", "value": 0.12, "low": 0.05, "high": 0.2}


async def learned(world: World, *, publish: bool = True, **values: Any) -> dict[str, Any]:
    body = {
        "title": "Short subjects are opened more",
        "change": "Subjects of at most 40 characters",
        "type": "email",
        "effect": EFFECT,
        "evidence": {"kind": "link", "url": "https://reports.example/7"},
    }
    answer = await world.http.post(f"{world.path}/lessons", json=body | values)
    assert answer.status_code == 201, answer.text
    lesson: dict[str, Any] = answer.json()
    if publish:
        moved = await world.http.put(
            f"{world.path}/lessons/{lesson['id']}/state", json={"state": "published", "version": 1}
        )
        assert moved.status_code == 200, moved.text
        lesson = moved.json()
    return lesson


async def matching(world: World, campaign: dict[str, Any]) -> list[dict[str, Any]]:
    answer = await world.http.get(f"{world.path}/campaigns/{campaign['id']}/lessons/matching")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


async def test_a_lesson_is_a_draft_until_others_can_rely_on_it(world: World) -> None:
    draft = await learned(world, publish=False, change="", evidence=None)
    assert (draft["state"], draft["owner"]["name"]) == ("draft", world.ctx.actor.name)
    assert draft["expires_on"] == (world.ctx.today + timedelta(days=365)).isoformat()
    path = f"{world.path}/lessons/{draft['id']}"

    async def publish(version: int) -> Any:
        return await world.http.put(f"{path}/state", json={"state": "published", "version": version})

    assert (await publish(1)).json()["code"] == "lesson_change"
    body = {"title": draft["title"], "change": "Shorter"}
    await world.http.put(path, json=body | {"version": 1})
    assert (await publish(2)).json()["code"] == "lesson_evidence"
    campaign = await made(world)
    body |= {"evidence": {"kind": "report", "id": campaign["id"]}}
    await world.http.put(path, json=body | {"version": 2})
    assert (await publish(3)).json()["state"] == "published"
    emptied = await world.http.put(path, json=body | {"change": " ", "version": 4})
    assert emptied.json()["code"] == "lesson_change", "a published one stays what others can rely on"
    late = await world.http.put(path, json=body | {"version": 3})
    assert late.json()["code"] == "changed_meanwhile"


async def test_bad_lessons_get_a_clear_answer(world: World) -> None:
    campaign = await made(world)
    nobody = "00000000-0000-7000-8000-000000000000"
    for values, code in (
        ({"title": " "}, "title_missing"),
        ({"effect": EFFECT | {"low": 0.3}}, "lesson_range"),
        ({"effect": EFFECT | {"low": 0.2, "high": 0.05}}, "lesson_range"),
        ({"effect": EFFECT | {"high": None}}, "lesson_range"),
        ({"effect": EFFECT | {"value": 1e20, "low": None, "high": None}}, "request_invalid"),
        ({"evidence": {"kind": "link", "url": "javascript:alert(1)"}}, "lesson_evidence"),
        ({"evidence": {"kind": "touchpoint"}}, "lesson_evidence"),
        ({"evidence": {"kind": "touchpoint", "id": campaign["id"]}}, "touchpoint_unknown"),
        ({"expires_on": "2199-01-01"}, "lesson_expiry"),
        ({"owner_id": nobody}, "owner_unknown"),
        ({"audience_id": nobody}, "audience_unknown"),
    ):
        answer = await world.http.post(f"{world.path}/lessons", json={"title": "x"} | values)
        assert (answer.status_code, answer.json()["code"]) == (422, code), values
    unknown = await world.http.post(f"{world.path}/lessons", json={"title": "x", "campaign_id": nobody})
    assert unknown.json()["code"] == "campaign_unknown"


async def test_an_expired_lesson_is_not_offered_and_cannot_be_published(world: World) -> None:
    lesson = await learned(world)
    campaign = await made(world)
    assert [one["id"] for one in await matching(world, campaign)] == [lesson["id"]]
    async with world.services.db.transaction() as connection:
        await connection.execute(
            update(lessons).where(lessons.c.workspace_id == world.workspace.id).values(expires_on=world.ctx.today)
        )
    assert await matching(world, campaign) == []
    listed = (await world.http.get(f"{world.path}/lessons", params={"state": "expired"})).json()["items"]
    assert [one["state"] for one in listed] == ["expired"]
    assert (await world.http.get(f"{world.path}/lessons", params={"state": "published"})).json()["items"] == []
    path = f"{world.path}/lessons/{lesson['id']}"
    again = await world.http.put(f"{path}/state", json={"state": "published", "version": 2})
    assert again.json()["code"] == "lesson_expired"


async def test_lessons_come_back_where_they_fit_the_closest_first(world: World) -> None:
    audience = (await world.http.post(f"{world.path}/audiences", json={"kind": "list", "name": "Gardeners"})).json()
    campaign = await made(world, name="Chairs", type="email", category="engagement")
    brief = f"{world.path}/campaigns/{campaign['id']}/brief/passages"
    await world.http.post(brief, json={"section": "audience", "audience_id": audience["id"]})
    await world.http.post(brief, json={"section": "hypothesis", "text": "花园家具 Gardeners like chairs with cushions"})
    by_audience = await learned(world, title="A", type=None, audience_id=audience["id"])
    by_type = await learned(world, title="B")
    by_words = await learned(world, title="C: cushions sell chairs", type="social")
    by_chinese = await learned(world, title="花园家具在春天卖得好", type="social")
    await learned(world, title="D", type="social")
    await learned(world, title="E", type=None, category="engagement")
    await learned(world, title="F", publish=False)
    await learned(world, title="G", campaign_id=campaign["id"])
    found = await matching(world, campaign)
    assert [one["id"] for one in found[:2]] == [by_audience["id"], by_type["id"]]
    assert {one["id"] for one in found[2:]} == {by_words["id"], by_chinese["id"]}
    because = {one["id"]: one["because"] for one in found}
    assert because[by_audience["id"]] == ["audience"]
    assert because[by_type["id"]] == ["type"]
    assert because[by_words["id"]] == ["words"]


async def test_contradictions_stand_side_by_side(world: World) -> None:
    up = await learned(world)
    down = await learned(world, title="Not any more", effect=EFFECT | {"value": -0.1, "low": -0.2, "high": -0.01})
    await learned(world, title="Less sure", effect=EFFECT | {"value": -0.1, "low": -0.3, "high": 0.1})
    await learned(world, title="Other metric", effect={"metric": "open_rate", "value": -0.1})
    await learned(world, title="Elsewhere", channel="social", effect={"metric": "click_rate", "value": -0.1})
    await learned(world, title="Draft", publish=False, effect={"metric": "click_rate", "value": -0.1})
    listed = (await world.http.get(f"{world.path}/lessons")).json()["items"]
    against = {one["id"]: [other["id"] for other in one["contradicts"]] for one in listed}
    assert against[up["id"]] == [down["id"]]
    assert against[down["id"]] == [up["id"]]
    assert sum(map(len, against.values())) == 2
    beside = await matching(world, await made(world))
    assert next(one for one in beside if one["id"] == up["id"])["contradicts"][0]["title"] == "Not any more"


async def test_the_owner_is_told_once_before_a_lesson_expires(world: World) -> None:
    soon = await learned(world, title="Soon", expires_on=(world.ctx.today + timedelta(days=20)).isoformat())
    await learned(world, title="Later", expires_on=(world.ctx.today + timedelta(days=90)).isoformat())
    for _ in range(2):
        await remind_all(world.services)
    told = (await world.http.get(f"{world.path}/notices")).json()["items"]
    mine = [one["thing"] for one in told if one["kind"] == "lesson_due"]
    assert mine == [{"kind": "lesson", "id": soon["id"], "title": "Soon", "campaign_id": None}]


async def test_guests_see_lessons_of_their_campaigns_and_search_finds_words(world: World) -> None:
    campaign = await made(world)
    seen = await learned(world, title="Reminders two days before", campaign_id=campaign["id"])
    await learned(world, title="Hidden")
    guest = await world.member(Role.GUEST)
    me = (await guest.get("/api/v1/me")).json()
    await world.http.put(f"{world.path}/campaigns/{campaign['id']}/members/{me['id']}", json={"part": "does"})
    assert [one["id"] for one in (await guest.get(f"{world.path}/lessons")).json()["items"]] == [seen["id"]]
    assert (await guest.post(f"{world.path}/lessons", json={"title": "x"})).status_code == 403
    found = (await world.http.get(f"{world.path}/lessons", params={"q": "remind two"})).json()["items"]
    assert [one["id"] for one in found] == [seen["id"]]
    assert (await world.http.delete(f"{world.path}/lessons/{seen['id']}")).status_code == 204
    assert (await world.http.get(f"{world.path}/lessons/{seen['id']}")).json()["code"] == "lesson_unknown"
