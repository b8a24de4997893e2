"""Consent that ends: not granted any more anywhere at once, proven, renewable, and known of any past day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import text

from gonfalon.people.consent.store import expire
from tests.conftest import World
from tests.people.test_consent import topic_ids
from tests.people.test_merging import add


async def say(world: World, person_id: int, state: str = "granted", **more: Any) -> int:
    """A member notes what somebody said on the first topic; how many states it changed."""
    body = {"channel": "email", "topic_ids": (await topic_ids(world))[:1], "state": state} | more
    answer = await world.http.post(f"{world.path}/people/{person_id}/consents", json=body)
    assert answer.status_code == 200, answer.text
    return int(answer.json()["changed"])


async def state(world: World, person_id: int) -> str | None:
    """What the person's consent stands at."""
    found = (await world.http.get(f"{world.path}/people/{person_id}/consents")).json()["consents"]
    return found[0]["state"] if found else None


async def reached(world: World) -> int:
    """How many people the view reaches."""
    async with world.services.db.reading() as connection:
        query = text("select count(*) from reachable_people where workspace_id = :w")
        return int((await connection.execute(query, {"w": world.workspace.id})).scalar_one())


async def pass_time(world: World, days: int) -> None:
    """Everything that was said and written down is so many days older, and the job has run."""
    async with world.services.db.transaction() as connection:
        for table, columns in (
            ("consents", ("at", "expires_at")),
            ("consent_proofs", ("at", "recorded_at", "expires_at")),
        ):
            moved = ", ".join(f"{each} = {each} - make_interval(days => :days)" for each in columns)
            await connection.execute(
                text(f"update {table} set {moved} where workspace_id = :w"), {"w": world.workspace.id, "days": days}
            )


async def run_out(world: World) -> int:
    """Ends what is over; how many."""
    async with world.services.db.transaction() as connection:
        return await expire(connection, 1000)


async def lasts(world: World, months: int | None) -> None:
    """Says how long consent to the first topic holds."""
    topic = (await world.http.get(f"{world.path}/topics")).json()[0]
    body = {"name": topic["name"], "description": "", "position": 0, "lasts_months": months}
    assert (await world.http.put(f"{world.path}/topics/{topic['id']}", json=body)).status_code == 200


async def test_what_has_ended_is_not_granted_and_is_proven(world: World) -> None:
    one = await add(world, email="a@example.com")
    soon = (datetime.now(UTC) + timedelta(days=10)).isoformat()
    assert await say(world, one, expires_at=soon, basis="customer") == 1
    assert (await say(world, one, expires_at=soon, basis="customer"), await reached(world)) == (0, 1)
    await pass_time(world, 11)
    assert await reached(world) == 0, "the view knows at once, before any job"
    assert (await run_out(world), await run_out(world), await state(world, one)) == (1, 0, "expired")
    proofs = (await world.http.get(f"{world.path}/people/{one}/consents")).json()["proofs"]
    assert [(each["state"], each["source"], each["basis"]) for each in proofs] == [
        ("expired", "expiry", "customer"), ("granted", "member", "customer")
    ]  # fmt: skip
    assert (await say(world, one), await state(world, one), await reached(world)) == (1, "granted", 1)
    past = {
        "channel": "email",
        "topic_ids": await topic_ids(world),
        "state": "granted",
        "expires_at": "2020-01-01T00:00:00Z",
    }
    refused = await world.http.post(f"{world.path}/people/{one}/consents", json=past)
    assert refused.json()["code"] == "consent_expired"


async def test_a_topic_says_how_long_consent_holds(world: World) -> None:
    old, own, fresh = [await add(world, email=f"{each}@example.com") for each in ("old", "own", "fresh")]
    await say(world, old)
    await say(world, own, expires_at=(datetime.now(UTC) + timedelta(days=2000)).isoformat())
    await pass_time(world, 400)
    await say(world, fresh)
    await lasts(world, 12)
    assert await reached(world) == 2, "what is older has ended; an end of its own stays"
    await run_out(world)
    await lasts(world, 24)
    assert (await state(world, old), await reached(world)) == ("expired", 2), "what has ended stays ended"
    await pass_time(world, 500)
    assert await say(world, fresh) == 1, "said again, it lasts longer"
    await pass_time(world, 400)
    await run_out(world)
    assert [await state(world, each) for each in (old, own, fresh)] == ["expired", "granted", "granted"]
    await say(world, fresh, "withdrawn")
    await say(world, fresh)
    await lasts(world, None)
    await pass_time(world, 3000)
    await run_out(world)
    assert [await state(world, each) for each in (own, fresh)] == ["expired", "granted"]


