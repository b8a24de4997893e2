"""The retrospective: written together, with the numbers of its day, and what it leads to."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from gonfalon.accounts.model import Role
from tests.conftest import World
from tests.planning.test_campaigns import made

RESULTS = [
    {"metric": "conversions", "value": 90, "baseline": 60, "target": 100},
    {"metric": "click_rate", "value": 0.034},
    {"metric": "revenue", "value": 1_234_500},
    {"metric": "roi", "value": None},
]


async def retro_of(world: World, **values: Any) -> tuple[dict[str, Any], str]:
    campaign = await made(world, **{"starts_on": world.ctx.today.isoformat()} | values)
    return campaign, f"{world.path}/campaigns/{campaign['id']}/retrospective"


async def save(world: World, path: str, section: str, version: int, words: str) -> dict[str, Any]:
    answer = await world.http.put(f"{path}/passages/{section}", json={"version": version, "text": words})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def passage(world: World, path: str, section: str) -> dict[str, Any]:
    found = (await world.http.get(path)).json()["passages"]
    return next(one for one in found if one["section"] == section)


async def test_three_people_write_at_once_and_lose_nothing(world: World) -> None:
    _, path = await retro_of(world)
    assert [one["version"] for one in (await world.http.get(path)).json()["passages"]] == [0] * 6
    base = await save(world, path, "worked", 0, "One. Two. Three.")
    await asyncio.gather(
        save(world, path, "worked", base["version"], "Zero. One. Two. Three."),
        save(world, path, "worked", base["version"], "One. Two and a half. Three."),
        save(world, path, "worked", base["version"], "One. Two. Three. Four."),
    )
    present = await passage(world, path, "worked")
    assert present["text"] == "Zero. One. Two and a half. Three. Four."
    same = await save(world, path, "worked", present["version"], present["text"])
    assert same == {"version": present["version"], "text": present["text"], "merged": False, "both": False}
    assert (await passage(world, path, "lacked"))["text"] == "", "a passage is saved by itself"


async def test_facts_are_money_and_days(world: World) -> None:
    campaign, path = await retro_of(world, starts_on="2030-03-04", ends_on="2030-03-29")
    base = f"{world.path}/campaigns/{campaign['id']}"
    line = {"name": "Ads", "resource": "media", "planned_minor": 1000, "spent_minor": 1300}
    assert (await world.http.post(f"{base}/budget", json=line)).status_code == 201
    for name, days in (("Copy", 2), ("Design", 4), ("Group", 1)):
        made_task = await world.http.post(f"{base}/tasks", json={"name": name, "duration_days": days})
        assert made_task.status_code == 201, made_task.text
    facts = (await world.http.get(path)).json()["facts"]
    assert (facts["planned_minor"], facts["spent_minor"], facts["currency"]) == (1000, 1300, "EUR")
    assert (facts["tasks"], facts["baselined"], facts["slip_days"]) == (3, 0, None), "nothing to compare with yet"
    async with world.services.db.transaction() as connection:
        await connection.execute(
            text(
                "update tasks set baseline_starts_on = starts_on, baseline_ends_on = ends_on - "
                "case name when 'Design' then 3 when 'Copy' then 1 else 0 end where campaign_id = :campaign"
            ),
            {"campaign": campaign["id"]},
        )
    facts = (await world.http.get(path)).json()["facts"]
    assert (facts["baselined"], facts["late"]) == (3, 2)
    assert facts["latest"] == [{"name": "Design", "slip_days": 3}, {"name": "Copy", "slip_days": 1}]
    assert facts["slip_days"] == 3, "Thursday instead of Monday"
    assert facts["ends_on"] == "2030-03-07"


async def test_closing_keeps_the_numbers_and_completes_the_last_stage(world: World) -> None:
    campaign, path = await retro_of(world)
    base = f"{world.path}/campaigns/{campaign['id']}"
    needs = (await world.http.get(f"{base}/stage")).json()["needs"]["learn"]
    assert needs == [{"code": "retrospective", "met": False, "missing": 0}]
    empty = await world.http.post(f"{path}/close", json={"results": RESULTS})
    assert (empty.status_code, empty.json()["code"]) == (422, "retrospective_empty")
    await save(world, path, "lacked", 0, "Time.")
    closed = await world.http.post(f"{path}/close", json={"results": RESULTS})
    assert closed.status_code == 200, closed.text
    assert closed.json()["closed_by"] == world.ctx.actor.name
    assert [one["value"] for one in closed.json()["results"]] == [90, 0.034, 1_234_500, None]
    assert (await world.http.get(f"{base}/stage")).json()["needs"]["learn"][0]["met"]
    line = {"name": "Late bill", "resource": "other", "planned_minor": 5000}
    await world.http.post(f"{base}/budget", json=line)
    assert (await world.http.get(path)).json()["facts"]["planned_minor"] == 0, "what it was when it was closed"
    for answer in (
        await world.http.put(f"{path}/passages/worked", json={"version": 0, "text": "More"}),
        await world.http.post(f"{path}/actions", json={"name": "x"}),
        await world.http.post(f"{path}/close", json={}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "retrospective_closed")
    reopened = (await world.http.post(f"{path}/reopen")).json()
    assert (reopened["closed_at"], reopened["results"], reopened["facts"]["planned_minor"]) == (None, None, 5000)
    assert (await world.http.post(f"{path}/reopen")).json()["code"] == "retrospective_open"


async def test_next_actions_become_tasks_of_another_campaign(world: World) -> None:
    _, path = await retro_of(world)
    following = await made(world, name="Next one", starts_on="2030-03-04", ends_on="2030-04-04")
    member = await world.member(Role.CREATOR)
    who = (await member.get("/api/v1/me")).json()
    added = await world.http.post(f"{path}/actions", json={"name": "Ask for photos earlier", "owner_id": who["id"]})
    action = added.json()["actions"][0]
    assert (action["name"], action["owner_name"], action["task"]) == ("Ask for photos earlier", who["name"], None)
    turned = await world.http.post(f"{path}/actions/{action['id']}/task", json={"campaign_id": following["id"]})
    assert turned.status_code == 201, turned.text
    task = turned.json()["actions"][0]["task"]
    assert (task["campaign_name"], task["state"]) == ("Next one", "todo")
    rows = (await world.http.get(f"{world.path}/campaigns/{following['id']}/timeline")).json()["tasks"]
    assert [(row["name"], row["owner_id"]) for row in rows] == [("Ask for photos earlier", who["id"])]
    twice = await world.http.post(f"{path}/actions/{action['id']}/task", json={"campaign_id": following["id"]})
    assert twice.json()["code"] == "action_is_task"
    gone = await world.http.delete(f"{path}/actions/{action['id']}")
    assert gone.json()["actions"] == []
    assert (await world.http.delete(f"{path}/actions/{action['id']}")).json()["code"] == "action_unknown"
    left = await world.http.post(
        f"{path}/actions", json={"name": "x", "owner_id": "00000000-0000-7000-8000-000000000000"}
    )
    assert left.json()["code"] == "owner_unknown"


async def test_the_summary_is_printed_and_strangers_read_nothing(world: World) -> None:
    _, path = await retro_of(world, name='Tea #1 [now] $x$ *and* "more"')
    await save(world, path, "worked", 0, "#strong[Reminders] _two_ days before")
    await world.http.post(f"{path}/close", json={"results": RESULTS})
    for language in ("en", "fr", "sv"):
        printed = await world.http.get(f"{path}.pdf", params={"language": language})
        assert (printed.status_code, printed.content[:5]) == (200, b"%PDF-"), printed.text
    guest = await world.member(Role.GUEST)
    assert (await guest.get(path)).json()["code"] == "campaign_unknown"
    assert (await guest.get(f"{path}.pdf")).status_code == 404
    analyst = await world.member(Role.ANALYST)
    assert (await analyst.get(path)).status_code == 200
    refused = await analyst.put(f"{path}/passages/worked", json={"version": 0, "text": "x"})
    assert refused.status_code == 403
    future = await world.http.put(f"{path}/passages/worked", json={"version": 9, "text": "x"})
    assert future.status_code == 409
    other = await made(world)
    ahead = await world.http.put(
        f"{world.path}/campaigns/{other['id']}/retrospective/passages/worked", json={"version": 9, "text": "x"}
    )
    assert ahead.json()["code"] == "version_unknown"


async def test_nothing_is_looked_back_on_before_it_began(world: World) -> None:
    tomorrow = (world.ctx.today + timedelta(days=1)).isoformat()
    for days in ({"starts_on": tomorrow}, {"starts_on": None}):
        _, path = await retro_of(world, **days)
        assert (await world.http.get(path)).json()["begun"] is False
        await save(world, path, "worked", 0, "Nothing yet")
        refused = await world.http.post(f"{path}/close", json={"results": RESULTS})
        assert (refused.status_code, refused.json()["code"]) == (409, "retrospective_early")
    _, path = await retro_of(world, starts_on=tomorrow)
    line = {"name": "Ads", "resource": "media", "planned_minor": 100, "spent_minor": 50}
    assert (await world.http.post(f"{path.removesuffix('retrospective')}budget", json=line)).status_code == 201
    assert (await world.http.get(path)).json()["begun"] is True, "money has gone"
