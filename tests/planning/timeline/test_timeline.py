"""Timelines through the API: tasks, links, previews, hand-over."""

from __future__ import annotations

import asyncio

from sqlalchemy import select

from gonfalon.accounts.model import Role
from gonfalon.teamwork.tables import notices
from tests.conftest import World
from tests.planning.timeline.plans import Timeline, begun, linked, setting


async def test_tasks_are_scheduled_as_they_are_linked(timeline: Timeline) -> None:
    a, b = await timeline.add("Copy", duration_days=3), await timeline.add("Design", duration_days=4)
    assert (await timeline.days())["Design"] == ("2030-03-04", "2030-03-07")
    await timeline.link(a, b)
    assert (await timeline.days())["Design"] == ("2030-03-07", "2030-03-12")
    found = await timeline.read()
    assert found["links"] == [{"predecessor_id": a, "successor_id": b, "kind": "fs", "lag_days": 0}]
    assert [(row["slack_days"], row["critical"]) for row in found["tasks"]] == [(0, True), (0, True)]
    await timeline.change({"op": "unlink", "predecessor_id": a, "successor_id": b})
    assert (await timeline.days())["Design"] == ("2030-03-04", "2030-03-07")


async def test_a_preview_says_what_moves_and_writes_nothing(timeline: Timeline) -> None:
    a = await timeline.add("Copy", duration_days=3)
    b = await timeline.add("Design", duration_days=2, deadline="2030-03-11")
    await timeline.link(a, b)
    before = await timeline.read()
    seen = await timeline.preview(setting(a, duration_days=5))
    assert [(move["name"], move["days"], move["ends_on"]) for move in seen["moves"]] == [
        ("Copy", 2, "2030-03-08"),
        ("Design", 2, "2030-03-12"),
    ]
    assert [(late["name"], late["days"]) for late in seen["late"]] == [("Design", 1)]
    assert (seen["ends_before"], seen["ends_on"]) == ("2030-03-08", "2030-03-12")
    assert await timeline.read() == before


async def test_what_was_shown_is_applied_or_nothing(timeline: Timeline) -> None:
    a, b = await timeline.add("Copy", duration_days=3), await timeline.add("Design", duration_days=2)
    change = setting(b, not_before="2030-03-06")
    seen = await timeline.preview(change)
    await timeline.link(a, b)  # somebody else was faster
    body = {"changes": [change], "fingerprint": seen["fingerprint"]}
    late = await timeline.world.http.post(f"{timeline.path}/timeline/apply", json=body)
    assert (late.status_code, late.json()["code"]) == (409, "preview_stale")
    assert (await timeline.row("Design"))["not_before"] is None


