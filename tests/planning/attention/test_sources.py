"""What of a campaign's tasks, approvals, shared people and lessons wants attention."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import httpx2
import pytest
from sqlalchemy import text, update

from gonfalon.accounts.model import Role
from gonfalon.approvals.jobs import follow_up_all
from gonfalon.approvals.tables import approval_steps
from gonfalon.planning.calendar.collisions import cache
from gonfalon.planning.calendar.collisions.cache import cache_of
from gonfalon.planning.tables.playbook import lessons
from gonfalon.planning.tables.timeline import tasks
from gonfalon.planning.timeline.capacity.rules import monday
from tests.approvals.factory import make_rule, make_team
from tests.conftest import World
from tests.planning.budget.factory import Purse
from tests.planning.calendar.factory import ahead, local
from tests.planning.factory import make_ready
from tests.planning.test_campaigns import made
from tests.statements import statements

Clients = Callable[..., httpx2.AsyncClient]


async def attention(
    world: World, campaign: dict[str, Any], by: httpx2.AsyncClient | None = None
) -> list[tuple[str, str, dict[str, Any]]]:
    answer = await (by or world.http).get(f"{world.path}/campaigns/{campaign['id']}/attention")
    assert answer.status_code == 200, answer.text
    return [(item["code"], item["tone"], item["values"]) for item in answer.json()]


async def write(world: World, table: Any, id: str, **values: Any) -> None:
    async with world.services.db.transaction() as connection:
        await connection.execute(update(table).where(table.c.id == id).values(**values))


async def task(world: World, campaign: dict[str, Any], **values: Any) -> str:
    path = f"{world.path}/campaigns/{campaign['id']}/tasks"
    answer = await world.http.post(path, json={"name": "Copy", "owner_id": world.ctx.actor.id} | values)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def invite(world: World, campaign: dict[str, Any], guest: httpx2.AsyncClient) -> None:
    me = (await guest.get("/api/v1/me")).json()
    path = f"{world.path}/campaigns/{campaign['id']}/members/{me['id']}"
    assert (await world.http.put(path, json={"part": "does"})).is_success


async def test_tasks_that_are_late_or_will_be(world: World) -> None:
    today = world.ctx.today
    campaign = await made(world)
    names = [*(f"Late {number}" for number in range(5)), "Will be late", "Whole", "Done"]
    ids = {name: await task(world, campaign, name=name) for name in names}
    for number in range(5):
        await write(world, tasks, ids[f"Late {number}"], ends_on=today - timedelta(days=9 - number))
    later = {"ends_on": today + timedelta(days=90), "deadline": today + timedelta(days=87)}
    await write(world, tasks, ids["Will be late"], parent_id=ids["Whole"], **later)
    await write(world, tasks, ids["Whole"], ends_on=date(2026, 1, 1))
    await write(world, tasks, ids["Done"], ends_on=date(2026, 1, 1), state="done")
    assert await attention(world, campaign) == [
        ("task.late", "bad", {"name": "Late 0", "days": 9}),
        ("task.late", "bad", {"name": "Late 1", "days": 8}),
        ("task.late", "bad", {"name": "Late 2", "days": 7}),
        ("task.late_more", "bad", {"count": 2}),
        ("task.misses_deadline", "look", {"name": "Will be late", "days": 3}),
    ]


async def test_owners_who_are_asked_for_more_than_they_have_here_and_elsewhere(world: World) -> None:
    campaign, other = await made(world), await made(world, name="Other")
    week = monday(world.ctx.today) + timedelta(weeks=1)
    days = {"starts_on": week, "ends_on": week + timedelta(days=4)}
    for where, hours in ((campaign, 30), (other, 12.5)):
        await write(world, tasks, await task(world, where, effort_hours=hours), **days)
    said = {"name": world.ctx.actor.name, "week_on": week.isoformat(), "hours": 2.5, "weeks": 1}
    assert await attention(world, campaign) == [("person.overloaded", "look", said)]
    guest = await world.member(Role.GUEST)
    await invite(world, campaign, guest)
    assert await attention(world, campaign, guest) == [], "what others ask of somebody is not a guest's to know"


async def test_approvals_that_wait_for_me_too_long_or_have_to_be_asked_again(world: World, client_of: Clients) -> None:
    team = await make_team(world, client_of)
    campaign = team.ready.campaign
    request = await team.ask()
    name = {"name": request["title"]}

    async def seen(by: httpx2.AsyncClient | None = None) -> list[tuple[str, str]]:
        found = await attention(world, campaign, by)
        assert all(values == name for code, _, values in found if code.startswith("approval."))
        return [(code, tone) for code, tone, _ in found if code.startswith("approval.")]

    assert await seen() == [("approval.waiting", "look")]
    assert await seen(team.lea.http) == [("approval.mine", "look")]
    async with world.services.db.transaction() as connection:
        await connection.execute(
            update(approval_steps)
            .where(approval_steps.c.workspace_id == world.workspace.id, approval_steps.c.position == 0)
            .values(due_at=text("now() - interval '1 minute'"))
        )
    assert await seen() == [("approval.overdue", "bad")]
    assert (await team.decide(request, team.lea, "changes", "Shorter, please.")).status_code == 200
    assert await seen() == [("approval.changes", "look")]
    again = await team.ask()
    assert again["id"] != request["id"]
    assert await seen() == [("approval.waiting", "look")], "only the newest request counts"
    for person in (team.lea, team.dan):
        assert (await team.decide(again, person)).status_code == 200
    assert await seen() == []
    await team.ready.save(holdout_percent=20)
    await follow_up_all(world.services)
    assert await seen() == [("approval.void", "look")]


async def test_collisions_without_anybody_opening_the_calendar(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ready = await make_ready(world)
    other = await made(world, name="Other")
    await ready.save(send_at=local(ahead(10)))
    mail = {"name": "Reminder", "send_at": local(ahead(12)), "audience_id": ready.audience, "topic_id": ready.topic}
    second = (await world.http.post(f"{world.path}/campaigns/{other['id']}/touchpoints", json=mail)).json()

    async def seen() -> list[tuple[str, str, dict[str, Any]]]:
        return [one for one in await attention(world, other) if one[0] == "collision"]

    making = cache_of(world.ctx).running
    found = await seen()
    if not found:  # on a slow machine the first answer does not wait long enough
        await making[world.workspace.id]
        found = await seen()
    pair = {"name": ready.touchpoint["name"], "other": "Reminder", "people": 6, "days": 2}
    assert found == [("collision", "look", pair)]
    moved = {key: mail[key] for key in mail if key != "send_at"} | {"send_at": local(ahead(13)), "version": 1}
    assert (await world.http.put(f"{world.path}/touchpoints/{second['id']}", json=moved)).status_code == 200
    assert await seen() == [], "it was moved since the count"
    monkeypatch.setattr(cache, "FRESH", timedelta(0))
    await seen()
    await making[world.workspace.id]
    assert await seen() == [("collision", "look", pair | {"days": 3})], "an old count is made again"


async def test_what_is_asked_for_many_campaigns_is_asked_as_often_as_for_two(world: World) -> None:
    """Every source has its statements for all campaigns together, whatever there is to say of each."""
    await make_rule(world, {"kind": "role", "ref": "approver"}, kind="budget")

    async def campaigns(count: int) -> None:
        for number in range(count):
            campaign = await made(world, name=f"Fair {number}", type="event")
            await Purse(world, campaign).line("Stand")
            body = {"title": "Invite twice", "change": "Earlier", "type": "event", "campaign_id": campaign["id"]}
            body["evidence"] = {"kind": "campaign", "id": campaign["id"]}
            lesson = (await world.http.post(f"{world.path}/lessons", json=body)).json()
            move = {"state": "published", "version": lesson["version"]}
            path = f"{world.path}/lessons/{lesson['id']}/state"
            assert (await world.http.put(path, json=move)).status_code == 200

    async def asked() -> tuple[int, set[str]]:
        with statements(world) as seen:
            answer = await world.http.get(f"{world.path}/attention")
        return len(seen), {item["code"] for item in answer.json()["items"]}

    await campaigns(2)
    await asked()
    few, codes = await asked()
    assert codes >= {"budget.approval_missing", "lesson.applies"}
    await campaigns(5)
    many, _ = await asked()
    assert many == few


async def test_lessons_that_fit_a_plan_and_those_whose_day_is_over(world: World) -> None:
    learned, planned = await made(world, type="event"), await made(world, name="Fair", type="event")
    body = {
        "title": "Invite twice",
        "change": "A second invitation three days before",
        "type": "event",
        "campaign_id": learned["id"],
        "evidence": {"kind": "campaign", "id": learned["id"]},
    }
    lesson = (await world.http.post(f"{world.path}/lessons", json=body)).json()
    path = f"{world.path}/lessons/{lesson['id']}"
    assert await attention(world, planned) == [], "a draft is nobody's lesson yet"
    move = {"state": "published", "version": lesson["version"]}
    assert (await world.http.put(f"{path}/state", json=move)).status_code == 200
    assert await attention(world, planned) == [("lesson.applies", "look", {"count": 1, "name": "Invite twice"})]
    assert await attention(world, learned) == []
    yesterday = world.ctx.today - timedelta(days=2)
    await write(world, lessons, lesson["id"], expires_on=yesterday)
    over = {"name": "Invite twice", "since_on": yesterday.isoformat()}
    assert await attention(world, learned) == [("lesson.expired", "look", over)]
    assert await attention(world, planned) == []
