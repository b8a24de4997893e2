"""Timelines over time and campaigns: load, holidays, baselines, recurring tasks, my work, guests."""

from __future__ import annotations

from sqlalchemy import select

from gonfalon.accounts.model import Role
from gonfalon.accounts.tables import audit_entries
from tests.planning.timeline.plans import Timeline, begun, setting


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
