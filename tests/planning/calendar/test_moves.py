"""Moving: clock time over daylight saving, what is said to break, exactly that is done."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from dateutil.easter import easter

from tests.conftest import World
from tests.planning.calendar.factory import ZONE, ahead, campaign, got, launched, local, made, touchpoint


def next_sunday_of(month: int) -> date:
    """The last Sunday of the next such month that is at least a week ahead: when clocks change in Europe.

    Never Easter, which is a holiday besides.
    """
    year = ahead(0).year
    while True:
        day = date(year, month, 31)
        day -= timedelta(days=(day.weekday() + 1) % 7)
        if day > ahead(7) and day != easter(year):
            return day
        year += 1


async def preview(world: World, kind: str, id: str, **body: Any) -> dict[str, Any]:
    return await made(world, "/calendar/moves/preview", kind=kind, id=id, **body)


async def move(world: World, kind: str, id: str, **body: Any) -> dict[str, Any]:
    shown = await preview(world, kind, id, **body)
    return await made(world, "/calendar/moves", kind=kind, id=id, fingerprint=shown["fingerprint"], **body)


def codes(found: dict[str, Any]) -> list[str]:
    return [each["code"] for each in found["breaks"]]


async def refused(world: World, path: str, **body: Any) -> tuple[int, str]:
    answer = await world.http.post(f"{world.path}{path}", json=body)
    return answer.status_code, answer.json()["code"]


async def test_a_touchpoint_keeps_its_clock_time_over_daylight_saving(world: World) -> None:
    plan = await campaign(world)
    change = next_sunday_of(3)
    before = change - timedelta(days=2)
    mail = await touchpoint(world, plan["id"], "Mail", send_at=local(before))
    await move(world, "touchpoint", mail["id"], day=str(change + timedelta(days=3)))
    after = await got(world, f"/touchpoints/{mail['id']}")
    at = datetime.fromisoformat(after["send_at"]).astimezone(ZONE)
    assert (at.date(), at.strftime("%H:%M")) == (change + timedelta(days=3), "09:30")
    # Five days by the calendar, and an hour less by the sun.
    assert at - datetime.fromisoformat(mail["send_at"]) == timedelta(days=5) - timedelta(hours=1)
    lines = (await got(world, "/audit"))["items"]
    assert [line["action"] for line in lines][:2] == ["touchpoint.rescheduled", "touchpoint.created"]
    assert after["version"] == mail["version"] + 1


async def test_a_time_that_the_clocks_skip_is_said(world: World) -> None:
    plan = await campaign(world)
    change = next_sunday_of(3)
    mail = await touchpoint(world, plan["id"], "Mail", send_at=local(change - timedelta(days=1), "02:30"))
    shown = await preview(world, "touchpoint", mail["id"], day=str(change))
    assert codes(shown) == ["clock_gap"]
    assert shown["breaks"][0]["values"] == {"asked": "02:30", "at": "03:30"}
    moved = await move(world, "touchpoint", mail["id"], day=str(change))
    assert datetime.fromisoformat(moved["shifts"][0]["at"]).astimezone(ZONE).hour == 3
    autumn = next_sunday_of(10)
    again = await preview(world, "touchpoint", mail["id"], day=str(autumn), time="02:30")
    assert codes(again) == ["clock_twice"]
    assert codes(await preview(world, "touchpoint", mail["id"], day=str(autumn), time="12:00")) == []


async def test_what_has_happened_stays_and_the_past_is_refused(world: World) -> None:
    plan = await campaign(world)
    sent = await touchpoint(world, plan["id"], "Sent", send_at=local(ahead(1)))
    await launched(world, sent["id"], world.ctx.now, [])
    wish = {"kind": "touchpoint", "id": sent["id"], "day": str(ahead(9))}
    assert await refused(world, "/calendar/moves/preview", **wish) == (409, "touchpoint_launched")
    assert await refused(world, "/calendar/moves", **wish, fingerprint="x") == (409, "touchpoint_launched")
    mail = await touchpoint(world, plan["id"], "Mail", send_at=local(ahead(1)))
    wish = {"kind": "touchpoint", "id": mail["id"], "day": str(ahead(-1))}
    assert await refused(world, "/calendar/moves/preview", **wish) == (422, "move_to_past")
    wish["day"] = "9000-01-01"
    assert await refused(world, "/calendar/moves/preview", **wish) == (422, "day_out_of_range")
    wish["id"] = plan["id"]
    assert (await refused(world, "/calendar/moves/preview", **wish))[0] in (404, 422)


async def test_only_what_was_shown_is_done(world: World) -> None:
    plan = await campaign(world)
    mail = await touchpoint(world, plan["id"], "Mail", send_at=local(ahead(3)))
    wish: dict[str, Any] = {"kind": "touchpoint", "id": mail["id"], "day": str(ahead(5))}
    shown = await made(world, "/calendar/moves/preview", **wish)
    await move(world, "touchpoint", mail["id"], day=str(ahead(4)))
    stale = await refused(world, "/calendar/moves", **wish, fingerprint=shown["fingerprint"])
    assert stale == (409, "preview_stale")
    found = await got(world, f"/touchpoints/{mail['id']}")
    assert datetime.fromisoformat(found["send_at"]).astimezone(ZONE).date() == ahead(4)
    # Nor is a fingerprint good for another day.
    shown = await made(world, "/calendar/moves/preview", **wish)
    wish["day"] = str(ahead(6))
    stale = await refused(world, "/calendar/moves", **wish, fingerprint=shown["fingerprint"])
    assert stale == (409, "preview_stale")


async def test_a_move_says_what_it_breaks(world: World) -> None:
    plan = await campaign(world, starts_on=str(ahead(0)), ends_on=str(ahead(10)))
    mail = await touchpoint(world, plan["id"], "Mail", send_at=local(ahead(8)))
    path = f"/campaigns/{plan['id']}"
    await made(world, f"{path}/tasks", name="Write it", not_before=str(ahead(6)), touchpoint_id=mail["id"])
    shown = await preview(world, "touchpoint", mail["id"], day=str(ahead(2)))
    assert codes(shown) == ["tasks_after"]
    assert shown["breaks"][0]["names"] == ["Write it"]
    assert codes(await preview(world, "touchpoint", mail["id"], day=str(ahead(11)))) == ["outside_campaign"]


async def test_a_move_shows_the_collisions_it_makes_and_solves(world: World) -> None:
    plan = await campaign(world)
    audience = await made(world, "/audiences", kind="segment", name="All", rule={"kind": "all", "rules": []})
    async with world.services.db.transaction() as connection:
        await connection.exec_driver_sql(
            "insert into people (workspace_id, attributes) select %s, '{}' from generate_series(1, 30)",
            (world.workspace.id,),
        )
    mails = [
        await touchpoint(world, plan["id"], name, audience_id=audience["id"], send_at=local(ahead(day)))
        for name, day in (("One", 2), ("Two", 4), ("Three", 20))
    ]
    while True:
        shown = await preview(world, "touchpoint", mails[1]["id"], day=str(ahead(19)))
        if shown["counted"]:
            break
    assert [(each["one"], each["other"], each["days"], each["people"]) for each in shown["made"]] == [
        ("Two", "Three", 1, 30)
    ]
    assert [(each["one"], each["other"]) for each in shown["solved"]] == [("One", "Two")]
    for day, expected in ((13, []), (14, ["Three"])):  # seven days before the third, and six
        near = await preview(world, "touchpoint", mails[1]["id"], day=str(ahead(day)))
        assert [each["other"] for each in near["made"]] == expected
    gone = await move(world, "touchpoint", mails[1]["id"], day=None)
    assert gone["shifts"][0]["after"] is None
    assert [each["name"] for each in (await calendar(world))["undated"]] == ["Two"]


async def calendar(world: World) -> dict[str, Any]:
    found: dict[str, Any] = await got(world, "/calendar", **{"from": str(ahead(-5)), "to": str(ahead(90))})
    return found


async def test_a_task_moves_through_its_timeline(world: World) -> None:
    plan = await campaign(world, starts_on=str(ahead(0)))
    path = f"/campaigns/{plan['id']}"
    first = await made(world, f"{path}/tasks", name="First", not_before=str(ahead(1)))
    second = await made(world, f"{path}/tasks", name="Second")
    change = {"op": "link", "predecessor_id": first["id"], "successor_id": second["id"]}
    shown = await made(world, f"{path}/timeline/preview", changes=[change])
    await made(world, f"{path}/timeline/apply", changes=[change], fingerprint=shown["fingerprint"])
    moved = await move(world, "task", first["id"], day=str(ahead(14)))
    assert [each["name"] for each in moved["shifts"]] == ["First", "Second"]
    days = {each["name"]: each["starts_on"] for each in (await calendar(world))["items"]}
    assert days["First"] >= str(ahead(14))
    assert days["Second"] > days["First"]
    done = await world.http.put(f"{world.path}/tasks/{first['id']}/state", json={"state": "done", "version": 2})
    if done.status_code == 200:
        wish = {"kind": "task", "id": first["id"], "day": str(ahead(20))}
        assert await refused(world, "/calendar/moves/preview", **wish) == (409, "task_ended")


async def test_a_campaign_moves_with_what_is_planned_in_it(world: World) -> None:
    plan = await campaign(world, starts_on=str(ahead(2)), ends_on=str(ahead(20)))
    path = f"/campaigns/{plan['id']}"
    await touchpoint(world, plan["id"], "Mail", send_at=local(ahead(5)))
    sent = await touchpoint(world, plan["id"], "Sent")
    await launched(world, sent["id"], world.ctx.now, [])
    await made(world, f"{path}/tasks", name="Task", not_before=str(ahead(4)))
    shown = await preview(world, "campaign", plan["id"], day=str(ahead(9)))
    assert "launched_stay" in codes(shown)
    assert {each["name"] for each in shown["shifts"]} == {"Spring", "Mail", "Task"}
    await move(world, "campaign", plan["id"], day=str(ahead(9)))
    found = await calendar(world)
    [bar] = found["campaigns"]
    assert (bar["starts_on"], bar["ends_on"]) == (str(ahead(9)), str(ahead(27)))
    days = {each["name"]: each["starts_on"] for each in found["items"]}
    assert days["Mail"] == str(ahead(12))
    assert days["Task"] >= str(ahead(11))
    assert days["Sent"] == str(ahead(0))
    actions = [line["action"] for line in (await got(world, "/audit"))["items"]]
    assert actions[0] == "campaign.rescheduled"
    assert "timeline.changed" not in actions


async def test_a_campaign_moves_alone_where_that_is_asked(world: World) -> None:
    plan = await campaign(world, starts_on=str(ahead(2)), ends_on=str(ahead(20)))
    await touchpoint(world, plan["id"], "Mail", send_at=local(ahead(5)))
    wish = {"day": str(ahead(9)), "touchpoints": False, "tasks": False}
    shown = await preview(world, "campaign", plan["id"], **wish)
    assert codes(shown) == ["touchpoints_outside"]
    assert [each["name"] for each in shown["shifts"]] == ["Spring"]
    ends = await move(world, "campaign", plan["id"], day=str(ahead(30)), edge="end")
    assert ends["shifted"] == 1
    [bar] = (await calendar(world))["campaigns"]
    assert (bar["starts_on"], bar["ends_on"]) == (str(ahead(2)), str(ahead(30)))
    wrong = {"kind": "campaign", "id": plan["id"], "day": str(ahead(1)), "edge": "end"}
    assert await refused(world, "/calendar/moves/preview", **wrong) == (422, "campaign_dates")


async def test_a_campaign_does_not_take_its_mails_into_the_past(world: World) -> None:
    plan = await campaign(world, starts_on=str(ahead(2)), ends_on=str(ahead(20)))
    await touchpoint(world, plan["id"], "Mail", send_at=local(ahead(3)))
    wish = {"kind": "campaign", "id": plan["id"], "day": str(ahead(-20))}
    shown = await made(world, "/calendar/moves/preview", **wish)
    assert shown["blocked"]
    blocked = await refused(world, "/calendar/moves", **wish, fingerprint=shown["fingerprint"])
    assert blocked == (409, "move_blocked")