async def test_a_withdrawal_stays_one_however_long_ago(world: World) -> None:
    one = await add(world, email="a@example.com")
    await lasts(world, 1)
    await say(world, one)
    await say(world, one, "withdrawn")
    await pass_time(world, 100)
    assert (await run_out(world), await state(world, one)) == (0, "withdrawn")


async def test_stricter_rules_are_weighed_before_they_hold(world: World) -> None:
    people = [await add(world, email=f"p{number}@example.com") for number in range(4)]
    await say(world, people[0])
    await say(world, people[1], wording="Yes, write to me")
    await pass_time(world, 800)
    await say(world, people[2], wording="Yes, write to me")
    await say(world, people[3], "withdrawn")
    await world.http.post(f"{world.path}/suppressions", json={"address": "p2@example.com"})
    path = f"{world.path}/consent/standings"

    async def weighed(**demands: Any) -> dict[str, Any]:
        (found,) = (await world.http.get(path, params=demands)).json()
        return {key: value for key, value in found.items() if key not in ("topic_id", "channel")}

    assert await weighed(months=12) == {
        "reached": 2, "blocked": 1, "withdrawn": 1, "expired": 0, "soon": 0, "without_proof": 1, "old": 2,
        "unconfirmed": 2, "lost": 2,
    }  # fmt: skip
    stricter: list[dict[str, Any]] = [{}, {"proof": "true"}, {"months": 36}, {"confirmed": "true"}]
    assert [(await weighed(**each))["lost"] for each in stricter] == [0, 1, 0, 2]


async def test_the_log_alone_tells_any_past_day(world: World) -> None:
    one = await add(world, email="a@example.com")
    await say(world, one, expires_at=(datetime.now(UTC) + timedelta(days=5)).isoformat())
    await pass_time(world, 20)
    await run_out(world)
    await say(world, one)
    await pass_time(world, 20)
    await say(world, one, "withdrawn")
    today = datetime.now(UTC).date()

    async def on(days: int) -> list[str]:
        day = str(today - timedelta(days=days))
        told = (await world.http.get(f"{world.path}/people/{one}/consents/past", params={"on": day})).json()
        counted = (await world.http.get(f"{world.path}/consent/past", params={"on": day})).json()
        states = [each["state"] for each in told]
        assert states == [name for each in counted for name in ("granted", "withdrawn", "expired") if each[name]]
        return states

    assert [await on(days) for days in (60, 38, 30, 10, 0)] == [
        [],
        ["granted"],
        ["expired"],
        ["granted"],
        ["withdrawn"],
    ]
    to_come = await world.http.get(f"{world.path}/consent/past", params={"on": str(today + timedelta(days=3))})
    assert to_come.json()["code"] == "day_to_come"


async def test_whose_consent_ends_soon_goes_on_a_list(world: World) -> None:
    soon, later, never = [await add(world, email=f"{each}@example.com") for each in ("soon", "later", "never")]
    await say(world, soon, expires_at=(datetime.now(UTC) + timedelta(days=10)).isoformat())
    await say(world, later, expires_at=(datetime.now(UTC) + timedelta(days=100)).isoformat())
    await say(world, never)
    made = (await world.http.post(f"{world.path}/audiences", json={"kind": "list", "name": "Ask again"})).json()
    body = {"audience_id": made["id"], "topic_id": (await topic_ids(world))[0], "channel": "email", "days": 30}
    path = f"{world.path}/consent/ending"
    answers = [(await world.http.post(path, json=body)).json() for _ in range(2)]
    assert answers == [{"added": 1}, {"added": 0}]
    lists = (await world.http.get(f"{world.path}/people/{soon}")).json()["lists"]
    assert [each["name"] for each in lists] == ["Ask again"]
