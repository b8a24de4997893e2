"""What waits to leave, and finding a message by its address."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from sqlalchemy import text

from gonfalon.accounts.model import Role
from tests.channels.fake_smtp import FakeSmtp
from tests.conftest import World, eventually
from tests.delivery.factory import email_goes_to, is_finished, launch, make_people, make_topic
from tests.delivery.test_sending import prepared, sender


async def test_the_outbox_counts_what_waits_and_says_when_the_provider_fails(
    world: World, make_world: Callable[[], Awaitable[World]]
) -> None:
    async with FakeSmtp() as server:
        sending = await prepared(world, server, 30)
    path = f"{world.path}/delivery"
    shown = (await world.http.get(path)).json()
    (line,) = shown.pop("queue")
    assert (line["touchpoint_id"], line["state"], line["waiting"]) == (str(sending.touchpoint_id), "running", 30)
    assert shown == {
        "waiting": 30, "per_minute": 0, "blocked_until": None, "blocked_code": "", "blocked_reason": ""
    }  # fmt: skip
    other = await make_world()
    theirs = (await other.http.get(f"{other.path}/delivery")).json()
    assert (theirs["waiting"], theirs["queue"]) == (0, [])
    async with world.services.db.transaction() as connection:
        await connection.execute(
            text(
                "insert into breakers (workspace_id, channel, open_until, code, reason) "
                "values (:workspace, 'email', now() + interval '1 minute', 'unreachable', 'does not answer')"
            ),
            {"workspace": world.workspace.id},
        )
    blocked = (await world.http.get(path)).json()
    assert blocked["blocked_until"] is not None
    assert (blocked["blocked_code"], blocked["blocked_reason"]) == ("unreachable", "does not answer")
    await world.http.post(f"{world.path}/touchpoints/{sending.touchpoint_id}/pause")
    assert (await world.http.get(path)).json()["waiting"] == 0


async def test_the_people_behind_a_number_come_as_a_file(world: World) -> None:
    async with FakeSmtp() as server:
        sending = await prepared(world, server, 5200)
    async with world.services.db.transaction() as connection:
        await connection.execute(
            text("update messages set address = '=1+1@x', state = 'rejected', reason = 'policy' where id in "
                 "(select id from messages where dispatch_id = :d order by id limit 2)"),
            {"d": sending.dispatch_id},
        )  # fmt: skip
    path = f"{world.path}/touchpoints/{sending.touchpoint_id}/messages/exports"
    everybody = (await world.http.post(path, json={})).text
    assert everybody.startswith("\ufeffperson_id,address,state,reason,attempts,ended_at,reply\r\n")
    assert len({line.split(",")[0] for line in everybody.splitlines()[1:]}) == 5200
    failed = (await world.http.post(path, json={"state": "rejected", "reason": "policy"})).text.splitlines()[1:]
    assert [line.split(",")[1:4] for line in failed] == [["'=1+1@x", "rejected", "policy"]] * 2
    audit = (await world.http.get(f"{world.path}/audit?action=messages.exported")).json()["items"]
    assert [row["details"] for row in audit] == [{"state": "rejected", "reason": "policy"}, {}]
    creator = await world.member(Role.CREATOR)
    assert (await creator.post(path, json={})).status_code == 403


async def test_a_message_is_found_by_its_address(world: World) -> None:
    async with FakeSmtp() as server:
        sending = await prepared(world, server, 30)
    path = f"{world.path}/touchpoints/{sending.touchpoint_id}/messages"
    everybody = (await world.http.get(path)).json()["items"]
    wanted = everybody[7]["address"]
    found = (await world.http.get(path, params={"search": wanted.upper()})).json()["items"]
    assert [item["address"] for item in found] == [wanted]
    assert (await world.http.get(path, params={"search": "%"})).json()["items"] == []


async def test_failures_are_counted_by_domain(world: World) -> None:
    def behaviour(stage: str, recipient: str) -> bytes | None:
        return b"550 5.7.1 no\r\n" if stage == "rcpt" and recipient.endswith("@bad.example") else None

    async with FakeSmtp(behaviour) as server:
        async with world.services.db.transaction() as connection:
            topic = await make_topic(connection, world.workspace.id)
            await make_people(connection, world.workspace.id, topic, 30)
            await email_goes_to(connection, world.workspace.id, server.port)
            await connection.execute(
                text("update people set email = id || '@bad.example' where workspace_id = :w and email ~ '^p[12]@'"),
                {"w": world.workspace.id},
            )
        sending = await launch(world.services, world.workspace.id, topic)
        async with sender(world.services):
            await eventually(lambda: is_finished(world.services, sending))
        outbox = (await world.http.get(f"{world.path}/delivery")).json()
        assert outbox["queue"] == []
    failed = (await world.http.get(f"{world.path}/delivery/domains")).json()
    assert failed == [{"domain": "bad.example", "accepted": 0, "rejected": 2, "deferred": 0, "unknown": 0}]
    progress = (await world.http.get(f"{world.path}/touchpoints/{sending.touchpoint_id}/delivery")).json()
    assert progress["bounced"] is None, "nobody here can know"
