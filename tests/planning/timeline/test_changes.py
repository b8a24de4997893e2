"""What changed since a timeline was read: always leads to the present one, and never says more than it must."""

from __future__ import annotations

import random
from typing import Any

import pytest

from gonfalon.accounts.model import Role
from gonfalon.kit.ids import new_id
from gonfalon.planning.timeline.changes import MOST_ROWS, Memory, TimelineState
from tests.conftest import World
from tests.planning.timeline.plans import Timeline, begun, setting


class Reader:
    """Somebody who has read a timeline once and asks for what has changed from then on."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.has: dict[str, Any] = {}

    async def look(self) -> dict[str, Any]:
        """The answer, after putting it into what the reader has."""
        path = f"{self.timeline.path}/timeline/changes"
        answer = await self.timeline.world.http.get(path, params={"since": self.has.get("token", "")})
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        if "since" in found:
            assert found["since"] == self.has["token"]
            rows = {row["id"]: row for row in (*self.has["tasks"], *found["tasks"])}
            order = [row["id"] for row in self.has["tasks"]]
            at, gone = found["order"]["at"], found["order"]["gone"]
            order[at : at + gone] = found["order"]["ids"]
            kept = [link for link in self.has["links"] if ends(link) not in map(ends, found["gone_links"])]
            head = {key: found[key] for key in found if key not in ("since", "order", "gone_links")}
            self.has = head | {"tasks": [rows[id] for id in order], "links": kept + found["links"]}
        else:
            self.has = found
        return found


def ends(link: dict[str, Any]) -> tuple[str, str]:
    return link["predecessor_id"], link["successor_id"]


@pytest.fixture
async def timeline(world: World) -> Timeline:
    return await begun(world)


async def test_an_edit_answers_what_it_moved_and_nothing_else(timeline: Timeline) -> None:
    a, b, c = [await timeline.add(name, duration_days=3) for name in ("Copy", "Design", "Alone")]
    await timeline.add("Long", duration_days=30)
    await timeline.link(a, b)
    reader = Reader(timeline)
    await reader.look()
    nothing = await reader.look()
    assert (nothing["tasks"], nothing["links"], nothing["gone_links"]) == ([], [], [])
    assert nothing["order"]["gone"] == len(nothing["order"]["ids"]) == 0
    await timeline.change(setting(a, duration_days=4))
    found = await reader.look()
    assert [row["id"] for row in found["tasks"]] == [a, b]
    assert await timeline.read() == reader.has
    answer = await timeline.world.http.delete(f"{timeline.world.path}/tasks/{c}")
    assert answer.status_code == 204
    found = await reader.look()
    assert (found["tasks"], found["order"]) == ([], {"at": 2, "gone": 1, "ids": []})


async def test_two_readers_follow_whatever_anybody_does(timeline: Timeline) -> None:
    chance = random.Random(5)  # noqa: S311
    ids = [await timeline.add(f"Task {n}", duration_days=n % 4) for n in range(8)]
    often, seldom = Reader(timeline), Reader(timeline)
    for step in range(24):
        one, other = sorted(chance.sample(ids, 2), key=ids.index)
        match chance.randrange(6):
            case 0:
                ids.append(await timeline.add(f"More {step}", after_id=one))
            case 1:
                await timeline.change(setting(one, duration_days=chance.randrange(9)))
            case 2:
                await timeline.link(one, other, "fs", chance.randrange(3))
            case 3:
                body = {"parent_id": None, "after_id": chance.choice([None, other])}
                await timeline.world.http.put(f"{timeline.world.path}/tasks/{one}/place", json=body)
            case 4 if len(ids) > 4:
                await timeline.world.http.delete(f"{timeline.world.path}/tasks/{ids.pop()}")
            case _:
                await timeline.state(one, chance.choice(["todo", "doing", "done"]))
        await often.look()
        if step % 7 == 6:
            await seldom.look()
            assert "since" in await seldom.look()
        now = await timeline.read()
        for reader in (often, seldom) if step % 7 == 6 else (often,):
            assert sorted(reader.has.pop("links"), key=ends) == sorted(now["links"], key=ends)
            reader.has["links"] = now["links"]
            assert reader.has == now


async def test_whoever_was_away_too_long_reads_it_whole(timeline: Timeline) -> None:
    await timeline.add("Copy")
    reader = Reader(timeline)
    reader.has = {"token": "0123456789abcdef"}
    assert "since" not in await reader.look()
    elsewhere = await begun(timeline.world)
    there = Reader(elsewhere)
    there.has = {"token": reader.has["token"]}
    assert "since" not in await there.look()  # another campaign's token is no token


async def test_guests_learn_no_changes_of_others_campaigns(world: World, timeline: Timeline) -> None:
    await timeline.add("Copy")
    token = (await timeline.read())["token"]
    guest = await world.member(Role.GUEST)
    answer = await guest.get(f"{timeline.path}/timeline/changes", params={"since": token})
    assert answer.status_code == 404


def test_the_oldest_answers_are_forgotten_first() -> None:
    memory, plan = Memory(), new_id()
    ids = [new_id() for _ in range(MOST_ROWS // 4)]
    for n in range(6):
        memory.tell(plan, {}, TimelineState(ids, [b"%d %d" % (n, at) for at in range(len(ids))], [], []), None)
    assert memory.rows == sum(signs.size for signs in memory.given.values()) == 4 * len(ids)
    for signs, n in zip(memory.given.values(), range(2, 6), strict=True):
        assert hash(b"%d 0" % n) in signs.tasks
