"""Crowds of people, plans of touchpoints to them, and collisions counted one by one."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from typing import Any

from sqlalchemy import insert, select

from gonfalon.audiences.tables import list_members
from gonfalon.delivery.tables import suppressions
from gonfalon.people.tables import consents, people, topics
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


async def two_mails(world: World, apart: int, first: int = 5) -> tuple[dict[str, Any], dict[str, Any], Crowd]:
    """60 people, two audiences that share 20, a mail to each so many days apart."""
    crowd = await make_crowd(world, 60)
    plan = await campaign(world)
    mails = []
    for name, low, high, day in (("One", 0, 40, first), ("Two", 20, 60, first + apart)):
        audience = await made(world, "/audiences", kind="segment", name=name, rule=rule(low, high, None))
        mails.append(await touchpoint(world, plan["id"], name, audience_id=audience["id"], send_at=local(ahead(day))))
    return mails[0], mails[1], crowd
