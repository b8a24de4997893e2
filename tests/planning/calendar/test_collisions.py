"""Collisions: equal to a brute-force count over every person, with fixes that do what they say."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from typing import Any

import pytest
from sqlalchemy import insert, select

from gonfalon.accounts.model import Role
from gonfalon.audiences.tables import list_members
from gonfalon.delivery.tables import suppressions
from gonfalon.people.tables import consents, people, topics
from gonfalon.planning.calendar.collisions.counting import count_people
from gonfalon.planning.calendar.collisions.store import load_planned
from tests.conftest import World
from tests.planning.calendar.factory import ZONE, ahead, campaign, got, launched, local, made, touchpoint

PEOPLE = 100_000
LIMIT = (2, 7)


@dataclass
class Planned:
    """A touchpoint as the brute-force count knows it."""

    id: str
    at: datetime
    members: set[int]
    channel: str
    launched: bool = False

    @property
    def day(self) -> date:
        return self.at.astimezone(ZONE).date()


@dataclass
class Crowd:
    """People with their reach: a rule's members are found by looking at each of them."""

    rows: list[tuple[int, int, str, bool]] = field(default_factory=list)
    """id, number, area, whether email reaches them for the topic"""
    topic: int = 0

    def members(self, low: int, high: int, area: str | None, *, reached: bool) -> set[int]:
        return {
            id
            for id, number, place, reach in self.rows
            if low <= number < high and (area is None or place == area) and (reach or not reached)
        }


async def make_crowd(world: World, size: int) -> Crowd:
    """People numbered from 0 in three areas; a third has not agreed, some have no address or are suppressed."""
    workspace = world.workspace.id
    for key, kind in (("number", "number"), ("area", "text")):
        await made(world, "/attributes", key=key, label=key, type=kind)
    async with world.services.db.transaction() as connection:
        topic = insert(topics).values(workspace_id=workspace, key="calendar", name="News").returning(topics.c.id)
        topic_id = (await connection.execute(topic)).scalar_one()
        given = {"workspace": workspace, "size": size, "topic": topic_id}
        await connection.exec_driver_sql(
            "insert into people (workspace_id, email, attributes) select %(workspace)s,"
            " case when n %% 11 <> 0 then 'p' || n || '@example.com' end,"
            " jsonb_build_object('number', n, 'area', (array['urban', 'rural', 'sea'])[1 + n * 7919 %% 3])"
            " from generate_series(0, %(size)s - 1) n",
            given,
        )
        await connection.exec_driver_sql(
            "insert into consents (workspace_id, person_id, channel, topic_id, state, at) select workspace_id, id,"
            " 'email', %(topic)s, case when (attributes->>'number')::int %% 13 = 0 then 'withdrawn' else 'granted' end,"
            " now() from people where workspace_id = %(workspace)s and (attributes->>'number')::int %% 3 <> 0",
            given,
        )
        await connection.exec_driver_sql(
            "insert into suppressions (workspace_id, channel, address, address_hash, reason) select workspace_id,"
            " 'email', email, sha256(email::bytea), 'manual' from people"
            " where workspace_id = %(workspace)s and email is not null and (attributes->>'number')::int %% 17 = 0",
            given,
        )
    async with world.services.db.reading() as connection:
        gone = set(
            (
                await connection.execute(select(suppressions.c.address).where(suppressions.c.workspace_id == workspace))
            ).scalars()
        )
        agreed = set(
            (
                await connection.execute(
                    select(consents.c.person_id).where(
                        consents.c.workspace_id == workspace, consents.c.state == "granted"
                    )
                )
            ).scalars()
        )
        rows = await connection.execute(
            select(people.c.id, people.c.email, people.c.attributes).where(people.c.workspace_id == workspace)
        )
        found = [
            (id, values["number"], values["area"], email is not None and email not in gone and id in agreed)
            for id, email, values in rows
        ]
    return Crowd(found, topic_id)


def rule(low: int, high: int, area: str | None) -> dict[str, Any]:
    rules: list[dict[str, Any]] = [
        {"kind": "attribute", "key": "number", "op": "ge", "value": low},
        {"kind": "attribute", "key": "number", "op": "lt", "value": high},
    ]
    if area is not None:
        rules.append({"kind": "attribute", "key": "area", "op": "is", "value": area})
    return {"kind": "all", "rules": rules}


