"""Work in the background begins again however it ends, and ends when it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from gonfalon.kit import tending
from gonfalon.kit.tending import RESTARTS, keep_running, tended
from gonfalon.tracking.group import GroupCommit


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tending, "FIRST_PAUSE", 0.0)
    monkeypatch.setattr(tending, "LONGEST_PAUSE", 0.0)


async def test_work_that_returns_raises_or_cancels_itself_begins_again() -> None:
    ends: list[str] = []
    fifth = asyncio.Event()

    async def work() -> None:
        ends.append("")
        match len(ends):
            case 1:
                return
            case 2:
                raise ZeroDivisionError
            case 3:
                raise asyncio.CancelledError
            case 4:  # as a library does that waits for a task of its own
                other = asyncio.create_task(asyncio.Event().wait())
                other.cancel()
                await other
        fifth.set()
        await asyncio.Event().wait()

    before = RESTARTS["test"]
    async with tended(test=work):
        await fifth.wait()
    assert len(ends) == 5
    assert RESTARTS["test"] - before == 4


async def test_it_ends_when_it_has_stopped_or_is_cancelled() -> None:
    async def work() -> None:
        return

    await keep_running("test", work, stopped=lambda: True)
    task = asyncio.create_task(keep_running("test", asyncio.Event().wait))  # type: ignore[arg-type]
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_group_commit_outlives_a_write_that_answers_wrongly() -> None:
    answers: list[list[int]] = [[], [1, 2], [7]]

    async def write(items: Sequence[int]) -> list[int]:
        return answers.pop(0)

    async with GroupCommit[int, int](write, batch=1, waiting=9) as commit:
        for _ in range(2):
            with pytest.raises(RuntimeError):
                await commit.put(5)
        assert await commit.put(5) == 7
