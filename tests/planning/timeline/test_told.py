"""Whoever gets many tasks at once is told once, and of how many."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import World
from tests.planning.timeline.plans import Timeline, begun, setting
from tests.teamwork.factory import Colleague, colleague


@pytest.fixture
async def timeline(world: World) -> Timeline:
    return await begun(world)


async def told(timeline: Timeline, who: Colleague, kind: str) -> list[dict[str, Any]]:
    items = (await who.http.get(f"{timeline.world.path}/notices")).json()["items"]
    return [one for one in items if one["kind"] == kind]


async def paste(timeline: Timeline, *lines: str) -> None:
    answer = await timeline.world.http.post(f"{timeline.path}/tasks/paste", json={"text": "\n".join(lines)})
    assert answer.status_code == 200, answer.text
    assert answer.json()["created"] == len(lines) - 1, answer.text


async def test_pasted_tasks_come_in_one_notice_that_says_how_many(timeline: Timeline) -> None:
    anna, ben = await colleague(timeline.world), await colleague(timeline.world)
    head = "Task\tOwner\tDays\tStart\tAfter"
    await paste(
        timeline, head, f"Late\t{anna.name}\t1\t2030-04-02", f"Film\t{anna.name}\t1\t2030-03-05", f"Ad\t{ben.name}\t1"
    )
    (given,) = await told(timeline, anna, "assigned")
    assert (given["thing"]["kind"], given["thing"]["title"], given["campaign"]) == ("campaign", "Launch", "Launch")
    assert (given["values"]["count"], given["values"]["first"]) == (2, "Film")
    (given,) = await told(timeline, ben, "assigned")
    assert (given["thing"]["kind"], given["thing"]["title"]) == ("task", "Ad")
    assert "count" not in given["values"]
    for name in ("Late", "Film"):
        id = (await timeline.row(name))["id"]
        following = (await anna.http.get(f"{timeline.world.path}/things/task/{id}")).json()["following"]
        assert following, "each of them is followed"


async def test_tasks_that_change_hands_or_days_together_are_told_together(timeline: Timeline) -> None:
    anna = await colleague(timeline.world)
    ids = [await timeline.add(name, duration_days=2) for name in ("Copy", "Film", "Print")]
    await timeline.link(ids[0], ids[1])
    await timeline.link(ids[1], ids[2])
    await timeline.change(*(setting(id, owner_id=anna.id) for id in ids))
    (given,) = await told(timeline, anna, "assigned")
    assert (given["values"]["count"], given["values"]["first"]) == (3, "Copy")
    await timeline.change(setting(ids[0], duration_days=4))
    (moved,) = await told(timeline, anna, "schedule_moved")
    assert (moved["values"]["count"], moved["values"]["first"]) == (3, "Copy")
    assert moved["values"]["on"] == (await timeline.row("Copy"))["ends_on"], "the day it ends, as the sentence says"


async def test_tasks_handed_over_together_are_told_together(timeline: Timeline) -> None:
    anna = await colleague(timeline.world)
    first = await timeline.add("Brief")
    for name in ("Copy", "Film"):
        await timeline.link(first, await timeline.add(name, owner_id=anna.id))
    await timeline.state(first, "done")
    (over,) = await told(timeline, anna, "handed_over")
    assert (over["thing"]["title"], over["values"]["count"], over["values"]["note"]) == ("Launch", 2, "Brief")


async def test_a_group_is_not_counted_beside_its_parts(timeline: Timeline) -> None:
    anna = await colleague(timeline.world)
    group = await timeline.add("Poster")
    part = await timeline.add("Layout", parent_id=group)
    await timeline.change(setting(group, owner_id=anna.id), setting(part, owner_id=anna.id))
    (given,) = await told(timeline, anna, "assigned")
    assert (given["thing"]["title"], given["values"].get("count")) == ("Layout", None)
