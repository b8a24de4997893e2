"""Jobs are deferred with the change that causes them, and outlive the worker that took them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest
from procrastinate import PsycopgConnector
from procrastinate.manager import JobManager
from sqlalchemy import text

from gonfalon.entry.rooms import open_services
from gonfalon.kit.config import Settings
from gonfalon.kit.db import plain_url
from gonfalon.kit.jobs import defer, jobs, retry_stalled
from gonfalon.kit.services import Services


@pytest.fixture
async def services(make_database: Callable[[], str], settings: Settings) -> AsyncIterator[Services]:
    """A database of the test's own, where no worker takes the jobs away."""
    opened = open_services(settings, make_database())
    yield opened
    await opened.close()


@jobs.task(name="tests.remember")
async def remember(word: str) -> None:
    """Does nothing; the tests look at its row in the queue."""


async def count(services: Services, word: str) -> int:
    async with services.db.reading() as connection:
        query = text(
            "select count(*) from procrastinate_jobs where task_name = 'tests.remember' and args->>'word' = :word"
        )
        return (await connection.execute(query, {"word": word})).scalar_one()


async def test_a_rollback_takes_the_job_with_it(services: Services) -> None:
    async def failing_action() -> None:
        async with services.db.transaction() as connection:
            await defer(connection, remember, word="never")
            raise RuntimeError("the action failed")

    with pytest.raises(RuntimeError):
        await failing_action()
    async with services.db.transaction() as connection:
        await defer(connection, remember, word="kept")
    assert await count(services, "never") == 0
    assert await count(services, "kept") == 1


async def test_the_job_of_a_killed_worker_is_queued_again(services: Services) -> None:
    async with services.db.transaction() as connection:
        job = await defer(connection, remember, word="stalled")
        worker = await connection.execute(
            text(
                "insert into procrastinate_workers (last_heartbeat) values (now() - interval '5 minutes') returning id"
            )
        )
        await connection.execute(
            text("update procrastinate_jobs set status = 'doing', worker_id = :worker where id = :job"),
            {"worker": worker.scalar_one(), "job": job},
        )
    # A connector of its own: `bound_to` would lend this database to a worker that runs in this process.
    connector = PsycopgConnector(conninfo=plain_url(services.db.url))
    await connector.open_async()
    assert await retry_stalled(JobManager(connector)) == 1
    await connector.close_async()
    async with services.db.reading() as connection:
        status = await connection.execute(text("select status from procrastinate_jobs where id = :job"), {"job": job})
        assert status.scalar_one() == "todo"