async def make_plan(world: World, crowd: Crowd, count: int, seed: int) -> list[Planned]:
    """Touchpoints at random times to random audiences: segments, a list, other channels, one that was launched."""
    chance = random.Random(seed)  # noqa: S311 the same plan every time
    size = len(crowd.rows)
    made_campaign = await campaign(world)
    spans = []
    for number in range(12):
        low = chance.randrange(0, size // 2)
        high = low + chance.randrange(size // 10, size // 2)
        area = chance.choice([None, None, "urban", "sea"])
        audience = await made(
            world, "/audiences", kind="segment", name=f"Audience {number}", rule=rule(low, high, area)
        )
        spans.append((audience["id"], low, high, area))
    plan = []
    for number in range(count):
        audience_id, low, high, area = chance.choice(spans)
        channel = "email" if number % 4 else chance.choice(["sms", "print"])
        topic = crowd.topic if channel == "email" and number % 3 else None
        day = ahead(chance.randrange(1, 30))
        values = {"audience_id": audience_id, "send_at": local(day, f"{chance.randrange(7, 20):02d}:30")}
        one = await touchpoint(world, made_campaign["id"], f"Touch {number}", **values)
        async with world.services.db.transaction() as connection:
            await connection.exec_driver_sql(
                "update touchpoints set channel = %(channel)s, topic_id = %(topic)s where id = %(id)s",
                {"channel": channel, "topic": topic, "id": one["id"]},
            )
        members = crowd.members(low, high, area, reached=topic is not None)
        plan.append(Planned(one["id"], datetime.fromisoformat(one["send_at"]), members, channel))
    some = chance.sample([row[0] for row in crowd.rows], size // 5)
    listed = await made(world, "/audiences", kind="list", name="Listed")
    async with world.services.db.transaction() as connection:
        rows = [{"workspace_id": world.workspace.id, "audience_id": listed["id"], "person_id": id} for id in some]
        for start in range(0, len(rows), 10_000):
            await connection.execute(insert(list_members), rows[start : start + 10_000])
    one = await touchpoint(world, made_campaign["id"], "To a list", audience_id=listed["id"], send_at=local(ahead(3)))
    plan.append(Planned(one["id"], datetime.fromisoformat(one["send_at"]), set(some), "email"))
    past = await touchpoint(world, made_campaign["id"], "Sent", audience_id=spans[0][0])
    sent = chance.sample([row[0] for row in crowd.rows], size // 3)
    at = datetime.now(UTC) - timedelta(days=2)
    await launched(world, past["id"], at, sent)
    plan.append(Planned(past["id"], at, set(sent), "email", launched=True))
    return plan


def brute_pairs(plan: list[Planned], days: int) -> dict[frozenset[str], int]:
    """People of every pair of touchpoints fewer days apart, one by one."""
    return {
        frozenset((one.id, other.id)): shared
        for one, other in combinations(plan, 2)
        if abs((one.day - other.day).days) < days and (shared := len(one.members & other.members))
    }


def brute_over(plan: list[Planned], messages: int, days: int) -> tuple[int, dict[str, int], dict[str, int]]:
    """Each person's messages in turn: is one too many for the days before it? People at all, by week, by touch."""
    by_person: dict[int, list[Planned]] = {}
    for touch in sorted(plan, key=lambda touch: touch.at):
        for person in touch.members:
            by_person.setdefault(person, []).append(touch)
    today = datetime.now(UTC).astimezone(ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    over: set[int] = set()
    weeks: dict[str, set[int]] = {}
    touches: dict[str, int] = {}
    for person, got_it in by_person.items():
        for touch in got_it:
            within = [
                each
                for each in got_it
                if each.channel == touch.channel and touch.at - timedelta(days=days) < each.at <= touch.at
            ]
            if len(within) > messages and touch.at >= today:
                over.add(person)
                monday = touch.day - timedelta(days=touch.day.weekday())
                weeks.setdefault(monday.isoformat(), set()).add(person)
                touches[touch.id] = touches.get(touch.id, 0) + 1
    return len(over), {week: len(found) for week, found in weeks.items()}, touches


def pairs_of(answer: dict[str, Any]) -> dict[frozenset[str], int]:
    return {frozenset((each["one"]["id"], each["other"]["id"])): each["people"] for each in answer["collisions"]}


async def settled(world: World) -> dict[str, Any]:
    """The collisions once nothing newer is being counted."""
    while True:
        answer: dict[str, Any] = await got(world, "/calendar/collisions")
        if not answer["computing"]:
            return answer


async def set_limit(world: World, messages: int, days: int) -> None:
    answer = await world.http.put(f"{world.path}/contact-limits", json={"limit": {"messages": messages, "days": days}})
    assert answer.status_code == 200, answer.text


@pytest.mark.slow
async def test_collisions_equal_a_brute_force_count_on_a_hundred_thousand_people(world: World) -> None:
    crowd = await make_crowd(world, PEOPLE)
    plan = await make_plan(world, crowd, 38, seed=11)
    await set_limit(world, *LIMIT)
    async with world.ctx.reading() as connection:
        planned = await load_planned(world.ctx, connection)
    counted = await count_people(world.ctx, planned)

    sizes = {str(touch.id): counted.shared.sizes[touch.people] for touch in planned.touches if touch.people}
    assert sizes == {touch.id: len(touch.members) for touch in plan}
    every = {
        frozenset((str(one.id), str(other.id))): shared
        for one, other in combinations(planned.touches, 2)
        if one.people and other.people and (shared := counted.shared.of(one.people, other.people))
    }
    assert every == brute_pairs(plan, 10_000)
    people_over, weeks, touches = brute_over(plan, *LIMIT)
    assert people_over > 0
    assert counted.over.people == people_over
    assert {week.isoformat(): count for week, count in counted.over.weeks.items()} == weeks
    assert {str(id): count for id, count in counted.over.touches.items()} == touches

    answer = await settled(world)
    near = brute_pairs(plan, 7)
    assert answer["total"] == len(near)
    shown = pairs_of(answer)
    assert shown == {pair: near[pair] for pair in shown}
    assert list(shown.values()) == sorted(near.values(), reverse=True)[: len(shown)]
    assert answer["over"]["people"] == people_over


async def two_mails(world: World, apart: int, first: int = 5) -> tuple[dict[str, Any], dict[str, Any], Crowd]:
    """60 people, two audiences that share 20, a mail to each so many days apart."""
    crowd = await make_crowd(world, 60)
    plan = await campaign(world)
    mails = []
    for name, low, high, day in (("One", 0, 40, first), ("Two", 20, 60, first + apart)):
        audience = await made(world, "/audiences", kind="segment", name=name, rule=rule(low, high, None))
        mails.append(await touchpoint(world, plan["id"], name, audience_id=audience["id"], send_at=local(ahead(day))))
    return mails[0], mails[1], crowd


@pytest.mark.parametrize(("apart", "collides"), [(0, True), (6, True), (7, False)])
async def test_two_touchpoints_collide_fewer_than_seven_days_apart(world: World, apart: int, collides: bool) -> None:
    one, other, _ = await two_mails(world, apart)
    found = await settled(world)
    expected = {frozenset((one["id"], other["id"])): 20} if collides else {}
    assert pairs_of(found) == expected
    assert found["at"] is not None


@pytest.mark.parametrize(("asked", "collides"), [(3, False), (4, True), (1, False)])
async def test_two_channels_have_a_distance_of_their_own(world: World, asked: int, collides: bool) -> None:
    """Three days apart: closer than is asked for these two channels, whichever comes first, or not."""
    one, other, _ = await two_mails(world, 3)
    async with world.services.db.transaction() as connection:
        await connection.exec_driver_sql("update touchpoints set channel = 'sms' where id = %s", (one["id"],))
    for pair in ({"one": "sms", "other": "email"}, {"one": "email", "other": "sms"}):
        body = {"days": 2 if collides else 60, "pairs": [pair | {"days": asked}], "places": []}
        assert (await world.http.put(f"{world.path}/calendar/settings", json=body)).status_code == 200
        expected = {frozenset((one["id"], other["id"])): 20} if collides else {}
        assert pairs_of(await settled(world)) == expected


async def test_what_the_workspace_sets_decides_how_far_apart(world: World) -> None:
    one, other, _ = await two_mails(world, 3)
    body = {"days": 3, "pairs": [], "places": []}
    assert (await world.http.put(f"{world.path}/calendar/settings", json=body)).status_code == 200
    assert pairs_of(await settled(world)) == {}
    body["days"] = 10
    body["pairs"] = [{"one": "print", "other": "email", "days": 0}]
    assert (await world.http.put(f"{world.path}/calendar/settings", json=body)).json()["pairs"][0]["one"] == "email"
    assert len(pairs_of(await settled(world))) == 1
    async with world.services.db.transaction() as connection:
        await connection.exec_driver_sql("update touchpoints set channel = 'print' where id = %s", (other["id"],))
    assert pairs_of(await settled(world)) == {}
    body["days"] = 61
    assert (await world.http.put(f"{world.path}/calendar/settings", json=body)).status_code == 422
    assert one["id"] != other["id"]


async def test_fixes_say_what_they_cost_and_do_it(world: World) -> None:
    one, other, _ = await two_mails(world, 2)
    [pair] = (await settled(world))["collisions"]
    fixes = {fix["kind"]: fix for fix in pair["fixes"]}
    assert [fix["kind"] for fix in pair["fixes"]] == ["move", "trim", "give_way"]
    assert fixes["move"]["people"] == 0
    # Six days on from the earlier one at least five further for the later: five days later is the shorter way.
    assert (fixes["move"]["id"], fixes["move"]["days"]) == (other["id"], 5)
    assert fixes["trim"]["people"] == 20
    assert fixes["give_way"]["people"] == 40

    trimmed = await made(
        world, "/calendar/collisions/trim", touchpoint_id=fixes["trim"]["id"], other_id=fixes["trim"]["other_id"]
    )
    count = await got(world, f"/audiences/{trimmed['audience_id']}/count")
    assert count["total"] == 20
    assert pairs_of(await settled(world)) == {}
    lines = await got(world, "/audit")
    assert lines["items"][0]["action"] == "touchpoint.trimmed"
    again = await world.http.post(
        f"{world.path}/calendar/collisions/trim", json={"touchpoint_id": one["id"], "other_id": one["id"]}
    )
    assert again.status_code == 422


async def test_the_lower_priority_gives_way(world: World) -> None:
    one, other, _ = await two_mails(world, 1)
    second = await campaign(world, "Important")
    async with world.services.db.transaction() as connection:
        await connection.exec_driver_sql(
            "update touchpoints set campaign_id = %s where id = %s", (second["id"], other["id"])
        )
    path = f"{world.path}/calendar/priorities/{second['id']}"
    assert (await world.http.put(path, json={"priority": 1})).status_code == 204
    [pair] = (await settled(world))["collisions"]
    assert next(fix["id"] for fix in pair["fixes"] if fix["kind"] == "give_way") == one["id"]
    assert (await world.http.put(path, json={"priority": 3})).status_code == 204
    [pair] = (await settled(world))["collisions"]
    assert next(fix["id"] for fix in pair["fixes"] if fix["kind"] == "give_way") == other["id"]
    assert (await world.http.put(path, json={"priority": 4})).status_code == 422


async def test_the_same_audience_within_two_days_is_better_merged(world: World) -> None:
    one, other, _ = await two_mails(world, 1)
    async with world.services.db.transaction() as connection:
        await connection.exec_driver_sql(
            "update touchpoints set audience_id = (select audience_id from touchpoints where id = %s) where id = %s",
            (one["id"], other["id"]),
        )
    [pair] = (await settled(world))["collisions"]
    assert pair["fixes"][0] == {
        "kind": "merge", "id": other["id"], "other_id": one["id"], "people": 0, "day": None, "days": 0
    }  # fmt: skip
    assert "trim" not in [fix["kind"] for fix in pair["fixes"]]


async def test_what_nobody_can_know_is_said(world: World) -> None:
    plan = await campaign(world)
    bare = await touchpoint(world, plan["id"], "No audience", send_at=local(ahead(2)))
    await made(world, "/attributes", key="gone", label="Gone", type="text")
    broken_rule = {"kind": "attribute", "key": "gone", "op": "is", "value": "x"}
    audience = await made(world, "/audiences", kind="segment", name="Broken", rule=broken_rule)
    lost = await touchpoint(world, plan["id"], "Lost", audience_id=audience["id"], send_at=local(ahead(2)))
    async with world.services.db.transaction() as connection:
        await connection.exec_driver_sql(
            "update attribute_definitions set deleted_at = now() where workspace_id = %s", (world.workspace.id,)
        )
    found = await settled(world)
    assert {(each["id"], each["reason"]) for each in found["unknown"]} == {
        (bare["id"], "no_audience"),
        (lost["id"], "audience_broken"),
    }
    assert found["collisions"] == []


async def test_new_people_are_counted_in_a_moment_without_waiting_for_them(world: World) -> None:
    one, other, crowd = await two_mails(world, 1)
    key = frozenset((one["id"], other["id"]))
    assert pairs_of(await settled(world)) == {key: 20}
    async with world.services.db.transaction() as connection:
        await connection.execute(
            insert(people).values(workspace_id=world.workspace.id, attributes={"number": 30, "area": "sea"})
        )
    assert pairs_of(await got(world, "/calendar/collisions"))[key] in (20, 21)
    while pairs_of(await got(world, "/calendar/collisions")) != {key: 21}:
        pass
    assert len(crowd.rows) == 60


async def test_a_guest_learns_of_collisions_of_their_campaigns_only(world: World) -> None:
    one, other, _ = await two_mails(world, 1)
    await set_limit(world, 1, 7)
    guest = await world.member(Role.GUEST)
    async with world.services.db.transaction() as connection:
        me = (
            await connection.exec_driver_sql("select id from users order by created_at desc, id desc limit 1")
        ).scalar_one()
        hidden = await connection.exec_driver_sql("select campaign_id from touchpoints where id = %s", (one["id"],))
        campaign_id = hidden.scalar_one()
    assert (await guest.get(f"{world.path}/calendar/collisions")).json()["collisions"] == []
    body = {"part": "informed"}
    answer = await world.http.put(f"{world.path}/campaigns/{campaign_id}/members/{me}", json=body)
    assert answer.status_code in (200, 204), answer.text
    seen = (await guest.get(f"{world.path}/calendar/collisions")).json()
    assert pairs_of(seen) == {frozenset((one["id"], other["id"])): 20}
    assert seen["over"] is None
    assert (await settled(world))["over"]["people"] == 20
