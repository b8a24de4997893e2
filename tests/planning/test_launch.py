"""The launch check and the launch, through the API."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from gonfalon.accounts.model import Role
from gonfalon.delivery.launching import open_dispatch
from gonfalon.delivery.model import NewDispatch
from gonfalon.delivery.tables import dispatches, messages
from gonfalon.planning.tables.touchpoints import touchpoints
from gonfalon.tracking.tables import links
from tests.conftest import World, eventually
from tests.planning.factory import BODY, Ready, make_ready


async def delivery_of(ready: Ready) -> dict[str, Any]:
    """How the launched touchpoint stands, once its messages are written."""

    async def prepared() -> dict[str, Any] | None:
        answer = await ready.world.http.get(f"{ready.path}/delivery")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found if found["state"] != "preparing" else None

    found: dict[str, Any] = await eventually(prepared)
    return found


async def test_the_check_answers_every_question(world: World) -> None:
    ready = await make_ready(world)
    check = await ready.check()
    assert check["ready"]
    assert check["sentence"] == "6 of 9 people will get it; 3 have not agreed to this topic."
    assert check["reach"]["audience"] == check["reach"]["reachable"] + sum(check["reach"]["withheld"].values()) == 9
    levels = {answer["code"]: answer["level"] for answer in check["answers"]}
    night = {code: levels.pop(code) for code in list(levels) if code.startswith("time.")}
    assert len(night) == 1
    assert levels == {
        "audience.reach": "ok", "template.ready": "ok", "links.fine": "ok", "unsubscribe.present": "ok",
        "personalisation.gaps": "look", "size.fine": "ok", "sender.sandbox": "look", "topic.set": "ok",
        "goal.missing": "look", "budget.missing": "look", "dates.inside": "ok",
    }  # fmt: skip
    gaps = next(answer for answer in check["answers"] if answer["code"] == "personalisation.gaps")
    assert gaps["values"] == {"gaps": {"person.area": 5}}
    assert gaps["fix"] == {"place": "template", "id": ready.template["id"]}


async def test_nothing_is_said_of_a_topic_that_nobody_has_asked_about(world: World) -> None:
    ready = await make_ready(world)
    await ready.save(topic_id=None)
    check = await ready.check()
    assert check["sentence"] == "Nobody will get it yet: choose the topic. The audience has 9 people."
    assert check["reach"] == {"audience": 9, "reachable": 0, "withheld": {"no_topic": 9}}
    found = {answer["code"]: answer["level"] for answer in check["answers"] if answer["level"] != "look"}
    assert (found["audience.counted"], found["topic.missing"]) == ("ok", "blocking")
    assert "agreed" not in next(each["sentence"] for each in check["answers"] if each["code"] == "audience.counted")


@pytest.mark.parametrize(
    ("body", "code", "level", "instead"),
    [
        ("{{ person.area | default: 'you' }}", "defaults", "ok", [("person.area", 5, "you")]),
        ("{{ person.area | upcase | default: 'YOU' }}", "defaults", "ok", [("person.area", 5, "YOU")]),
        ("{% if person.area %}In {{ person.area }}{% endif %}", "defaults", "ok", [("person.area", 5, "")]),
        ("{{ person.phone | default: 'none' }}", "defaults", "look", [("person.phone", 9, "none")]),
        ("{{ person.area }} {{ person.area | default: 'you' }}", "gaps", "look", None),
        ("{{ person.email | default: 'you' }}", "complete", "ok", None),
        ("{% for tag in person.tags %}{{ tag }}{% endfor %}", "complete", "ok", None),
        ("{{ person.first_name | default: 'for you' }}", "defaults", "look", [("person.first_name", 9, "for you")]),
        ("{{ person.shoe | default: 'any' }}", "defaults", "look", [("person.shoe", 9, "any")]),
        ("SUBJECT {{ person.first_name | default: 'you' }}", "defaults", "look", [("person.first_name", 9, "you")]),
    ],
)
async def test_what_people_without_a_value_read_is_said(
    world: World, body: str, code: str, level: str, instead: list[Any] | None
) -> None:
    ready = await make_ready(world)
    template = ready.template
    source = {"name": "Mail", "subject": "News", "body": BODY.replace("{{ person.area }}", body)}
    if body.startswith("SUBJECT"):
        source |= {"subject": body, "body": BODY.replace("{{ person.area }}", "")}
    saved = await world.http.put(
        f"{world.path}/templates/{template['id']}", json=source | {"version": template["version"]}
    )
    assert saved.status_code == 200, saved.text
    answers = (await ready.check())["answers"]
    found = next(each for each in answers if each["code"].startswith("personalisation."))
    assert (found["code"], found["level"]) == (f"personalisation.{code}", level), found
    if instead is not None:
        assert [(each["field"], each["people"], each["fallback"]) for each in found["values"]["instead"]] == instead


async def test_what_is_missing_blocks_the_launch_with_a_way_to_fix_it(world: World) -> None:
    ready = await make_ready(world)
    await ready.save(audience_id=None, template_id=None, sender_identity_id=None, topic_id=None)
    check = await ready.check()
    blocking = {answer["code"]: answer["fix"] for answer in check["answers"] if answer["level"] == "blocking"}
    assert set(blocking) == {"audience.missing", "template.missing", "sender.missing", "topic.missing"}
    assert all(fix == {"place": "touchpoint", "id": ready.touchpoint["id"]} for fix in blocking.values())
    refused = await world.http.post(f"{ready.path}/launch")
    assert (refused.status_code, refused.json()["code"]) == (409, "launch_blocked")
    assert set(refused.json()["answers"]) == set(blocking)
    assert (await world.http.get(ready.path)).json()["state"] == "draft"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (BODY.replace("https://shop.example/new", "shop.example/new"), "template.errors"),
        (BODY.replace("{{ unsubscribe_url }}", "https://shop.example/bye"), "unsubscribe.missing"),
        (BODY.replace("{{ person.area }}", "{{ person.area "), "template.errors"),
        ("<mjml><mj-body><mj-oops></mjml>", "template.errors"),
        ("{% for i in (1..99999999) %}{{ i }}{% endfor %}" + BODY, "template.errors"),
    ],
)
async def test_a_template_that_cannot_be_sent_blocks(
    make_world: Callable[[], Awaitable[World]], app: Any, body: str, code: str
) -> None:
    ready = await make_ready(await make_world())
    saved = await ready.world.http.put(
        f"{ready.world.path}/templates/{ready.template['id']}",
        json={"name": "Mail", "subject": "News", "body": body, "version": ready.template["version"]},
    )
    assert saved.status_code == 200, saved.text
    assert (await ready.codes())[code] == "blocking"
    refused = await ready.world.http.post(f"{ready.path}/launch")
    assert (refused.status_code, refused.json()["code"]) == (409, "launch_blocked")


async def test_nobody_reachable_is_refused_with_the_reasons(world: World) -> None:
    ready = await make_ready(world, reachable=0, without=4)
    refused = await world.http.post(f"{ready.path}/launch")
    assert (refused.status_code, refused.json()["code"]) == (409, "launch_blocked")
    assert refused.json()["detail"] == (
        "None of the 4 people in “Everybody” may or can be reached: "
        "0 of 4 people will get it; 4 have not agreed to this topic."
    )
    assert refused.json()["answers"] == ["audience.unreachable"]


async def test_a_rule_on_a_deleted_attribute_blocks(world: World) -> None:
    ready = await make_ready(world)
    rule = {"kind": "attribute", "key": "area", "op": "is", "value": "Urban"}
    made = await world.http.post(f"{world.path}/audiences", json={"kind": "segment", "name": "Urban", "rule": rule})
    assert made.status_code == 201, made.text
    await ready.save(audience_id=made.json()["id"])
    assert (await ready.codes())["audience.reach"] in ("ok", "look")
    gone = await world.http.delete(f"{world.path}/attributes/area?even_if_used=true")
    assert gone.status_code == 204, gone.text
    check = await ready.check()
    broken = next(answer for answer in check["answers"] if answer["code"] == "audience.broken")
    assert (broken["level"], broken["fix"]["place"]) == ("blocking", "audience")
    assert (await world.http.post(f"{ready.path}/launch")).json()["code"] == "launch_blocked"


async def test_a_launch_writes_one_message_for_everybody_in_the_audience(world: World) -> None:
    ready = await make_ready(world)
    launched = await world.http.post(f"{ready.path}/launch")
    assert launched.status_code == 200, launched.text
    assert launched.json()["state"] in ("preparing", "running")
    assert (launched.json()["launched_by"], launched.json()["template_version"]) == (world.ctx.actor.name, 1)
    shown = await delivery_of(ready)
    assert (shown["total"], shown["withheld"]) == (9, 3)
    async with world.services.db.reading() as connection:
        rows = (await connection.execute(select(messages).where(messages.c.workspace_id == world.workspace.id))).all()
        assert sorted(row.person_id for row in rows) == ready.people
        of_touchpoint = dispatches.c.touchpoint_id == rows[0].touchpoint_id
        dispatch = (await connection.execute(select(dispatches).where(of_touchpoint))).one()
        stored = (await connection.execute(select(links).where(links.c.link_set_id == dispatch.link_set_id))).all()
    tagged = f"utm_source={world.workspace.slug}&utm_medium=email&utm_campaign=spring&utm_content=mail-one"
    assert [(row.number, row.url, row.label) for row in stored] == [(1, f"https://shop.example/new?{tagged}", "Look")]
    campaign = (await world.http.get(f"{world.path}/campaigns/{ready.campaign['id']}")).json()
    assert (campaign["state"], campaign["touchpoints"]) == ("running", {"planned": 1, "launched": 1, "done": 0})
    audit = (await world.http.get(f"{world.path}/audit?action=touchpoint.launched")).json()["items"]
    assert audit[0]["details"]["reach"] == {"audience": 9, "reachable": 6}
    edited = await world.http.put(ready.path, json={"name": "Other", "version": launched.json()["version"]})
    assert (edited.status_code, edited.json()["code"]) == (409, "touchpoint_launched")
    for path in (ready.path, f"{world.path}/campaigns/{ready.campaign['id']}"):
        assert (await world.http.delete(path)).status_code == 409


async def test_two_launches_at_once_are_one_dispatch(world: World) -> None:
    ready = await make_ready(world)
    answers = await asyncio.gather(*(world.http.post(f"{ready.path}/launch") for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"touchpoint_launched"}
    await delivery_of(ready)
    async with world.services.db.reading() as connection:
        of = dispatches.c.workspace_id == world.workspace.id
        assert (await connection.execute(select(func.count()).select_from(dispatches).where(of))).scalar_one() == 1
        mine = messages.c.workspace_id == world.workspace.id
        assert (await connection.execute(select(func.count()).select_from(messages).where(mine))).scalar_one() == 9


async def test_the_same_key_gets_the_same_answer(world: World) -> None:
    ready = await make_ready(world)
    headers = {"idempotency-key": "launch-1"}
    first = await world.http.post(f"{ready.path}/launch", headers=headers)
    again = await world.http.post(f"{ready.path}/launch", headers=headers)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.content == again.content
    other = await world.http.post(f"{ready.path}/launch", headers={"idempotency-key": "launch-2"})
    assert (other.status_code, other.json()["code"]) == (409, "touchpoint_launched")
    await delivery_of(ready)


async def test_a_holdout_is_told_before_and_kept_after(world: World) -> None:
    ready = await make_ready(world, reachable=60, without=0)
    await ready.save(holdout_percent=50)
    check = await ready.check()
    assert check["sentence"] == "About 30 of 60 people will get it; 30 are held out to compare with."
    assert (await world.http.post(f"{ready.path}/launch")).status_code == 200
    shown = await delivery_of(ready)
    held = sum(row["count"] for row in shown["reasons"] if row["reason"] == "holdout")
    assert shown["total"] == 60
    assert 10 < held < 50


async def test_a_launch_that_cannot_be_prepared_is_a_draft_again_and_says_why(world: World) -> None:
    from gonfalon.planning.launch.actions import prepare_touchpoint

    rule = {"kind": "attribute", "key": "area", "op": "is", "value": "Urban"}
    ready = await make_ready(world, rule=rule)
    async with world.services.db.transaction() as connection:
        # What the launch wrote, for it is over before the attribute is gone; its job comes after.
        await connection.execute(
            touchpoints.update()
            .where(touchpoints.c.id == ready.touchpoint["id"])
            .values(launched_at=func.now(), template_version=1)
        )
        await open_dispatch(
            world.services,
            connection,
            world.workspace.id,
            NewDispatch(
                touchpoint_id=UUID(ready.touchpoint["id"]),
                campaign_id=UUID(ready.campaign["id"]),
                channel="email",
                template_id=UUID(ready.template["id"]),
                template_version=1,
                sender_identity_id=UUID(ready.touchpoint["sender_identity"]["id"]),
                topic_id=ready.topic,
                launched_by="t",
            ),
        )
    assert (await world.http.delete(f"{world.path}/attributes/area?even_if_used=true")).status_code == 204
    await prepare_touchpoint(world.ctx, UUID(ready.touchpoint["id"]))
    shown = (await world.http.get(ready.path)).json()
    assert (shown["state"], shown["launched_at"]) == ("draft", None)
    assert shown["launch_problem"]["code"] == "audience_rule_invalid"
    assert "area" in shown["launch_problem"]["sentence"]
    everybody = {"kind": "segment", "name": "Other", "rule": {"kind": "all", "rules": []}}
    made = await world.http.post(f"{world.path}/audiences", json=everybody)
    await ready.save(audience_id=made.json()["id"])
    again = await world.http.post(f"{ready.path}/launch")
    assert (again.status_code, again.json()["launch_problem"]) == (200, None)
    assert (await delivery_of(ready))["total"] == 9


async def test_repeating_the_preparation_changes_nothing(world: World) -> None:
    from gonfalon.planning.launch.actions import prepare_touchpoint

    ready = await make_ready(world)
    await world.http.post(f"{ready.path}/launch")
    before = await delivery_of(ready)
    await prepare_touchpoint(world.ctx, UUID(ready.touchpoint["id"]))
    after = await delivery_of(ready)
    assert {key: after[key] for key in ("total", "withheld", "queued")} == {
        key: before[key] for key in ("total", "withheld", "queued")
    }


async def test_the_same_audience_again_is_pointed_out(world: World) -> None:
    ready = await make_ready(world)
    await world.http.post(f"{ready.path}/launch")
    await delivery_of(ready)
    path = f"{world.path}/campaigns/{ready.campaign['id']}/touchpoints"
    again = (await world.http.post(path, json={"name": "Second", "audience_id": ready.audience})).json()
    second = Ready(world, ready.campaign, again, ready.audience, ready.template, ready.topic, ready.people)
    check = await second.check()
    repeated = next(answer for answer in check["answers"] if answer["code"] == "repeated.audience")
    assert (repeated["level"], repeated["values"]) == ("look", {"touchpoints": ["Mail one"]})


@pytest.mark.parametrize("role", list(Role))
async def test_who_may_launch(world: World, role: Role) -> None:
    ready = await make_ready(world)
    client = await world.member(role)
    answer = await client.post(f"{ready.path}/launch")
    assert answer.status_code == (200 if role in (Role.OWNER, Role.MANAGER) else 403), answer.text


async def test_another_workspaces_touchpoint_is_unknown(
    world: World, make_world: Callable[[], Awaitable[World]]
) -> None:
    other = await make_ready(await make_world())
    for method, path in (("GET", "check"), ("POST", "launch")):
        answer = await world.http.request(method, f"{world.path}/touchpoints/{other.touchpoint['id']}/{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "touchpoint_unknown")


async def test_preparing_does_not_wait_for_itself_while_others_write(world: World) -> None:
    """The preparing transaction has an id of its own, and later ones end before it asks for the copy."""
    from sqlalchemy import text

    from gonfalon.audiences.store import present_snapshot
    from gonfalon.kit.engine import Snapshot

    async with world.ctx.transaction() as connection:
        own = int((await connection.execute(text("select pg_current_xact_id()::text"))).scalar_one())
        async with world.ctx.transaction() as other:
            await world.ctx.audit(other, "test.happened")
            ended = int((await other.execute(text("select pg_current_xact_id()::text"))).scalar_one())
        asked = Snapshot(await present_snapshot(connection))
        assert not asked.sees(own)
        assert asked.sees(ended)
