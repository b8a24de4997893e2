"""One sort of work never waits for another, and nobody waits for ever."""

from __future__ import annotations

import asyncio
import threading

import pytest

from gonfalon.accounts.passwords import hash_password, verify_password
from gonfalon.kit.errors import Unavailable
from gonfalon.kit.threads import Pool
from gonfalon.people.imports.upload import FILES


async def test_passwords_never_wait_for_files() -> None:
    done = threading.Event()
    busy = [asyncio.create_task(FILES.run(done.wait, 60)) for _ in range(8)]
    try:
        assert await verify_password(await hash_password("correct horse"), "correct horse")
    finally:
        done.set()
        await asyncio.gather(*busy)


async def test_who_waits_too_long_is_told_so() -> None:
    done = threading.Event()
    pool = Pool("test", threads=1, seconds=0.01)
    try:
        with pytest.raises(Unavailable) as refused:
            await pool.run(done.wait, 60)
        assert refused.value.code == "too_slow"
    finally:
        done.set()


async def test_what_the_work_raises_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        await Pool("test", threads=1, seconds=60).run(divmod, 1, 0)
