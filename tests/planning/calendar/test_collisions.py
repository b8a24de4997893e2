"""Collisions: equal to a brute-force count over every person, and what decides how far apart."""

from __future__ import annotations

from itertools import combinations

import pytest

from gonfalon.planning.calendar.collisions.counting import count_people
from gonfalon.planning.calendar.collisions.store import load_planned
from tests.conftest import World
from tests.planning.calendar.crowds import (
    LIMIT,
    PEOPLE,
    brute_over,
    brute_pairs,
    make_crowd,
    make_plan,
    pairs_of,
    set_limit,
    settled,
    two_mails,
)


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
