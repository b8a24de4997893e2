"""Trouble in sending is told to the campaign's leader, once an event, and stands where one looks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from gonfalon.accounts.model import Role
from gonfalon.delivery.actions import hold_unwelcome
from gonfalon.planning.launch.watch import begin_the_due, tell_of_troubles
from tests.conftest import World
from tests.planning.factory import Ready, make_ready
from tests.planning.test_launch import delivery_of


async def sql(world: World, ready: Ready, *statements: str) -> None:
    async with world.services.db.transaction() as connection:
        for statement in statements:
            await connection.execute(text(statement), {"t": UUID(ready.touchpoint["id"]), "w": world.workspace.id})


async def told(client: Any, world: World) -> list[tuple[str, str, dict[str, Any]]]:
    await tell_of_troubles(world.services)
    items = (await client.get(f"{world.path}/notices")).json()["items"]
    return [
        (each["kind"], each["thing"]["title"], each["values"])
        for each in items
        if each["kind"] in ("sending_trouble", "sent_fewer")
    ]


@pytest.fixture
async def ready(world: World) -> Ready:
    made = await make_ready(world)
    assert (await world.http.post(f"{made.path}/launch")).status_code == 200
    await delivery_of(made)
    return made


AGO = "now() - interval '11 minutes'"
STANDS = (
    f"update send_batches b set due_at = {AGO} from dispatches d where d.id = b.dispatch_id and d.touchpoint_id = :t",
    f"update dispatches set started_at = {AGO}, state_at = {AGO}, send_at = {AGO} where touchpoint_id = :t",
)
EVENTS: dict[str, tuple[tuple[str, ...], str, dict[str, Any]]] = {
    "held": (
        ("update dispatches set state = 'held', state_reason = 'cannot_prepare' where touchpoint_id = :t",),
        "touchpoint.held",
        {"trouble": "held"},
    ),
    "restored": (
        ("update dispatches set state = 'held', state_reason = 'restored' where touchpoint_id = :t",),
        "touchpoint.held",
        {"trouble": "restored"},
    ),
    "blocked": (
        (
            "insert into breakers (workspace_id, channel, open_until, code, reason, failures, since) "
            "values (:w, 'email', now() + interval '1 minute', 'unreachable', 'no', 1, now())",
        ),
        "touchpoint.blocked",
        {"trouble": "blocked"},
    ),
    "stalled": (STANDS, "touchpoint.stalled", {"trouble": "stalled"}),
}


@pytest.mark.parametrize("event", EVENTS)
async def test_the_leader_is_told_once(world: World, ready: Ready, event: str) -> None:
    assert await told(world.http, world) == []
    statements, code, values = EVENTS[event]
    await sql(world, ready, *statements)
    expected = [("sending_trouble", "Mail one", values)]
    assert await told(world.http, world) == expected
    assert await told(world.http, world) == expected, "told twice of one event"
    attention = (await world.http.get(f"{world.path}/campaigns/{ready.campaign['id']}/attention")).json()
    assert code in {each["code"] for each in attention}


async def test_each_event_is_told_anew(world: World, ready: Ready) -> None:
    hold = "update dispatches set state = 'held', state_at = now() where touchpoint_id = :t"
    for times in (1, 2):
        await sql(world, ready, hold)
        assert len(await told(world.http, world)) == times
        await world.http.post(f"{ready.path}/resume")


async def test_what_moves_waits_for_its_pace_or_its_hour_is_no_trouble(world: World, ready: Ready) -> None:
    for reason in (
        "progressed_at = now()",
        "next_lease_at = now() + interval '1 hour', per_hour = 1",
        "send_at = now() + interval '1 hour'",
    ):
        await sql(world, ready, *STANDS, f"update dispatches set {reason} where touchpoint_id = :t")
        assert await told(world.http, world) == [], reason
        await sql(
            world, ready, "update dispatches set progressed_at = null, next_lease_at = null where touchpoint_id = :t"
        )


@pytest.mark.parametrize(("accepted", "says"), [(6, False), (5, True)])
async def test_a_send_smaller_than_planned_is_told(world: World, ready: Ready, accepted: int, says: bool) -> None:
    await sql(
        world,
        ready,
        "update messages set state = 'rejected', ended_at = now() where touchpoint_id = :t and state = 'queued'",
        "update messages set state = 'accepted' where id in (select id from messages where touchpoint_id = :t "
        f"and state = 'rejected' order by id limit {accepted})",
        "update dispatches set state = 'finished', finished_at = now() where touchpoint_id = :t",
    )
    expected = [("sent_fewer", "Mail one", {"sent": accepted, "planned": 6})] if says else []
    assert await told(world.http, world) == expected


async def test_a_launch_that_came_to_nothing_is_told_to_who_leads(world: World) -> None:
    ready = await make_ready(world)
    leader = await world.member(Role.MANAGER)
    me = (await leader.get("/api/v1/me")).json()
    async with world.services.db.transaction() as connection:
        await connection.execute(
            text("update campaigns set leader_id = :u where id = :c"),
            {"u": me["id"], "c": UUID(ready.campaign["id"])},
        )
    await sql(
        world,
        ready,
        "update touchpoints set launch_problem = jsonb_build_object('code', 'x', 'sentence', 'y') where id = :t",
    )
    assert await told(leader, world) == [("sending_trouble", "Mail one", {"trouble": "failed"})]
    assert await told(world.http, world) == []


async def test_a_launch_whose_job_was_lost_begins_all_the_same(world: World) -> None:
    ready = await make_ready(world)
    await ready.save(send_at=(world.ctx.now + timedelta(hours=1)).isoformat())
    assert (await world.http.post(f"{ready.path}/launch")).status_code == 200
    await sql(
        world,
        ready,
        "delete from procrastinate_jobs where args ->> 'touchpoint_id' = cast(:t as uuid)::text",
        "update dispatches set send_at = now() - interval '2 minutes', state_at = now() - interval '1 hour' "
        "where touchpoint_id = :t",
        "update touchpoints set launched_at = now() - interval '1 hour' where id = :t",
    )
    assert await begin_the_due(world.services) >= 1
    assert (await delivery_of(ready))["queued"] == 6


async def sent_to(world: World, ready: Ready, people: int, bounced: int, complained: int) -> None:
    """So many messages of the launch were accepted, came back, were complained of."""
    await sql(
        world,
        ready,
        "update dispatches set state = 'running', stopped_for = stopped_for where touchpoint_id = :t",
        "delete from messages where touchpoint_id = :t",
        "insert into messages "
        "(workspace_id, dispatch_id, touchpoint_id, person_id, address, state, reason, occurrence) "
        "select d.workspace_id, d.id, d.touchpoint_id, p.id, p.email, 'accepted', "
        f"case when n <= {bounced} then 'bounced' else '' end, n "
        f"from dispatches d, generate_series(1, {people}) n, "
        "(select id, email from people where workspace_id = :w limit 1) p where d.touchpoint_id = :t",
        "insert into suppressions (workspace_id, channel, address_hash, reason, message_id) "
        "select workspace_id, 'email', int8send(id), 'complaint', id from messages "
        f"where touchpoint_id = :t order by id desc limit {complained}",
    )


@pytest.mark.parametrize(
    ("people", "bounced", "complained", "rule"),
    [(399, 20, 0, "many_bounces"), (400, 20, 0, ""), (100, 19, 0, ""), (1600, 0, 5, "many_complaints"),
     (1700, 0, 5, ""), (100, 0, 4, ""), (300, 30, 9, "many_complaints")],
)  # fmt: skip
async def test_a_send_that_too_much_comes_back_of_is_held(
    world: World, ready: Ready, people: int, bounced: int, complained: int, rule: str
) -> None:
    await sent_to(world, ready, people, bounced, complained)
    await hold_unwelcome(world.services)
    shown = await delivery_of(ready)
    assert (shown["state"], shown["state_reason"]) == (("held", rule) if rule else ("running", ""))
    if rule:
        assert f"of {people} messages" in shown["state_detail"]
        assert [(kind, values) for kind, _, values in await told(world.http, world)] == [
            ("sending_trouble", {"trouble": "held"})
        ]


async def test_who_resumes_it_has_decided(world: World, ready: Ready) -> None:
    await sent_to(world, ready, 300, 30, 0)
    await hold_unwelcome(world.services)
    assert (await world.http.post(f"{ready.path}/resume")).status_code == 200
    await hold_unwelcome(world.services)
    assert (await delivery_of(ready))["state"] == "running"
    await sql(
        world,
        ready,
        "insert into suppressions (workspace_id, channel, address_hash, reason, message_id) "
        "select workspace_id, 'email', int8send(id), 'complaint', id from messages where touchpoint_id = :t limit 5",
    )
    await hold_unwelcome(world.services)
    assert (await delivery_of(ready))["state_reason"] == "many_complaints", "another rule has not spoken yet"