async def test_one_of_three_who_apply_at_once_wins_and_the_others_are_told(timeline: Timeline) -> None:
    a = await timeline.add("Copy", duration_days=1)
    changes = [[setting(a, duration_days=days)] for days in (2, 3, 4)]
    seen = [(await timeline.preview(*change))["fingerprint"] for change in changes]
    answers = await asyncio.gather(
        *(
            timeline.world.http.post(f"{timeline.path}/timeline/apply", json={"changes": change, "fingerprint": mark})
            for change, mark in zip(changes, seen, strict=True)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    winner = next(n for n, answer in enumerate(answers) if answer.status_code == 200)
    assert (await timeline.row("Copy"))["duration_days"] == winner + 2


async def test_a_drag_before_what_it_waits_for_says_who_holds_it(timeline: Timeline) -> None:
    a, b = await timeline.add("Copy", duration_days=3), await timeline.add("Design")
    await timeline.link(a, b)
    seen = await timeline.preview(setting(b, not_before="2030-03-04"))
    assert seen["moves"] == []
    assert [(held["name"], held["by"]) for held in seen["held"]] == [("Design", ["Copy"])]


async def test_an_end_sets_the_duration_in_working_days(timeline: Timeline) -> None:
    a = await timeline.add("Copy")
    await timeline.change(setting(a, ends_on="2030-03-12"))
    assert (await timeline.row("Copy"))["duration_days"] == 7
    answer = await timeline.world.http.post(
        f"{timeline.path}/timeline/preview", json={"changes": [setting(a, ends_on="2030-03-01")]}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "ends_before_start")


async def test_circles_are_refused_with_their_path(timeline: Timeline) -> None:
    a, b, c = [await timeline.add(name) for name in ("Copy", "Design", "Print")]
    await timeline.link(a, b)
    await timeline.link(b, c)
    body = {"changes": [linked(c, a)]}
    answer = await timeline.world.http.post(f"{timeline.path}/timeline/preview", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "task_circle")
    assert sorted(set(answer.json()["path"])) == ["Copy", "Design", "Print"]
    assert " → ".join(answer.json()["path"]) in answer.json()["detail"]
    itself = await timeline.world.http.post(f"{timeline.path}/timeline/preview", json={"changes": [linked(a, a)]})
    assert (itself.status_code, itself.json()["code"]) == (422, "link_to_itself")
    into = await timeline.world.http.put(f"{timeline.world.path}/tasks/{b}/place", json={"parent_id": a})
    assert (into.status_code, into.json()["code"]) == (409, "task_circle")
    own = await timeline.world.http.put(f"{timeline.world.path}/tasks/{a}/place", json={"parent_id": a})
    assert (own.status_code, own.json()["code"]) == (409, "task_circle")


async def test_bad_values_get_a_sentence(timeline: Timeline) -> None:
    a = await timeline.add("Copy")
    for body, code in (
        ({"name": "x", "duration_days": -1}, "request_invalid"),
        ({"name": "  "}, "name_missing"),
        ({"name": "x", "not_before": "0001-01-01"}, "day_out_of_range"),
        ({"name": "x", "owner_id": "00000000-0000-7000-8000-000000000000"}, "owner_unknown"),
    ):
        answer = await timeline.world.http.post(f"{timeline.path}/tasks", json=body)
        assert (answer.status_code, answer.json()["code"]) == (422, code), answer.text
    far = [await timeline.add(f"Decade {n}", duration_days=2500) for n in range(5)]
    links = [linked(x, y) for x, y in zip([a, *far], far, strict=False)]
    assert (await timeline.preview(*links))["ends_on"] < "2080"
    more = [await timeline.add(f"More {n}", duration_days=2500) for n in range(2)]
    links += [linked(far[-1], more[0]), linked(more[0], more[1])]
    answer = await timeline.world.http.post(f"{timeline.path}/timeline/preview", json={"changes": links})
    assert (answer.status_code, answer.json()["code"]) == (422, "schedule_too_long")
    assert "fifty years" in answer.json()["detail"]


async def test_the_list_is_a_tree_that_moves(timeline: Timeline) -> None:
    a, b, c = [await timeline.add(name, duration_days=2) for name in ("A", "B", "C")]
    path = f"{timeline.world.path}/tasks"
    assert (await timeline.world.http.put(f"{path}/{c}/place", json={})).status_code == 200
    assert [row["name"] for row in (await timeline.read())["tasks"]] == ["C", "A", "B"]
    await timeline.world.http.put(f"{path}/{b}/place", json={"parent_id": a})
    await timeline.change(setting(b, not_before="2030-03-06"))
    rows = (await timeline.read())["tasks"]
    assert [(row["name"], row["depth"], row["group"]) for row in rows] == [
        ("C", 0, False),
        ("A", 0, True),
        ("B", 1, False),
    ]
    assert (rows[1]["starts_on"], rows[1]["ends_on"]) == ("2030-03-06", "2030-03-07")
    d = await timeline.add("D", parent_id=a)
    await timeline.add("E", parent_id=a, after_id=b)
    assert [row["name"] for row in (await timeline.read())["tasks"]] == ["C", "A", "B", "E", "D"]
    assert (await timeline.world.http.delete(f"{path}/{a}")).status_code == 204
    assert [row["name"] for row in (await timeline.read())["tasks"]] == ["C"]
    assert (await timeline.world.http.get(f"{path}/{d}")).status_code == 404


async def test_words_are_saved_with_their_version(timeline: Timeline) -> None:
    a = await timeline.add("Copy")
    path = f"{timeline.world.path}/tasks/{a}"
    saved = await timeline.world.http.put(path, json={"name": "Long copy", "notes": "500 words", "version": 1})
    assert (saved.json()["name"], saved.json()["version"]) == ("Long copy", 2)
    late = await timeline.world.http.put(path, json={"name": "Short copy", "version": 1})
    assert (late.status_code, late.json()["code"]) == (409, "changed_meanwhile")


async def test_an_end_hands_the_work_to_the_next_owner(timeline: Timeline) -> None:
    client = await timeline.world.member(Role.CREATOR)
    me = (await client.get("/api/v1/me")).json()
    owner = next(p["id"] for p in (await timeline.read())["people"] if p["name"] == me["name"])
    a, b = await timeline.add("Copy", duration_days=3), await timeline.add("Photos")
    group = await timeline.add("Poster")
    c = await timeline.add("Layout", parent_id=group, owner_id=owner)
    await timeline.change(linked(a, group), linked(b, group))
    work = (await client.get(f"{timeline.world.path}/my-work")).json()["items"]
    assert [(row["name"], row["waiting"]) for row in work] == [("Layout", True)]
    assert (await timeline.state(a, "done"))["handed_over"] == []
    assert (await timeline.state(b, "done"))["handed_over"] == [{"id": c, "name": "Layout"}]
    async with timeline.world.services.db.reading() as connection:
        found = await connection.execute(
            select(notices.c.kind, notices.c.title).where(notices.c.thing_id == c).order_by(notices.c.id)
        )
        assert [tuple(row) for row in found] == [
            ("assigned", "Layout"),
            ("schedule_moved", "Layout"),
            ("handed_over", "Layout"),
        ]
    assert (await timeline.state(b, "todo"))["handed_over"] == []


async def test_done_early_lets_the_rest_begin_early_and_groups_follow_their_parts(world: World) -> None:
    timeline = await begun(world, "2020-03-02")
    then = {"not_before": "2020-03-02"}
    group = await timeline.add("Poster", **then)
    a = await timeline.add("Copy", duration_days=5, parent_id=group, **then)
    b = await timeline.add("Print", duration_days=1, **then)
    await timeline.link(group, b)
    assert (await timeline.days())["Print"] == ("2020-03-09", "2020-03-09")
    await timeline.state(a, "done", done_on="2020-03-03")
    found = {row["name"]: row for row in (await timeline.read())["tasks"]}
    assert found["Poster"]["state"] == "done"
    assert (found["Copy"]["ends_on"], found["Print"]["starts_on"]) == ("2020-03-03", "2020-03-04")
    answer = await world.http.put(
        f"{world.path}/tasks/{b}/state", json={"state": "done", "done_on": "2199-01-01", "version": 1}
    )
    assert answer.json()["code"] == "done_in_future"
    group_state = await world.http.put(f"{world.path}/tasks/{group}/state", json={"state": "todo", "version": 1})
    assert group_state.json()["code"] == "group_state"


async def test_planning_from_a_day_moves_what_is_not_done(world: World) -> None:
    timeline = await begun(world, "2020-03-02")
    a, b, c = [
        await timeline.add(name, duration_days=days, not_before="2020-03-02")
        for name, days in (("Copy", 2), ("Design", 2), ("Print", 1))
    ]
    await timeline.change(linked(a, b), linked(b, c))
    await timeline.state(a, "done", done_on="2020-03-03")
    await timeline.state(b, "doing")
    await timeline.change({"op": "from_day", "day": "2020-03-11"})
    assert await timeline.days() == {
        "Copy": ("2020-03-02", "2020-03-03"),
        "Design": ("2020-03-04", "2020-03-11"),
        "Print": ("2020-03-12", "2020-03-12"),
    }


async def test_what_is_new_in_a_campaign_under_way_is_not_late_at_once(world: World) -> None:
    timeline = await begun(world, "2020-03-02")
    await timeline.add("Copy", duration_days=2)
    await timeline.add("Told afterwards", not_before="2020-03-04")
    pasted = await world.http.post(f"{timeline.path}/tasks/paste", json={"text": "Print\nCall back", "dry": False})
    assert pasted.json()["created"] == 2, pasted.text
    days = await timeline.days()
    today = world.ctx.today.isoformat()
    assert days.pop("Told afterwards")[0] == "2020-03-04", "a day that is said counts"
    assert len(days) == 3
    assert all(today <= first for first, _ in days.values())
