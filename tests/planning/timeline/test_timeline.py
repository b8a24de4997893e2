"""Timelines through the API: tasks, links, previews, hand-over, capacity, baselines, recurring tasks."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import select

from gonfalon.accounts.model import Role
from gonfalon.accounts.tables import audit_entries
from gonfalon.teamwork.tables import notices
from tests.conftest import World

MONDAY = "2030-03-04"


class Timeline:
    """A campaign that begins on a Monday, and short words for what tests do with it."""

    def __init__(self, world: World, campaign: dict[str, Any]) -> None:
        self.world, self.campaign = world, campaign
        self.path = f"{world.path}/campaigns/{campaign['id']}"

    async def add(self, name: str, **values: Any) -> str:
        answer = await self.world.http.post(f"{self.path}/tasks", json={"name": name} | values)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def read(self) -> dict[str, Any]:
        answer = await self.world.http.get(f"{self.path}/timeline")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def row(self, name: str) -> dict[str, Any]:
        return next(row for row in (await self.read())["tasks"] if row["name"] == name)

    async def days(self) -> dict[str, tuple[str, str]]:
        return {row["name"]: (row["starts_on"], row["ends_on"]) for row in (await self.read())["tasks"]}

    async def preview(self, *changes: dict[str, Any]) -> dict[str, Any]:
        answer = await self.world.http.post(f"{self.path}/timeline/preview", json={"changes": changes})
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def change(self, *changes: dict[str, Any]) -> dict[str, Any]:
        """Looks, then applies."""
        seen = await self.preview(*changes)
        body = {"changes": changes, "fingerprint": seen["fingerprint"]}
        answer = await self.world.http.post(f"{self.path}/timeline/apply", json=body)
        assert answer.status_code == 200, answer.text
        assert answer.json() == seen
        return seen

    async def link(self, first: str, second: str, kind: str = "fs", lag: int = 0) -> dict[str, Any]:
        return await self.change(linked(first, second, kind, lag))

    async def state(self, id: str, state: str, **values: Any) -> dict[str, Any]:
        version = (await self.world.http.get(f"{self.world.path}/tasks/{id}")).json()["version"]
        answer = await self.world.http.put(
            f"{self.world.path}/tasks/{id}/state", json={"state": state, "version": version} | values
        )
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found


def linked(first: str, second: str, kind: str = "fs", lag: int = 0) -> dict[str, Any]:
    return {"op": "link", "predecessor_id": first, "successor_id": second, "kind": kind, "lag_days": lag}


def setting(id: str, **values: Any) -> dict[str, Any]:
    return {"op": "set", "task_id": id} | values


async def begun(world: World, starts_on: str = MONDAY) -> Timeline:
    answer = await world.http.post(
        f"{world.path}/campaigns", json={"name": "Launch", "category": "acquisition", "starts_on": starts_on}
    )
    assert answer.status_code == 201, answer.text
    return Timeline(world, answer.json())


@pytest.fixture
async def timeline(world: World) -> Timeline:
    return await begun(world)


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


async def test_overload_is_shown_before_a_date_is_accepted(timeline: Timeline) -> None:
    world = timeline.world
    me = world.ctx.actor.id
    other = await begun(world)
    await other.add("Elsewhere", duration_days=5, effort_hours=30, owner_id=me)
    a = await timeline.add("Copy", duration_days=5, effort_hours=20, owner_id=me, not_before="2030-03-11")
    assert (await timeline.preview(setting(a, effort_hours=40)))["overloads"] == []
    seen = await timeline.preview(setting(a, not_before="2030-03-04"))
    assert seen["overloads"] == [
        {"owner_id": me, "week": "2030-03-04", "capacity": 40.0, "load": 50.0, "load_before": 30.0}
    ]
    capacity = (await world.http.get(f"{world.path}/capacity?from=2030-03-04&to=2030-03-11")).json()
    mine = next(person for person in capacity["people"] if person["id"] == me)
    assert [(week["load"], week["capacity"]) for week in mine["weeks"]] == [(30.0, 40.0), (20.0, 40.0)]
    asked = (await world.http.get(f"{world.path}/capacity/{me}?from=2030-03-04")).json()["items"]
    assert [row["name"] for row in asked] == ["Elsewhere"]


async def test_what_another_campaign_asks_meanwhile_is_shown_again(timeline: Timeline) -> None:
    """The plan itself is as it was; who would be asked too much is not."""
    world, me = timeline.world, timeline.world.ctx.actor.id
    other = await begun(world)
    busy = await other.add("Elsewhere", duration_days=5, effort_hours=30, owner_id=me)
    a = await timeline.add("Copy", duration_days=5, effort_hours=5, owner_id=me, not_before="2030-03-11")
    change = setting(a, not_before="2030-03-04")
    seen = await timeline.preview(change)
    assert seen["overloads"] == []
    await other.change(setting(busy, effort_hours=38))
    body = {"changes": [change], "fingerprint": seen["fingerprint"]}
    late = await world.http.post(f"{timeline.path}/timeline/apply", json=body)
    assert (late.status_code, late.json()["code"]) == (409, "preview_stale")
    again = await timeline.preview(change)
    assert [over["load"] for over in again["overloads"]] == [43.0]
    body["fingerprint"] = again["fingerprint"]
    assert (await world.http.post(f"{timeline.path}/timeline/apply", json=body)).status_code == 200


async def test_holidays_and_days_off_move_dates_only_when_planned_again(timeline: Timeline) -> None:
    world = timeline.world
    me = world.ctx.actor.id
    await timeline.add("Copy", duration_days=5, owner_id=me)
    await timeline.add("Design", duration_days=5)
    body = {"weekdays": [0, 1, 2, 3, 4], "hours_per_day": 8, "country": "SE", "days_off": ["2030-03-05"]}
    saved = await world.http.put(f"{world.path}/work-calendar", json=body)
    assert saved.status_code == 200, saved.text
    assert saved.json()["country"] == "SE"
    await world.http.put(
        f"{world.path}/work-calendar/members/{me}",
        json={"weekdays": [0, 1, 2, 3], "hours_per_day": 6, "days_off": ["2030-03-06"]},
    )
    found = await timeline.read()
    assert (found["stale"], found["days_off"][0]) == (2, "2030-03-05")
    await timeline.change()
    assert await timeline.days() == {"Copy": ("2030-03-04", "2030-03-13"), "Design": ("2030-03-04", "2030-03-11")}
    assert (await timeline.read())["stale"] == 0
    capacity = (await world.http.get(f"{world.path}/capacity?from=2030-03-04&to=2030-03-04")).json()
    assert next(p for p in capacity["people"] if p["id"] == me)["weeks"][0]["capacity"] == 12.0
    easter = await timeline.add("Easter", not_before="2030-04-19")  # Good Friday; Easter Monday is free as well
    assert (await timeline.row("Easter"))["starts_on"] == "2030-04-23", easter
    wrong = await world.http.put(f"{world.path}/work-calendar", json=body | {"country": "ZZ"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "country_unknown")
    empty = await world.http.put(f"{world.path}/work-calendar", json=body | {"weekdays": []})
    assert empty.status_code == 422


async def test_a_baseline_shows_how_far_dates_slipped(timeline: Timeline) -> None:
    a = await timeline.add("Copy", duration_days=2)
    made = await timeline.world.http.post(f"{timeline.path}/baselines", json={"name": "As agreed"})
    assert made.status_code == 201
    await timeline.change(setting(a, duration_days=6))
    row = await timeline.row("Copy")
    assert (row["baseline_ends_on"], row["ends_on"], row["slip_days"]) == ("2030-03-05", "2030-03-11", 4)
    await timeline.world.http.post(f"{timeline.path}/baselines", json={"name": "Second"})
    assert (await timeline.row("Copy"))["slip_days"] == 0
    first = made.json()["id"]
    assert (await timeline.world.http.put(f"{timeline.world.path}/baselines/{first}/chosen")).status_code == 204
    assert (await timeline.row("Copy"))["slip_days"] == 4
    assert (await timeline.world.http.delete(f"{timeline.world.path}/baselines/{first}")).status_code == 204
    assert (await timeline.row("Copy"))["slip_days"] is None
    assert [b["name"] for b in (await timeline.read())["baselines"]] == ["Second"]


async def test_a_task_comes_again_and_can_stop(timeline: Timeline) -> None:
    a = await timeline.add("Report", not_before="2030-01-31")
    path = f"{timeline.world.path}/tasks/{a}/repeat"
    made = await timeline.world.http.put(path, json={"unit": "month", "until": "2030-06-30"})
    assert made.json() == {"count": 5}
    starts = [row["starts_on"] for row in (await timeline.read())["tasks"]]
    assert starts == ["2030-01-31", "2030-02-28", "2030-04-01", "2030-04-30", "2030-05-31", "2030-07-01"]
    second = (await timeline.read())["tasks"][1]
    await timeline.state(second["id"], "doing")
    assert (await timeline.world.http.delete(path)).json() == {"count": 4}
    assert len((await timeline.read())["tasks"]) == 2
    never = await timeline.world.http.put(path, json={"unit": "day", "until": "2030-01-31"})
    assert never.json()["code"] == "repeat_never"
    often = await timeline.world.http.put(path, json={"unit": "day", "until": "2090-01-31"})
    assert often.json()["code"] == "repeat_often"


async def test_my_work_is_paged_across_campaigns(timeline: Timeline) -> None:
    world = timeline.world
    other = await begun(world, "2030-02-04")
    for n in range(3):
        await timeline.add(f"Here {n}", owner_id=world.ctx.actor.id, duration_days=n + 1)
        await other.add(f"There {n}", owner_id=world.ctx.actor.id, duration_days=n + 1)
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = (await world.http.get(f"{world.path}/my-work?limit=2&cursor={cursor}")).json()
        seen += [row["name"] for row in page["items"]]
        cursor = page["next_cursor"]
    assert seen == ["There 0", "There 1", "There 2", "Here 0", "Here 1", "Here 2"]
    assert (await world.http.get(f"{world.path}/my-work?cursor=WyJ4Il0")).status_code == 422


async def test_guests_see_only_their_campaigns_and_change_nothing(timeline: Timeline) -> None:
    a = await timeline.add("Copy")
    guest = await timeline.world.member(Role.GUEST)
    assert (await guest.get(f"{timeline.path}/timeline")).status_code == 404
    assert (await guest.get(f"{timeline.world.path}/tasks/{a}")).status_code == 404
    assert (await guest.get(f"{timeline.world.path}/capacity")).status_code == 403
    planned = (await timeline.world.http.get(f"{timeline.world.path}/capacity")).json()["people"]
    assert not [person for person in planned if person["name"].startswith("Guest")], "nobody here plans their hours"
    analyst = await timeline.world.member(Role.ANALYST)
    assert (await analyst.get(f"{timeline.path}/timeline")).status_code == 200
    await timeline.state(await timeline.add("Copy of copies"), "done")
    await timeline.add("Print")
    found = f"{timeline.world.path}/tasks?q=cop"
    assert [one["name"] for one in (await analyst.get(found)).json()] == ["Copy", "Copy of copies"], "open ones first"
    assert (await guest.get(found)).json() == []
    for answer in (
        await analyst.post(f"{timeline.path}/tasks", json={"name": "x"}),
        await analyst.post(f"{timeline.path}/timeline/preview", json={"changes": []}),
        await analyst.put(f"{timeline.world.path}/tasks/{a}/state", json={"state": "done", "version": 1}),
        await analyst.delete(f"{timeline.world.path}/tasks/{a}"),
    ):
        assert answer.status_code == 403


async def test_one_line_of_audit_for_a_thousand_moved_tasks(timeline: Timeline) -> None:
    text = "\n".join(f"Step {n}\t\t1\t\t{n - 1 if n > 1 else ''}" for n in range(1, 1001))
    pasted = await timeline.world.http.post(f"{timeline.path}/tasks/paste", json={"text": text})
    assert pasted.json()["created"] == 1000
    first = (await timeline.read())["tasks"][0]["id"]
    seen = await timeline.change(setting(first, duration_days=3))
    assert len(seen["moves"]) == 1000
    assert seen["ends_on"] > seen["ends_before"]
    async with timeline.world.services.db.reading() as connection:
        found = await connection.execute(
            select(audit_entries.c.action).where(audit_entries.c.workspace_id == timeline.world.workspace.id)
        )
        assert sorted(found.scalars()) == [
            "campaign.created",
            "tasks.pasted",
            "timeline.changed",
            "workspace.created",
        ]
