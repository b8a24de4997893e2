"""A sender in this process, a mail server of the tests, and what the ledger says afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text

from gonfalon.channels.email.received import read_mail
from gonfalon.delivery.ledger import Ledger
from gonfalon.delivery.sender import Sender
from gonfalon.kit.services import Services
from tests.channels.fake_smtp import FakeSmtp
from tests.conftest import World, eventually
from tests.delivery.factory import (
    Sending,
    addresses,
    email_goes_to,
    is_finished,
    launch,
    make_people,
    make_topic,
    states,
)


@asynccontextmanager
async def sender(services: Services, name: str = "test") -> AsyncIterator[None]:
    stop = asyncio.Event()
    task = asyncio.create_task(Sender(services, name).run(stop))
    try:
        yield
        assert not task.done()
    finally:
        stop.set()
        await task


async def prepared(world: World, server: FakeSmtp, people: int, **how: object) -> Sending:
    async with world.services.db.transaction() as connection:
        topic = await make_topic(connection, world.workspace.id)
        await make_people(connection, world.workspace.id, topic, people)
        await email_goes_to(connection, world.workspace.id, server.port)
    return await launch(world.services, world.workspace.id, topic, **how)  # type: ignore[arg-type]


async def test_everybody_gets_it_once(world: World) -> None:
    async with FakeSmtp() as server:
        sending = await prepared(world, server, 1200)
        assert (sending.expansion.audience, sending.expansion.queued) == (1200, 1200)
        async with sender(world.services):
            await eventually(lambda: is_finished(world.services, sending))
        assert len(server.accepted) == 1200
        assert set(server.accepted) == await addresses(world.services, sending.dispatch_id, "accepted")
        assert await states(world.services, sending.dispatch_id) == {("accepted", ""): 1200}


async def test_refusals_are_recorded_by_class(world: World) -> None:
    def behaviour(stage: str, recipient: str) -> bytes | None:
        number = int(recipient[1 : recipient.index("@")]) if recipient else 0
        answers = {
            ("rcpt", 3): b"550 5.1.1 no such user\r\n",
            ("rcpt", 4): b"450 4.2.1 greylisted\r\n",
            ("body", 5): b"552 5.2.2 mailbox full\r\n",
            ("body", 6): b"550 5.7.1 looks like spam\r\n",
            ("body", 7): "close",
        }
        return answers.get((stage, number))  # type: ignore[return-value]

    async with FakeSmtp(behaviour) as server:
        sending = await prepared(world, server, 60)
        async with sender(world.services):

            async def settled() -> bool:
                found = await states(world.services, sending.dispatch_id)
                return found.get(("queued", ""), 0) == 0

            await eventually(settled)
        assert len(server.accepted) == 55
        assert await states(world.services, sending.dispatch_id) == {
            ("accepted", ""): 55,
            ("rejected", "hard_bounce"): 1,
            ("deferred", "mailbox"): 1,
            ("rejected", "mailbox"): 1,
            ("rejected", "policy"): 1,
            ("unknown", "connection_lost"): 1,
        }
        listed = (await world.http.get(f"{world.path}/suppressions")).json()["items"]
        assert [(item["address"][:3], item["reason"], item["note"]) for item in listed] == [
            ("p3@", "hard_bounce", "550 5.1.1 no such user")
        ]
        progress = (await world.http.get(f"{world.path}/touchpoints/{sending.touchpoint_id}/delivery")).json()
        parts = ("queued", "deferred", "accepted", "rejected", "unknown", "withheld")
        assert sum(progress[part] for part in parts) == progress["total"] == 60
        assert progress["state"] == "running"  # one message is deferred


async def test_a_deferred_message_is_tried_again_and_given_up(world: World) -> None:
    deferring = True
    async with FakeSmtp(lambda stage, _: b"451 4.2.0 later\r\n" if stage == "rcpt" and deferring else None) as server:
        sending = await prepared(world, server, 2)
        async with world.services.db.transaction() as connection:
            await connection.execute(
                text("update messages set attempts = 6 where dispatch_id = :d and address like 'p1@%'"),
                {"d": sending.dispatch_id},
            )
        async with sender(world.services):

            async def deferred() -> bool:
                return await states(world.services, sending.dispatch_id) == {
                    ("rejected", "gave_up"): 1,
                    ("deferred", "mailbox"): 1,
                }

            await eventually(deferred)
            async with world.services.db.transaction() as connection:
                due = await connection.execute(
                    text("select extract(epoch from due_at - now()) from send_batches where dispatch_id = :d"),
                    {"d": sending.dispatch_id},
                )
                assert 200 < due.scalar_one() <= 300
                deferring = False
                await connection.execute(
                    text("update send_batches set due_at = now() where dispatch_id = :d"), {"d": sending.dispatch_id}
                )
            await eventually(lambda: is_finished(world.services, sending))
        assert server.accepted == [f"p2@w{world.workspace.id}.example"]


async def test_consent_and_suppression_are_checked_at_the_last_moment(world: World) -> None:
    gate = asyncio.Event()
    first = asyncio.Event()

    class Slow(FakeSmtp):
        async def _answer(self, writer, stage, recipient, usual):  # type: ignore[no-untyped-def]
            if stage == "body":
                first.set()
                await gate.wait()
            return await super()._answer(writer, stage, recipient, usual)

    async with Slow() as server:
        async with world.services.db.transaction() as connection:
            topic = await make_topic(connection, world.workspace.id)
            await make_people(connection, world.workspace.id, topic, 40)
            await email_goes_to(connection, world.workspace.id, server.port, connections=1)
        sending = await launch(world.services, world.workspace.id, topic)
        async with sender(world.services):
            await first.wait()  # all are leased; p1 is on the wire, p2 announced
            domain = f"w{world.workspace.id}.example"
            added = await world.http.post(f"{world.path}/suppressions", json={"address": f"p30@{domain}"})
            assert added.status_code == 201
            async with world.services.db.transaction() as connection:
                for statement in (
                    "update consents set state = 'withdrawn' where workspace_id = :w and person_id in "
                    "(select id from people where workspace_id = :w and email ~ '^p(2|31)@')",
                    "update people set email = 'new@w.example' where workspace_id = :w and email like 'p32@%'",
                    "update people set email = null, erased_at = now() where workspace_id = :w and email like 'p33@%'",
                ):
                    await connection.execute(text(statement), {"w": world.workspace.id})
            gate.set()
            await eventually(lambda: is_finished(world.services, sending))
        assert await states(world.services, sending.dispatch_id) == {
            ("accepted", ""): 35,
            ("withheld", "unsubscribed"): 2,
            ("withheld", "suppressed"): 1,
            ("withheld", "address_changed"): 1,
            ("withheld", "erased"): 1,
        }
        assert len(server.accepted) == 35
        assert not {f"p{n}@{domain}" for n in (2, 30, 31, 32, 33)} & set(server.accepted)


async def test_pause_resume_cancel(world: World) -> None:
    path = f"{world.path}/touchpoints"
    async with FakeSmtp() as server:
        sending = await prepared(world, server, 3000)
        async with sender(world.services):
            await eventually(lambda: asyncio.sleep(0, len(server.accepted) > 100))
            paused = (await world.http.post(f"{path}/{sending.touchpoint_id}/pause")).json()
            assert paused["state"] == "paused"

            async def nothing_out() -> bool:
                progress = (await world.http.get(f"{path}/{sending.touchpoint_id}/delivery")).json()
                return progress["sending"] == 0

            await eventually(nothing_out)
            count = len(server.accepted)
            assert 100 < count < 3000
            progress = (await world.http.get(f"{path}/{sending.touchpoint_id}/delivery")).json()
            assert (progress["accepted"], progress["queued"]) == (count, 3000 - count)
            assert (await world.http.post(f"{path}/{sending.touchpoint_id}/resume")).json()["state"] == "running"
            await eventually(lambda: asyncio.sleep(0, len(server.accepted) > count + 100))
            cancelled = (await world.http.post(f"{path}/{sending.touchpoint_id}/cancel")).json()
            assert cancelled["state"] == "cancelled"

            async def settled() -> bool:
                async with world.services.db.transaction() as connection:
                    left = await connection.execute(
                        text("select count(*) from send_batches where dispatch_id = :d"), {"d": sending.dispatch_id}
                    )
                    return left.scalar_one() == 0 and ("queued", "") not in await states(
                        world.services, sending.dispatch_id
                    )

            await eventually(settled)
        counted = await states(world.services, sending.dispatch_id)
        assert counted[("accepted", "")] == len(server.accepted) == len(set(server.accepted))
        assert sum(counted.values()) == 3000
        assert set(counted) == {("accepted", ""), ("withheld", "cancelled")}
        again = await world.http.post(f"{path}/{sending.touchpoint_id}/resume")
        assert (again.status_code, again.json()["code"]) == (409, "dispatch_state")


async def test_a_pause_in_the_middle_of_a_batch_lets_none_of_the_rest_leave(world: World) -> None:
    gate = asyncio.Event()
    first = asyncio.Event()

    class Slow(FakeSmtp):
        async def _answer(self, writer, stage, recipient, usual):  # type: ignore[no-untyped-def]
            if stage == "body":
                first.set()
                await gate.wait()
            return await super()._answer(writer, stage, recipient, usual)

    async with Slow() as server:
        async with world.services.db.transaction() as connection:
            topic = await make_topic(connection, world.workspace.id)
            await make_people(connection, world.workspace.id, topic, 40)
            await email_goes_to(connection, world.workspace.id, server.port, connections=1)
        sending = await launch(world.services, world.workspace.id, topic)
        path = f"{world.path}/touchpoints/{sending.touchpoint_id}"
        async with sender(world.services):
            await first.wait()  # the whole batch is leased, one message is on the wire
            await world.http.post(f"{path}/pause")
            gate.set()

            async def given_back() -> bool:
                return bool((await world.http.get(f"{path}/delivery")).json()["sending"] == 0)

            await eventually(given_back)
            assert await states(world.services, sending.dispatch_id) == {("accepted", ""): 1, ("queued", ""): 39}
            await world.http.post(f"{path}/resume")
            await eventually(lambda: is_finished(world.services, sending))
        assert len(server.accepted) == len(set(server.accepted)) == 40


async def test_a_dead_mail_server_stops_sending_with_a_reason_and_resumes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gonfalon.delivery.rules.Breaker.FIRST_PAUSE", 0.5)
    monkeypatch.setattr("gonfalon.delivery.lane._REST_SECONDS", (0.01,))
    server = FakeSmtp()
    await server.start()
    port = server.port
    await server.stop()
    sending = await prepared(world, server, 30)
    async with sender(world.services):

        async def blocked() -> str:
            progress = (await world.http.get(f"{world.path}/touchpoints/{sending.touchpoint_id}/delivery")).json()
            assert bool(progress["blocked_reason"]) == (progress["blocked_code"] == "unreachable")
            return progress["blocked_reason"]

        assert "check the host and the port" in await eventually(blocked)
        await server.start(port)
        await eventually(lambda: is_finished(world.services, sending))
        assert await blocked() == ""
    await server.stop()
    assert len(server.accepted) == len(set(server.accepted)) == 30


async def test_a_frozen_sender_is_fenced(world: World) -> None:
    """Its lease is taken over while its connections wait for an answer: what it says later changes nothing."""
    services = world.services
    gate = asyncio.Event()

    class Slow(FakeSmtp):
        async def _answer(self, writer, stage, recipient, usual):  # type: ignore[no-untyped-def]
            if stage == "body" and not gate.is_set():
                await gate.wait()
            return await super()._answer(writer, stage, recipient, usual)

    async with Slow() as server:
        sending = await prepared(world, server, 100)
        async with sender(services, "frozen"):
            await eventually(lambda: asyncio.sleep(0, len(server.doubtful) == 10))
            other = Ledger(services.db.url, "frozen")
            assert await other.enter() == 10
            gate.set()
            # The fenced one starts a new life, which takes over from `other` (same name) and sends the rest.
            await eventually(lambda: is_finished(services, sending))
            await other.close()
        assert await states(services, sending.dispatch_id) == {("accepted", ""): 90, ("unknown", "sender_died"): 10}
        assert len(server.accepted) == len(set(server.accepted)) == 100


async def test_a_pace_is_kept(world: World) -> None:
    async with FakeSmtp() as server:
        sending = await prepared(world, server, 30, per_hour=600)
        async with sender(world.services):
            await eventually(lambda: asyncio.sleep(0, len(server.accepted) == 10))
            async with world.services.db.transaction() as connection:
                wait = await connection.execute(
                    text("select extract(epoch from next_lease_at - now()) from dispatches where id = :d"),
                    {"d": sending.dispatch_id},
                )
                assert 50 < wait.scalar_one() <= 60
        assert len(server.accepted) == 10


async def test_a_template_that_fails_withholds_with_the_reason(world: World) -> None:
    body = "<html><body>{{ person.first_name | no_such_filter }}{{ unsubscribe_url }}</body></html>"
    async with FakeSmtp() as server:
        sending = await prepared(world, server, 5, body=body)
        async with sender(world.services):

            async def held() -> dict[str, str] | None:
                progress = await world.http.get(f"{world.path}/touchpoints/{sending.touchpoint_id}/delivery")
                return progress.json() if progress.json()["state"] == "held" else None

            shown = await eventually(held)
            assert shown["state_reason"] == "liquid_invalid"
            assert "no_such_filter" in shown["state_detail"]
        assert server.accepted == []
        assert await states(world.services, sending.dispatch_id) == {("queued", ""): 5}


async def test_the_mail_that_arrives(world: World) -> None:
    async with FakeSmtp(keep_raw=True) as server:
        await prepared(world, server, 1)
        async with sender(world.services):
            await eventually(lambda: asyncio.sleep(0, server.raw))
        mail = read_mail(server.raw[0].removesuffix(b".\r\n").replace(b"\r\n..", b"\r\n."))
        found = dict(mail.headers)
        assert found["Subject"] == "News for Name 1"
        assert "Hello Name 1" in mail.html
        assert "Hello Name 1" in mail.text
        assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        address = found["List-Unsubscribe"].strip("<>")
        assert address.startswith("http://testserver/u/")
        assert server.sizes == [len(server.raw[0]) - len(b".\r\n")], "the server is told how large it is (RFC 1870)"
        assert address in mail.html


async def test_who_edits_the_sender_after_the_launch_changes_nothing_that_leaves(world: World) -> None:
    async with FakeSmtp(keep_raw=True) as server:
        await prepared(world, server, 1)
        async with world.services.db.transaction() as connection:
            changed = await connection.execute(
                text(
                    "update sender_identities set from_name = 'Somebody else', from_address = 'else@example.com'"
                    " where workspace_id = :w returning id"
                ),
                {"w": world.workspace.id},
            )
            assert changed.all()
        async with sender(world.services):
            await eventually(lambda: asyncio.sleep(0, server.raw))
        found = dict(read_mail(server.raw[0].removesuffix(b".\r\n").replace(b"\r\n..", b"\r\n.")).headers)
        assert "else" not in found["From"]
