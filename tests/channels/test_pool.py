"""Several relays at once: shares by weight, fail-over, pace, and what the API keeps of them."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

import pytest

from gonfalon.accounts.model import Role
from gonfalon.channels.contract import Blame, ChannelUnavailable, Envelope, Outcome, Verdict
from gonfalon.channels.email.mime import ReturnPath
from gonfalon.channels.email.provider import RETURN_PATH, load_provider
from gonfalon.channels.email.relays.pool import Pool, Relay, Turns
from tests.channels.fake_api import KEY, FakeApi
from tests.channels.fake_smtp import FakeSmtp
from tests.channels.test_returns import ledger, sent, suppressed
from tests.conftest import World, eventually
from tests.delivery.factory import addresses, is_finished, states
from tests.delivery.test_sending import prepared, sender

SMTP = {"provider": "smtp", "host": "127.0.0.1", "security": "none"}


class Line:
    """A connection that answers as it is told."""

    def __init__(self, answer: Outcome | None = None) -> None:
        self.answer = answer or Outcome(Verdict.ACCEPTED, 250)
        self.usable = True
        self.offers: list[str] = []

    def offer(self, envelope: Envelope) -> None:
        self.offers.append(envelope.recipient)

    async def offered(self) -> None:
        return None

    async def deliver(self, payload: Any, following: Envelope | None = None) -> Outcome:
        if following:
            self.offer(following)
        return self.answer

    def withdraw(self) -> None:
        self.offers.append("withdrawn")

    async def close(self) -> None:
        self.usable = False


class Way:
    def __init__(self, answer: Outcome | ChannelUnavailable | None = None) -> None:
        self.answer = answer
        self.made = 0

    async def connect(self) -> Line:
        if isinstance(self.answer, ChannelUnavailable):
            raise self.answer
        self.made += 1
        return Line(self.answer)


def relay(name: str, way: Way, **more: Any) -> Relay:
    return Relay(name, way, **more)  # type: ignore[arg-type]


def to(recipient: str) -> Envelope:
    return Envelope("a@shop.example", recipient)


async def test_connections_are_shared_by_weight() -> None:
    small, large = Way(), Way()
    pool = Pool([relay("small", small, weight=1), relay("large", large, weight=3)])
    lines = [await pool.connect() for _ in range(8)]
    assert (small.made, large.made) == (2, 6)
    for line in lines:
        await line.close()
        await line.close()
    assert [each.open for each in pool.relays] == [0, 0]


async def test_another_takes_over_and_a_full_one_is_not_overrun() -> None:
    down, up = Way(ChannelUnavailable("no")), Way()
    pool = Pool([relay("down", down, weight=9), relay("up", up, connections=2)])
    kept = [await pool.connect() for _ in range(2)]
    with pytest.raises(ChannelUnavailable) as full:
        await pool.connect()
    assert (full.value.code, full.value.permanent) == (421, False), "crowded is not down"
    assert up.made == 2
    for line in kept:
        await line.close()
    up.answer = ChannelUnavailable("wrong password", permanent=True)
    with pytest.raises(ChannelUnavailable) as none:
        await pool.connect()
    assert none.value.permanent


async def test_one_that_refuses_everything_is_left_while_another_works() -> None:
    refusing = Way(Outcome(Verdict.REJECTED, 554, blame=Blame.POLICY))
    pool = Pool([relay("refusing", refusing), relay("fine", Way())])
    first = await pool.connect()
    for number in range(6):
        first.offer(to(f"p{number}@x.example"))
        if await first.offered() is not None:
            break
        await first.deliver([])
    assert (number, first.usable) == (5, False)
    await first.close()
    assert [(await pool.connect())._relay.name for _ in range(2)] == ["fine", "fine"]  # type: ignore[attr-defined]


async def test_alone_it_is_not_left() -> None:
    pool = Pool([relay("only", Way(Outcome(Verdict.REJECTED, 554, blame=Blame.POLICY)))])
    line = await pool.connect()
    for _ in range(9):
        line.offer(to("p@x.example"))
        assert await line.offered() is None
        await line.deliver([])
    assert line.usable, "the breaker decides then"


async def test_a_slow_domain_lets_others_go_first() -> None:
    slow = Turns(60.0)
    pool = Pool([relay("r", Way())], {"slow.example": slow})
    line = await pool.connect()
    line.offer(to("a@slow.example"))
    assert await line.offered() is None
    assert (await line.deliver([], to("b@SLOW.example"))).verdict is Verdict.ACCEPTED
    waits = await line.offered()
    assert waits is not None
    assert waits.verdict is Verdict.THROTTLED
    line.offer(to("c@quick.example"))
    assert await line.offered() is None
    assert line._line.offers == ["a@slow.example", "c@quick.example"]  # type: ignore[attr-defined]


async def test_a_relay_keeps_its_pace() -> None:
    pool = Pool([relay("r", Way(), turns=Turns(0.05))])
    lines = [await pool.connect() for _ in range(3)]
    begun = asyncio.get_running_loop().time()

    async def one(line: Any) -> None:
        for _ in range(4):
            line.offer(to("p@x.example"))
            assert await line.offered() is None
            await line.deliver([])

    await asyncio.gather(*map(one, lines))
    assert asyncio.get_running_loop().time() - begun >= 11 * 0.05 * 0.99


async def add(world: World, name: str, port: int, **more: Any) -> dict[str, Any]:
    made = await world.http.post(f"{world.path}/email/relays", json=SMTP | {"name": name, "port": port} | more)
    assert made.status_code == 201, made.text
    found: dict[str, Any] = made.json()
    return found


async def test_a_send_goes_by_all_and_goes_on_when_one_dies(world: World) -> None:
    async with FakeSmtp() as first, FakeSmtp() as second, FakeApi("brevo") as third:
        sending = await prepared(world, first, 600)
        await add(world, "Second", second.port)
        api = {"provider": "brevo", "password": KEY, "connections": 3}
        await add(world, "Third", third.port, **api)

        async def some() -> bool:
            return bool(first.accepted and second.accepted and third.accepted)

        async with sender(world.services):
            await eventually(some)
            await second.stop()
            await eventually(lambda: is_finished(world.services, sending))
        taken = Counter([*first.accepted, *second.accepted, *(each.recipient for each in third.accepted)])
        assert set(taken.values()) == {1}
        found = await states(world.services, sending.dispatch_id)
        assert set(taken) - set(second.doubtful) >= await addresses(world.services, sending.dispatch_id, "accepted")
        assert sum(found.values()) == 600
        assert found.get(("accepted", ""), 0) + found.get(("unknown", "connection_lost"), 0) == 600
        numbers = {each.reference for each in third.accepted}
        key = world.services.secrets.key(RETURN_PATH)
        assert numbers <= {ReturnPath("", key).token(number) for number in await ledger(world)}


async def test_relays_are_kept_changed_and_removed(world: World) -> None:
    path = f"{world.path}/email/relays"
    made = await add(world, "Second", 2525, username="me", password="s3cret!", weight=3, per_minute=600)
    assert made["has_password"]
    assert "s3cret!" not in str((await world.http.get(path)).json())
    one = f"{path}/{made['id']}"
    kept = SMTP | {"name": "Renamed", "port": 2525, "username": "me", "weight": 2}
    changed = (await world.http.put(one, json=kept)).json()
    assert (changed["name"], changed["has_password"], changed["per_minute"]) == ("Renamed", True, None)
    moved = await world.http.put(one, json=kept | {"host": "evil.example"})
    assert (moved.status_code, moved.json()["code"]) == (422, "password_again")
    tried = await world.http.post(f"{path}/test?relay_id={made['id']}", json=kept | {"host": "evil.example"})
    assert tried.json()["code"] == "password_again"
    for role in (Role.MANAGER, Role.ANALYST):
        member = await world.member(role)
        for refused in (await member.post(path, json=kept), await member.put(one, json=kept), await member.delete(one)):
            assert refused.status_code == 403
    twice = await world.http.post(path, json=kept)
    assert (twice.status_code, twice.json()["code"]) == (409, "relay_exists")
    assert (await world.http.delete(one)).status_code == 204
    assert (await world.http.delete(one)).status_code == 404
    assert (await world.http.get(path)).json() == []


async def test_what_is_paused_or_for_members_carries_no_campaign(world: World) -> None:
    await world.http.put(f"{world.path}/email/settings", json=SMTP | {"port": 2500})
    await add(world, "Paused", 2501, paused=True)
    await add(world, "Members", 2502, purpose="members")
    await add(world, "Campaigns", 2503, purpose="campaigns")
    async with world.services.db.transaction() as connection:
        campaigns = await load_provider(connection, world.services, world.workspace.id)
        members = await load_provider(connection, world.services, world.workspace.id, members=True)
    assert campaigns.pool is not None
    assert [each.name for each in campaigns.pool.relays] == ["", "Campaigns"]
    assert campaigns.connections == 40
    assert members.pool is None
    assert members.smtp is not None
    assert members.smtp.port == 2502


async def test_each_relay_hears_its_own_provider(world: World) -> None:
    from tests.channels.test_events import Calls

    (message,) = await sent(world)
    calls = await Calls.of(world, "brevo")
    made = await add(world, "Second", 443, provider="postmark", host="", password="p", options={"stream": "broadcast"})
    second = Calls(world, "postmark", made["events"])
    assert second.path.startswith(calls.path.partition("?")[0])
    assert await second.tell("postmark_bounce", message) == 200, second.answer.text
    assert list((await suppressed(world)).values()) == ["hard_bounce"]
    second.path = calls.path
    assert await second.tell("postmark_bounce", message) == 403
