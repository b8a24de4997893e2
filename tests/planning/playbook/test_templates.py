"""Whole campaigns as templates: ready-made, saved, previewed, and made in one piece."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, text

from gonfalon.accounts.model import Role
from gonfalon.accounts.tables import members
from gonfalon.kit.words import LANGUAGES
from gonfalon.planning.playbook.templates import rules
from gonfalon.planning.playbook.templates.ready import READY, words
from gonfalon.planning.playbook.templates.ready.plans import PLANS
from gonfalon.planning.tables.campaigns import campaigns
from tests.conftest import World
from tests.planning.factory import make_ready
from tests.planning.test_campaigns import made

LAUNCH = str(next(id for id in READY if READY[id]("en")[0] == "Product launch"))


def path(world: World, template: str = LAUNCH) -> str:
    return f"{world.path}/campaign-templates/{template}"


async def make(world: World, template: str = LAUNCH, **wish: Any) -> dict[str, Any]:
    body = {"name": "Lamp", "starts_on": "2030-01-07"} | wish
    answer = await world.http.post(f"{path(world, template)}/campaigns", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def of(world: World, campaign: dict[str, Any], part: str) -> Any:
    answer = await world.http.get(f"{world.path}/campaigns/{campaign['id']}/{part}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def campaigns_of(world: World) -> int:
    async with world.ctx.reading() as connection:
        found = await connection.execute(select(campaigns.c.id).where(campaigns.c.workspace_id == world.workspace.id))
        return len(found.all())


@pytest.mark.parametrize("language", LANGUAGES)
def test_ready_made_templates_are_whole_in_every_language(language: str) -> None:
    said, english = words(language), words("en")
    assert {part: set(keys) for part, keys in said.items()} == {part: set(keys) for part, keys in english.items()}
    assert all(text.strip() for part in said.values() for text in part.values())
    for key in ("tasks", "lines", "touchpoints", "roles"):
        part = {"tasks": "steps", "lines": "lines", "touchpoints": "contacts", "roles": "casting"}[key]
        used = {one if isinstance(one, str) else one.key for plan in PLANS for one in getattr(plan, part)}
        assert set(said[key]) == used, f"words of {key} that no template says"
    for draw in READY.values():
        _, _, document = draw(language)
        assert 10 <= len(document.tasks) <= 25
        assert document.links
        assert all(line.planned_minor == 0 for line in document.lines), "no invented prices"


@pytest.mark.parametrize("template", READY)
async def test_ready_made_templates_fit_into_their_own_days(world: World, template: Any) -> None:
    """In days without holidays, which would move tasks between them."""
    answer = await world.http.post(f"{path(world, str(template))}/preview", json={"name": "x", "ends_on": "2030-10-31"})
    assert answer.status_code == 200, answer.text
    preview = answer.json()
    _, _, document = READY[template]("en")
    assert preview["ends_on"] == "2030-10-31"
    assert preview["starts_on"] == (date(2030, 10, 31) - timedelta(days=document.days - 1)).isoformat()
    assert preview["late"] == 0
    waits = {link.successor: link.predecessor for link in document.links}
    ends = {task["name"]: task["ends_on"] for task in preview["tasks"]}
    names = {task.key: task.name for task in document.tasks}
    for task in document.tasks:
        if task.kind == "milestone" and task.key in waits:
            assert ends[names[waits[task.key]]] <= ends[task.name], "what a milestone waits for is done by then"


async def test_a_campaign_is_made_in_one_piece(world: World) -> None:
    member = await world.member(Role.CREATOR)
    me = (await member.get("/api/v1/me")).json()["id"]
    campaign = await make(
        world,
        roles={"copy": me, "design": me, "sales": world.ctx.actor.id},
        amounts={"ads": 500_000},
        goal_target=200,
        language="fr",
    )
    assert (campaign["name"], campaign["type"], campaign["starts_on"]) == ("Lamp", "launch", "2030-01-07")
    assert campaign["ends_on"] == "2030-03-10"
    assert campaign["leader"]["name"] == world.ctx.actor.name
    assert (campaign["goal"]["metric"], campaign["goal"]["target"]) == ("conversions", 200)
    assert campaign["goal"]["deadline"] == "2030-03-10"
    assert campaign["budget"]["planned_minor"] == 500_000
    timeline = await of(world, campaign, "timeline")
    rows = {row["name"]: row for row in timeline["tasks"]}
    assert rows["Lancement"]["starts_on"] == "2030-02-18", "a fixed day, counted from the first"
    assert rows["Écrire les e-mails"]["owner_id"] == me
    assert rows["Relire tous les contenus"]["owner_id"] is None
    assert rows["Écrire le brief"]["owner_id"] == world.ctx.actor.id, "whoever makes it leads it"
    assert rows["Écrire le brief"]["starts_on"] > rows["Se mettre d’accord sur l’objectif et son chiffre"]["ends_on"]
    assert len(timeline["links"]) == 31
    touchpoints = await of(world, campaign, "touchpoints")
    assert len(touchpoints) == 6
    teaser = next(one for one in touchpoints if one["name"].startswith("Teaser"))
    assert teaser["send_at"] == "2030-02-11T08:00:00Z", "at nine in Stockholm"
    brief = (await of(world, campaign, "brief"))["passages"]
    assert brief[0]["text"].startswith("Gagner les premiers clients")
    audience = next(one for one in brief if one["section"] == "audience")
    assert [one["kind"] for one in brief if one["parent_id"] == audience["id"]] == [
        "motivation",
        "objection",
        "trigger",
    ]
    assert [one["id"] for one in await of(world, campaign, "members")] == [me], "who leads is not merely informed"
    told = (await member.get(f"{world.path}/notices")).json()["items"]
    given = [one["values"] for one in told if one["kind"] == "assigned"]
    mine = sorted((row for row in timeline["tasks"] if row["owner_id"] == me), key=lambda row: row["starts_on"])
    assert len(mine) > 2
    assert [one.get("count") for one in given] == [len(mine), None], "one notice of the part, and one of all tasks"
    assert given[0]["first"] == mine[0]["name"]
    audit = (await world.http.get(f"{world.path}/audit?target_id={campaign['id']}")).json()["items"]
    assert [one["action"] for one in audit] == ["campaign.made_from_template"]


async def test_the_same_request_makes_one_campaign(world: World) -> None:
    body = {"name": "Once", "ends_on": "2030-06-28"}
    key = {"Idempotency-Key": "one"}
    first = await world.http.post(f"{path(world)}/campaigns", json=body, headers=key)
    again = await world.http.post(f"{path(world)}/campaigns", json=body, headers=key)
    assert first.json() == again.json()
    assert await campaigns_of(world) == 1
    both = await asyncio.gather(
        *(world.http.post(f"{path(world)}/campaigns", json=body, headers={"Idempotency-Key": "two"}) for _ in range(2))
    )
    assert {answer.status_code for answer in both} <= {200, 409}
    assert await campaigns_of(world) == 2


async def test_nothing_is_made_where_a_part_is_refused(world: World) -> None:
    nobody = "00000000-0000-7000-8000-000000000000"
    for wish, code in (
        ({"starts_on": "2030-02-01", "ends_on": "2030-01-31"}, "campaign_dates"),
        ({"starts_on": None}, "dates_missing"),
        ({"starts_on": "1890-01-01"}, "day_out_of_range"),
        ({"ends_on": "2045-01-01"}, "campaign_long"),
        ({"roles": {"copy": nobody}}, "member_unknown"),
        ({"roles": {"pilot": None}}, "role_unknown"),
        ({"amounts": {"yacht": 1}}, "line_unknown"),
        ({"amounts": {"ads": -1}}, "request_invalid"),
        ({"parent_id": nobody}, "parent_unknown"),
        ({"goal_target": -5}, "goal_value_negative"),
        ({"name": "  "}, "name_missing"),
    ):
        body = {"name": "Lamp", "starts_on": "2030-01-07"} | wish
        answer = await world.http.post(f"{path(world)}/campaigns", json=body)
        assert (answer.status_code, answer.json()["code"]) == (422, code), wish
    assert await campaigns_of(world) == 0
    assert (await world.http.post(f"{path(world, nobody)}/preview", json={"name": "x"})).status_code == 404
    analyst = await world.member(Role.ANALYST)
    assert (await analyst.post(f"{path(world)}/campaigns", json={"name": "x"})).status_code == 403


async def test_a_saved_campaign_makes_another_like_it(world: World) -> None:
    ready = await make_ready(world)
    first = ready.campaign
    values = {"name": "Spring", "category": "engagement", "starts_on": "2030-03-04", "ends_on": "2030-03-29"}
    version = (await of(world, first, "stage"), await world.http.get(f"{world.path}/campaigns/{first['id']}"))[1]
    me = world.ctx.actor.id
    saved = await world.http.put(
        f"{world.path}/campaigns/{first['id']}",
        json=values | {"version": version.json()["version"], "leader_id": me},
    )
    assert saved.status_code == 200, saved.text
    await ready.save(send_at="2030-03-20T06:30:00Z")
    tasks = f"{world.path}/campaigns/{first['id']}/tasks"
    group = await world.http.post(tasks, json={"name": "Content"})
    assert group.status_code == 201, group.text
    group_id = (await of(world, first, "timeline"))["tasks"][0]["id"]
    await world.http.post(
        tasks,
        json={
            "name": "Write",
            "parent_id": group_id,
            "owner_id": me,
            "duration_days": 3,
            "not_before": "2030-03-06",
            "notes": "Short",
            "touchpoint_id": ready.touchpoint["id"],
        },
    )
    await world.http.post(tasks, json={"name": "Send", "kind": "milestone", "fixed_on": "2030-03-20"})
    line = {"name": "Copy", "resource": "staff", "planned_minor": 12_345}
    assert (await world.http.post(f"{world.path}/campaigns/{first['id']}/budget", json=line)).status_code == 201
    kept = await world.http.post(
        f"{world.path}/campaign-templates", json={"campaign_id": first["id"], "name": "Spring mail"}
    )
    assert kept.status_code == 201, kept.text
    template = kept.json()
    assert (template["days"], template["tasks"], template["currency"]) == (26, 3, "EUR")
    second = await make(world, template["id"], name="Next spring", starts_on="2031-03-03")
    rows = {row["name"]: row for row in (await of(world, second, "timeline"))["tasks"]}
    assert rows["Write"]["parent_id"] == rows["Content"]["id"]
    assert (rows["Write"]["not_before"], rows["Write"]["duration_days"]) == ("2031-03-05", 3)
    assert rows["Write"]["owner_id"] == me
    assert rows["Send"]["fixed_on"] == "2031-03-19"
    touchpoint = (await of(world, second, "touchpoints"))[0]
    assert (touchpoint["audience"]["id"], touchpoint["topic"]["id"]) == (ready.audience, ready.topic)
    assert touchpoint["template"] is None, "content is new each time"
    assert touchpoint["send_at"] == "2031-03-19T06:30:00Z"
    assert (second["ends_on"], second["budget"]["planned_minor"]) == ("2031-03-28", 12_345)
    assert second["budget"]["spent_minor"] == 0
    listed = (await world.http.get(f"{world.path}/campaign-templates?q=spring")).json()["items"]
    assert [one["id"] for one in listed] == [template["id"]]


async def test_a_role_is_free_when_its_member_left(world: World) -> None:
    campaign = await made(world)
    creator = await world.member(Role.CREATOR)
    who = (await creator.get("/api/v1/me")).json()["id"]
    await world.http.put(f"{world.path}/campaigns/{campaign['id']}/members/{who}", json={"part": "reviews"})
    template = (
        await world.http.post(f"{world.path}/campaign-templates", json={"campaign_id": campaign["id"], "name": "T"})
    ).json()
    role = next(role for role in template["plan"]["roles"] if role["member_id"] == who)
    assert role["part"] == "reviews"
    async with world.services.db.transaction() as connection:
        await connection.execute(
            delete(members).where(members.c.workspace_id == world.workspace.id, text("user_id = :who")), {"who": who}
        )
    wish = {"name": "Again", "starts_on": "2030-01-07"}
    preview = (await world.http.post(f"{path(world, template['id'])}/preview", json=wish)).json()
    filled = next(one for one in preview["roles"] if one["key"] == role["key"])
    assert (filled["left"], filled["member_id"]) == (True, None)
    chosen = await world.http.post(f"{path(world, template['id'])}/preview", json=wish | {"roles": {role["key"]: who}})
    assert chosen.json()["code"] == "member_unknown"
    again = await make(world, template["id"], name="Again")
    assert await of(world, again, "members") == []


async def test_templates_are_renamed_and_archived_but_not_the_ready_made(world: World) -> None:
    campaign = await made(world)
    template = (
        await world.http.post(f"{world.path}/campaign-templates", json={"campaign_id": campaign["id"], "name": "T"})
    ).json()
    key = template["plan"]["roles"][0]["key"]
    body = {"name": "Spring", "roles": {key: "Leader"}, "version": 1}
    changed = await world.http.put(path(world, template["id"]), json=body)
    assert (changed.json()["name"], changed.json()["plan"]["roles"][0]["name"]) == ("Spring", "Leader")
    late = await world.http.put(path(world, template["id"]), json=body)
    assert (late.status_code, late.json()["code"]) == (409, "changed_meanwhile")
    assert (await world.http.delete(path(world, template["id"]))).status_code == 204
    assert (await world.http.delete(path(world))).json()["code"] == "template_ready"
    assert (await world.http.put(path(world), json=body)).json()["code"] == "template_ready"
    ready = (await world.http.get(f"{world.path}/campaign-templates/ready?language=sv")).json()
    assert len(ready) == 6
    assert ready[0]["name"] == "Produktlansering"


def test_days_are_stretched_between_both_ends() -> None:
    _, _, document = next(iter(READY.values()))("en")
    days = rules.span(document, date(2030, 1, 1), date(2030, 1, 1) + timedelta(days=2 * (document.days - 1)))
    assert days.on(0) == days.first
    assert days.on(document.days - 1) == days.last
    assert days.on(10) == days.first + timedelta(days=20)
    assert days.on(-3) == days.first - timedelta(days=3)
    assert days.on(document.days + 1) == days.last + timedelta(days=2)
    leap = rules.span(document, None, date(2028, 2, 29))
    assert leap.last == date(2028, 2, 29)


async def test_a_launch_is_planned_from_its_day(world: World) -> None:
    base = f"{world.path}/campaign-templates"
    ready = (await world.http.get(f"{base}/ready")).json()
    chosen = next(one for one in ready if one["name"] == "Product launch")
    wish = {"name": "Ridge X1", "launches_on": "2027-04-15"}
    made = await world.http.post(f"{base}/{chosen['id']}/campaigns", json=wish)
    assert made.status_code == 200, made.text
    assert (made.json()["starts_on"], made.json()["ends_on"]) == ("2027-03-04", "2027-05-05")
    plan = (await world.http.get(f"{world.path}/campaigns/{made.json()['id']}/timeline")).json()
    stones = [task for task in plan["tasks"] if task["kind"] == "milestone"]
    assert [task["fixed_on"] for task in stones] == ["2027-04-15"]
    assert all(task["effort_hours"] for task in plan["tasks"] if task["kind"] != "milestone"), "capacity can be told"
    both = await world.http.post(f"{base}/{chosen['id']}/campaigns", json=wish | {"starts_on": "2027-01-01"})
    assert (both.status_code, both.json()["code"]) == (422, "launch_day")
