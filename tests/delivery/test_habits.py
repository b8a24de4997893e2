"""What mail servers do all the time, and how each message ends by it: once, in a state, suppressed for good cause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from sqlalchemy import text

from tests.channels.fake_smtp import FakeSmtp
from tests.conftest import World, eventually
from tests.delivery.factory import is_finished, states
from tests.delivery.test_sending import prepared, sender

Habit = Callable[[str, str], "bytes | str | None"]
PEOPLE = 24


def always(at: str, reply: bytes) -> Habit:
    return lambda stage, who: reply if stage == at else None


def to_every(nth: int, at: str, reply: bytes) -> Habit:
    """To every nth person."""
    return lambda stage, who: reply if stage == at and int(who[1 : who.index("@")]) % nth == 0 else None


def at_every(nth: int, at: str, reply: bytes | str) -> Habit:
    """Every nth time, whoever it is."""
    times: Counter[str] = Counter()

    def habit(stage: str, who: str) -> bytes | str | None:
        times[stage] += 1
        return reply if stage == at and times[stage] % nth == 0 else None

    return habit


def at_first(at: str, reply: bytes) -> Habit:
    """The first time that somebody is written to."""
    seen: set[str] = set()

    def habit(stage: str, who: str) -> bytes | None:
        new = stage == at and who not in seen
        seen.update({who} if stage == at else ())
        return reply if new else None

    return habit


ALL = {("accepted", ""): PEOPLE}
HALF = PEOPLE // 2


@pytest.mark.parametrize(
    ("habit", "ends"),
    [
        (always("body", b"250 4.2.2 fine\r\n"), ALL),
        (always("rcpt", b"250-hello\r\n250 2.1.5 ok\r\n"), ALL),
        (always("rcpt", b"251 will forward\r\n"), ALL),
        (at_every(5, "rcpt", b"250 ok\r\n250 ok\r\n"), ALL),
        (at_every(5, "data", b"250 ok\r\n"), ALL),
        (at_every(2, "connect", b"SSH-2.0-x\r\n"), ALL),
        (at_every(2, "connect", b"554 5.7.1 no\r\n"), ALL),
        (at_first("rcpt", b"451 4.7.1 Try again in 300 seconds\r\n"), ALL),
        (at_first("body", b"421 4.7.28 unusual rate\r\n"), ALL),
        (to_every(2, "rcpt", b"452 4.2.2 full\r\n"), {("accepted", ""): HALF, ("rejected", "gave_up"): HALF}),
        (to_every(2, "body", b"552 5.2.2 full\r\n"), {("accepted", ""): HALF, ("rejected", "mailbox"): HALF}),
        (to_every(2, "rcpt", b"550 Sender denied\r\n"), {("accepted", ""): HALF, ("rejected", "policy"): HALF}),
        (
            to_every(2, "rcpt", b"550 Utilisateur inconnu\r\n"),
            {("accepted", ""): HALF, ("rejected", "hard_bounce"): HALF},
        ),
    ],
)
async def test_every_message_ends_once_whatever_the_habit(
    world: World, monkeypatch: pytest.MonkeyPatch, habit: Habit, ends: dict[tuple[str, str], int]
) -> None:
    monkeypatch.setattr("gonfalon.delivery.rules.Breaker.FIRST_PAUSE", 0.0)
    monkeypatch.setattr("gonfalon.delivery.rules.Breaker.LONGEST_PAUSE", 0.0)
    monkeypatch.setattr("gonfalon.delivery.lane._REST_SECONDS", (0.0,))
    monkeypatch.setattr("gonfalon.delivery.rules.RETRY_AFTER", (0.0,) * 6)
    async with FakeSmtp(habit) as server:
        sending = await prepared(world, server, PEOPLE)
        async with sender(world.services):
            await eventually(lambda: is_finished(world.services, sending))
    assert await states(world.services, sending.dispatch_id) == ends
    assert len(server.accepted) == len(set(server.accepted)) == ends["accepted", ""]
    async with world.services.db.transaction() as connection:
        suppressed = await connection.scalar(
            text("select count(*) from suppressions where workspace_id = :w"), {"w": world.workspace.id}
        )
    assert suppressed == ends.get(("rejected", "hard_bounce"), 0)
