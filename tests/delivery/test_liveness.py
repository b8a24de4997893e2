"""Whatever a mail server does with its connections: everything ends in a state, each message once, and others go on."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from gonfalon.delivery.inflight import STALL_SECONDS
from gonfalon.delivery.lane import Lane
from gonfalon.delivery.sender import MOST_TRIES, Sender
from tests.channels.fake_smtp import FakeSmtp
from tests.conftest import World, eventually
from tests.delivery.factory import Sending, email_goes_to, is_finished, launch, make_people, make_topic, states
from tests.delivery.test_sending import prepared, sender


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits long: pauses and retries come at once."""
    monkeypatch.setattr("gonfalon.delivery.rules.Breaker.FIRST_PAUSE", 0.05)
    monkeypatch.setattr("gonfalon.delivery.rules.Breaker.LONGEST_PAUSE", 0.05)
    monkeypatch.setattr("gonfalon.delivery.lane._REST_SECONDS", (0.01, 0.02))
    monkeypatch.setattr("gonfalon.delivery.rules.RETRY_AFTER", (0.0,) * 6)


class Script:
    """How connections behave, one after the other; after the last all have good manners.

    A connection is (stage, after how many messages, what it does there).
    """

    def __init__(self, connections: list[tuple[str, int, bytes | str]]) -> None:
        self._coming = itertools.chain(connections, itertools.repeat(("", 0, "")))
        self._mine: dict[object, list[object]] = {}

    def __call__(self, stage: str, recipient: str) -> bytes | str | None:
        me = asyncio.current_task()
        if stage == "connect":
            self._mine[me] = [*next(self._coming), 0]
        wanted, after, what, done = self._mine[me]
        if stage == wanted and done >= after:  # type: ignore[operator]
            return what  # type: ignore[return-value]
        if stage == "body":
            self._mine[me][3] = done + 1  # type: ignore[operator]
        return None


def limit(messages: int) -> Callable[[str, str], bytes | None]:
    """421 to whoever comes with one message more, as RFC 5321 §3.8 has it."""
    return Script([("mail", messages, b"421 4.7.0 too many messages in this connection\r\n")] * 10_000)  # type: ignore[return-value]


async def breakers(world: World) -> int:
    async with world.services.db.transaction() as connection:
        found = await connection.execute(
            text("select count(*) from breakers where workspace_id = :w"), {"w": world.workspace.id}
        )
        return int(found.scalar_one())


@pytest.mark.parametrize("messages", [1, 7])
async def test_a_server_that_closes_after_some_messages_gets_them_all(world: World, messages: int) -> None:
    async with FakeSmtp(limit(messages)) as server:
        sending = await prepared(world, server, 400)
        async with sender(world.services):
            await eventually(lambda: is_finished(world.services, sending))
        assert await states(world.services, sending.dispatch_id) == {("accepted", ""): 400}
        assert len(server.accepted) == len(set(server.accepted)) == 400
        assert server.most_connections == 10, "it keeps as many connections as the provider allows"
    assert await breakers(world) == 0, "a limit is no failure"


async def test_a_server_that_takes_few_connections_gets_them_all(world: World, impatient: None) -> None:
    class Narrow(FakeSmtp):
        def __post_init__(self) -> None:
            self.behaviour = self.crowded

        def crowded(self, stage: str, recipient: str) -> bytes | None:
            return b"421 4.7.0 too many connections\r\n" if stage == "connect" and self.connections > 3 else None

    async with Narrow() as server:
        sending = await prepared(world, server, 400)
        async with sender(world.services):
            await eventually(lambda: is_finished(world.services, sending))
        assert await states(world.services, sending.dispatch_id) == {("accepted", ""): 400}
    assert await breakers(world) == 0, "no more connections is no failure while some work"


