"""What the reviews tell of money, slips and decisions."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import update

from gonfalon.accounts.model import Role
from gonfalon.planning.tables.budget import spend_entries
from gonfalon.planning.tables.timeline import tasks
from tests.approvals.factory import group_step, join, make_group, make_rule
from tests.conftest import World
from tests.planning.test_campaigns import made

PERIOD = {"first": "2026-03-02", "last": "2026-03-08"}


async def read(world: World, what: str, **asked: str) -> Any:
    answer = await world.http.get(f"{world.path}/reviews/{what}", params=PERIOD | asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def line(world: World, campaign: dict[str, Any], planned: int) -> str:
    path = f"{world.path}/campaigns/{campaign['id']}/budget"
    answer = await world.http.post(path, json={"name": "Print", "resource": "media", "planned_minor": planned})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["lines"][-1]["id"])


async def spend(
    world: World, campaign: dict[str, Any], line_id: str, day: str, minor: int, kind: str = "invoice", **more: str
) -> str:
    body = {"line_id": line_id, "kind": kind, "day": day, "amount_minor": minor, "currency": "EUR"} | more
    answer = await world.http.post(f"{world.path}/campaigns/{campaign['id']}/budget/entries", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def test_money_of_a_week_and_what_is_over(world: World) -> None:
    over = await made(world, name="Over", starts_on="2026-01-01", ends_on="2026-12-31")
    calm = await made(world, name="Calm", starts_on="2026-03-08", ends_on="2026-04-01")
    past = await made(world, name="Past", starts_on="2025-01-01", ends_on="2025-12-31")
    plain = await made(world, name="Later", starts_on="2026-03-09", ends_on="2026-04-01")
    lines = {each["name"]: await line(world, each, 10_000) for each in (over, calm, past, plain)}
    for day, minor in (("2026-03-01", 5_000), ("2026-03-02", 4_000), ("2026-03-08", 3_001), ("2026-03-09", 1)):
        await spend(world, over, lines["Over"], day, minor)
    await spend(world, over, lines["Over"], "2026-03-05", 500, "commitment")
    await spend(world, past, lines["Past"], "2026-03-03", 70)
    shown = await read(world, "money")
    assert [item["name"] for item in shown["items"]] == ["Over", "Past", "Calm"], "what costs nothing now is left out"
    first = shown["items"][0]
    assert {key: first[key] for key in first if key.endswith("_minor")} == {
        "period_spent_minor": 7_001, "period_ordered_minor": 500, "planned_minor": 10_000, "committed_minor": 500,
        "spent_minor": 12_001, "over_minor": 2_501,
    }  # fmt: skip
    assert (first["lines_over"], shown["items"][2]["lines_over"]) == (1, 0)
    assert shown["sum"] == {
        "campaigns": 3, "period_spent_minor": 7_071, "period_ordered_minor": 500, "planned_minor": 30_000,
        "committed_minor": 500, "spent_minor": 12_071,
    }  # fmt: skip


async def test_money_is_as_of_the_end_of_the_period(world: World) -> None:
    """Held against the same entries added up by hand, for the end of every day."""
    campaign = await made(world, name="Spring", starts_on="2026-01-01", ends_on="2026-12-31")
    path = f"{world.path}/campaigns/{campaign['id']}/budget/entries"
    print_line, web_line = await line(world, campaign, 10_000), await line(world, campaign, 1_000)
    order = await spend(world, campaign, print_line, "2026-03-02", 4_000, "commitment")
    part = await spend(world, campaign, print_line, "2026-03-03", 1_500, commitment_id=order)
    await spend(world, campaign, print_line, "2026-03-05", 3_000, commitment_id=order)  # 500 more than was ordered
    wrong = await spend(world, campaign, web_line, "2026-03-04", 2_000, "media")
    gone = await spend(world, campaign, web_line, "2026-03-04", 700, "commitment")
    for entry, day in ((wrong, "2026-03-06"), (gone, "2026-03-06"), (part, "2026-03-07")):
        answer = await world.http.post(f"{path}/{entry}/reversal", json={"reason": "Not ours"})
        assert answer.status_code == 201, answer.text
        back = update(spend_entries).where(spend_entries.c.id == answer.json()["id"])
        async with world.services.db.transaction() as connection:  # as if it had been taken back on that day
            await connection.execute(back.values(day=date.fromisoformat(day)))
    expected = {  # day: spent, ordered and not invoiced, lines over
        "2026-03-01": (0, 0, 0),
        "2026-03-02": (0, 4_000, 0),
        "2026-03-03": (1_500, 2_500, 0),
        "2026-03-04": (3_500, 3_200, 1),
        "2026-03-05": (6_500, 700, 1),
        "2026-03-06": (4_500, 0, 0),
        "2026-03-07": (3_000, 1_000, 0),
        "2026-03-08": (3_000, 1_000, 0),
    }
    for day, seen in expected.items():
        (item,) = (await read(world, "money", first="2026-03-01", last=day))["items"]
        assert (item["spent_minor"], item["committed_minor"], item["lines_over"]) == seen, day


def at(day: int) -> datetime:
    return datetime(2026, 3, day, 12, tzinfo=UTC)


async def test_what_slips_is_late_against_what_was_promised(world: World) -> None:
    campaign = await made(world, starts_on="2026-01-05", ends_on="2026-12-31")
    path = f"{world.path}/campaigns/{campaign['id']}/tasks"
    kept: dict[str, str] = {}
    for name in (
        "Past deadline",
        "Behind baseline",
        "In time",
        "Done late",
        "Done late before",
        "Done since",
        "New",
        "Whole",
    ):
        answer = await world.http.post(path, json={"name": name})
        assert answer.status_code in (200, 201), answer.text
    async with world.services.db.transaction() as connection:
        rows = await connection.execute(tasks.select().where(tasks.c.workspace_id == world.workspace.id))
        kept = {row.name: row.id for row in rows}
        ahead = date(2030, 1, 10)
        changes: dict[str, dict[str, Any]] = {
            "Past deadline": {"ends_on": date(2026, 3, 1), "deadline": date(2026, 3, 4)},
            "Behind baseline": {"ends_on": ahead, "baseline_ends_on": ahead - timedelta(days=9), "deadline": ahead},
            "In time": {"ends_on": ahead, "baseline_ends_on": ahead, "deadline": ahead},
            "Done late": {"state": "done", "done_on": date(2026, 3, 2), "deadline": date(2026, 2, 28)},
            "Done late before": {"state": "done", "done_on": date(2026, 3, 1), "deadline": date(2026, 2, 1)},
            "Done since": {"state": "done", "done_on": date(2026, 3, 9), "deadline": date(2026, 3, 5)},
            "New": {"ends_on": date(2026, 3, 1), "deadline": date(2026, 3, 4), "created_at": at(9)},
            "Whole": {"ends_on": date(2026, 1, 1)},
        }
        for name, values in changes.items():
            before = {"created_at": at(1)} | values
            await connection.execute(update(tasks).where(tasks.c.id == kept[name]).values(**before))
        await connection.execute(update(tasks).where(tasks.c.id == kept["In time"]).values(parent_id=kept["Whole"]))
    shown = await read(world, "slips")
    assert [(item["name"], item["late_days"], item["against"]) for item in shown["items"]] == [
        ("Behind baseline", 9, "baseline"), ("Past deadline", 4, "deadline"), ("Done since", 3, "deadline"),
        ("Done late", 2, "deadline"),
    ]  # fmt: skip
    assert shown["total"] == 4
    earlier = await read(world, "slips", first="2026-02-23", last="2026-03-01")
    assert [(item["name"], item["late_days"]) for item in earlier["items"]] == [
        ("Done late before", 28), ("Behind baseline", 9), ("Done late", 1),
    ]  # fmt: skip
    move = {"state": "archived", "version": 1}
    gone = await world.http.put(f"{world.path}/campaigns/{campaign['id']}/state", json=move)
    assert gone.status_code == 200, gone.text
    assert (await read(world, "slips")) == {"items": [], "total": 0}


async def test_decisions_of_a_period_with_their_reasons(world: World, client_of: Any) -> None:
    campaign = await made(world, name="Spring")
    lea = await join(world, client_of, "Lea")
    await make_rule(world, group_step(await make_group(world, "Board", lea)), kind="budget")
    await line(world, campaign, 1_000)
    asked = await world.http.post(f"{world.path}/approvals", json={"kind": "budget", "id": campaign["id"], "note": ""})
    request = asked.json()
    said = {"step_id": request["steps"][0]["id"], "verdict": "changes", "reason": "Less print, please."}
    assert (await lea.http.post(f"{world.path}/approvals/{request['id']}/decisions", json=said)).status_code == 200
    today = world.ctx.today
    near = {"first": (today - timedelta(days=1)).isoformat(), "last": (today + timedelta(days=1)).isoformat()}
    (decision,) = await read(world, "decisions", **near)
    assert {key: decision[key] for key in ("request_id", "kind", "campaign_name", "by", "verdict", "reason")} == {
        "request_id": request["id"], "kind": "budget", "campaign_name": "Spring", "by": "Lea", "verdict": "changes",
        "reason": "Less print, please.",
    }  # fmt: skip
    assert await read(world, "decisions") == []
    guest = await world.member(Role.GUEST)
    hidden = await guest.get(f"{world.path}/reviews/decisions", params=near)
    assert (hidden.status_code, hidden.json()) == (200, [])


async def test_a_review_of_a_time_that_makes_no_sense(world: World) -> None:
    for asked in ({"first": "2026-03-09"}, {"last": "2029-03-09"}):
        answer = await world.http.get(f"{world.path}/reviews/money", params=PERIOD | asked)
        assert (answer.status_code, answer.json()["code"]) == (422, "days_invalid")
