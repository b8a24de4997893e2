"""Foreign bytes in child processes: whatever happens there, the parent gets an answer and goes on."""

from __future__ import annotations

import asyncio
import ctypes
import os
import signal
import sys
import threading
from collections.abc import Iterator

import pytest

from gonfalon.kit.confined import Confined, Overrun
from gonfalon.kit.errors import TooMany
from tests.processes import PATIENCE


def double(number: int) -> int:
    print("this is no answer")  # noqa: T201
    return number * 2


def whoami() -> tuple[int, list[str]]:
    return os.getpid(), [name for name in os.environ if name.startswith("GONFALON_")]


def refuse() -> None:
    raise TooMany("too_many", "There are too many.", 7, seen=3)


def fail() -> None:
    class Local(Exception):
        pass

    raise Local("words")


def take_memory() -> int:
    return len(b"x" * (1 << 40))


def abort() -> None:
    os.abort()


def crash() -> None:
    ctypes.string_at(0)


def spin() -> None:
    while True:
        pass


def wait() -> None:
    threading.Event().wait()


def deep(levels: int) -> int:
    return 0 if levels == 0 else 1 + deep(levels - 1)


@pytest.fixture
def confined(monkeypatch: pytest.MonkeyPatch) -> Iterator[Confined]:
    """Bounded by memory and by seconds of the processor; the clock's are for machines that nobody else burns."""
    monkeypatch.setattr("gonfalon.kit.confined.PATIENCE", PATIENCE)
    made = Confined(children=1, seconds=1, megabytes=64)
    yield made
    made.close()


async def test_a_child_answers_and_is_used_again(confined: Confined, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONFALON_SECRET_KEY", "s3cret")
    assert await confined.run(double, 21) == 42
    first, seen = await confined.run(whoami)
    assert (await confined.run(whoami))[0] == first != os.getpid()
    assert seen == []


async def test_errors_come_back_as_they_were(confined: Confined) -> None:
    with pytest.raises(TooMany) as refused:
        await confined.run(refuse)
    assert (refused.value.code, refused.value.retry_after, refused.value.details) == ("too_many", 7, {"seen": 3})
    with pytest.raises(RuntimeError, match="Local: words"):
        await confined.run(fail)
    with pytest.raises(RecursionError):
        await confined.run(deep, 10**6)
    assert await confined.run(double, 1) == 2


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the kernel does not count memory")
async def test_memory_has_an_end(confined: Confined) -> None:
    with pytest.raises(Overrun) as stopped:
        await confined.run(take_memory)
    assert stopped.value.reason == "memory"
    assert await confined.run(double, 1) == 2


@pytest.mark.parametrize(("work", "reason"), [(abort, "memory"), (crash, "died"), (spin, "time")])
async def test_a_child_that_ends_takes_nobody_along(confined: Confined, work: object, reason: str) -> None:
    with pytest.raises(Overrun) as stopped:
        await confined.run(work)  # type: ignore[arg-type]
    assert stopped.value.reason == reason
    assert await confined.run(double, 1) == 2


async def test_what_waits_for_ever_is_ended_by_the_clock(confined: Confined, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as hasty:
        hasty.setattr("gonfalon.kit.confined.PATIENCE", 1)
        with pytest.raises(Overrun) as stopped:
            await confined.run(wait)
    assert stopped.value.reason == "time"
    assert await confined.run(double, 1) == 2


async def test_more_work_than_children_waits_its_turn(confined: Confined) -> None:
    assert await asyncio.gather(*(confined.run(double, n) for n in range(20))) == [2 * n for n in range(20)]


async def test_a_child_that_was_killed_while_idle_is_replaced(confined: Confined) -> None:
    pid, _ = await confined.run(whoami)
    os.kill(pid, signal.SIGKILL)
    await asyncio.to_thread(os.waitid, os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    assert await confined.run(double, 1) == 2