async def test_a_message_that_ends_connections_holds_up_nobody(world: World, impatient: None) -> None:
    async with FakeSmtp(lambda stage, who: "close" if stage == "rcpt" and who.startswith("p1@") else None) as server:
        sending = await prepared(world, server, 60)
        async with sender(world.services):
            await eventually(lambda: is_finished(world.services, sending))
        assert await states(world.services, sending.dispatch_id) == {("accepted", ""): 59, ("rejected", "gave_up"): 1}


_HABITS = st.tuples(
    st.sampled_from(["connect", "ehlo", "mail", "rcpt", "data", "body", "after"]),
    st.integers(0, 4),
    st.sampled_from(
        [
            "close",
            "reset",
            b"421 4.7.0 that is enough\r\n",
            b"451 4.3.0 later\r\n",
            b"550 5.7.1 no\r\n",
            b"250 2.0.0 what?\r\n",
            b"so long\r\n",
        ]
    ),
)


@settings(max_examples=12, suppress_health_check=list(HealthCheck), deadline=None)
@given(habits=st.lists(_HABITS, max_size=40))
async def test_whatever_connections_do_everything_ends_in_a_state(
    world: World, impatient: None, habits: list[tuple[str, int, bytes | str]]
) -> None:
    async with world.services.db.transaction() as connection:
        for table in ("send_batches", "messages", "dispatches", "email_settings", "consents", "people", "breakers"):
            await connection.execute(
                text(f"delete from {table} where workspace_id = :w"),
                {"w": world.workspace.id},
            )
    async with FakeSmtp(Script(habits)) as server:
        sending = await prepared(world, server, 40)
        async with sender(world.services):
            await eventually(lambda: is_finished(world.services, sending))
        counted = await states(world.services, sending.dispatch_id)
        assert sum(counted.values()) == 40
        assert {state for state, _ in counted} <= {"accepted", "rejected", "unknown"}
        assert len(server.accepted) == len(set(server.accepted)), "somebody got it twice"
        sure = counted.get(("accepted", ""), 0)
        assert sure <= len(server.accepted) <= sure + sum(n for (state, _), n in counted.items() if state != "accepted")


async def test_a_lane_that_stands_still_is_remade_and_counted(
    world: World, impatient: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every connection of the first lane dies without a word of ours: a fault nobody foresaw."""
    monkeypatch.setattr("gonfalon.delivery.sender._WATCH_SECONDS", 0.05)
    now = SimpleNamespace(seconds=0.0)
    work, stuck = Lane._work, set()

    async def broken(self: Lane) -> None:
        if not stuck or self in stuck:
            stuck.add(self)
            self._next()
            await asyncio.Event().wait()
        await work(self)

    monkeypatch.setattr(Lane, "_work", broken)
    async with FakeSmtp() as server:
        sending = await prepared(world, server, 50)
        stop = asyncio.Event()
        task = asyncio.create_task(Sender(world.services, "stuck", lambda: now.seconds).run(stop))
        await eventually(lambda: asyncio.sleep(0, bool(stuck)))

        async def passes() -> bool:
            now.seconds += STALL_SECONDS / 4
            return await is_finished(world.services, sending)

        await eventually(passes)
        stop.set()
        await task
        assert await states(world.services, sending.dispatch_id) == {("accepted", ""): 50}
    async with world.services.db.transaction() as connection:
        stalls = await connection.execute(
            text("select count(*) from lane_stalls where workspace_id = :w"), {"w": world.workspace.id}
        )
        assert stalls.scalar_one() == 1


async def test_what_goes_wrong_with_one_dispatch_stays_there(
    world: World, make_world: Callable[[], Awaitable[World]], monkeypatch: pytest.MonkeyPatch
) -> None:
    from gonfalon.delivery import sender as module

    other = await make_world()
    load = module.load_order
    bad: set[UUID] = set()

    async def loaded(connection, dispatch_id):  # type: ignore[no-untyped-def]
        if dispatch_id in bad:
            raise UnicodeError("Codepoint U+05D0 not allowed")
        return await load(connection, dispatch_id)

    monkeypatch.setattr(module, "load_order", loaded)
    async with FakeSmtp() as server:
        sending = await prepared(world, server, 30)
        bad.add(sending.dispatch_id)
        theirs = await prepared(other, server, 30)
        async with sender(world.services):
            await eventually(lambda: is_finished(world.services, theirs))

            async def held() -> dict[str, str] | None:
                shown = (await world.http.get(f"{world.path}/touchpoints/{sending.touchpoint_id}/delivery")).json()
                return shown if shown["state"] == "held" else None

            shown = await eventually(held)
            assert shown["state_reason"] == "cannot_prepare"
            assert "U+05D0" in shown["state_detail"]
            bad.clear()
            await world.http.post(f"{world.path}/touchpoints/{sending.touchpoint_id}/resume")
            await eventually(lambda: is_finished(world.services, sending))
        assert len(server.accepted) == 60


async def test_what_goes_wrong_with_one_message_withholds_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from gonfalon.channels.email.mime import Composer

    compose = Composer.compose

    def composed(self, message_id, recipient, **more):  # type: ignore[no-untyped-def]
        if recipient.startswith("p3@"):
            raise RecursionError("maximum recursion depth exceeded")
        return compose(self, message_id, recipient, **more)

    monkeypatch.setattr(Composer, "compose", composed)
    async with FakeSmtp() as server:
        sending = await prepared(world, server, 30)
        async with sender(world.services):
            await eventually(lambda: is_finished(world.services, sending))
        assert await states(world.services, sending.dispatch_id) == {
            ("accepted", ""): 29,
            ("withheld", "template_error"): 1,
        }


async def _died(world: World, sending: Sending, name: str) -> None:
    """A sender that leases what it gets and ends without a word."""
    from gonfalon.delivery.ledger import Ledger

    ledger = Ledger(world.services.db.url, name)
    await ledger.enter()
    known: list[int] = []
    while (leased := await ledger.take([], known)) is not None:
        known.append(leased.id)
    assert known
    await ledger.close()


async def test_a_batch_that_senders_die_of_is_held_and_others_leave(
    world: World, make_world: Callable[[], Awaitable[World]]
) -> None:
    other = await make_world()
    async with FakeSmtp() as server:
        sending = await prepared(world, server, 20)
        for _ in range(MOST_TRIES):
            await _died(world, sending, "mortal")
        theirs = await prepared(other, server, 20)
        async with sender(world.services, "mortal"):
            await eventually(lambda: is_finished(world.services, theirs))

            async def held() -> bool:
                shown = (await world.http.get(f"{world.path}/touchpoints/{sending.touchpoint_id}/delivery")).json()
                return (shown["state"], shown["state_reason"]) == ("held", "senders_died")

            await eventually(held)
            await world.http.post(f"{world.path}/touchpoints/{sending.touchpoint_id}/resume")
            await eventually(lambda: is_finished(world.services, sending))
        assert len(server.accepted) == 40


async def test_senders_killed_at_work_are_no_reason_to_hold(world: World) -> None:
    async with FakeSmtp() as server:
        async with world.services.db.transaction() as connection:
            topic = await make_topic(connection, world.workspace.id)
            await make_people(connection, world.workspace.id, topic, 1200)
            await email_goes_to(connection, world.workspace.id, server.port)
        sending = await launch(world.services, world.workspace.id, topic)
        for _ in range(2 * MOST_TRIES):
            await _died(world, sending, "busy")
            async with world.services.db.transaction() as connection:
                await connection.execute(
                    text(
                        "update messages set state = 'accepted', ended_at = now() where id = "
                        "(select min(id) from messages where dispatch_id = :d and state = 'queued')"
                    ),
                    {"d": sending.dispatch_id},
                )
        async with sender(world.services, "busy"):
            await eventually(lambda: is_finished(world.services, sending))
