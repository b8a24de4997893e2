"""Background jobs on Procrastinate, deferred in the transaction of the change that causes them.

Jobs are coarse (one per batch) and idempotent: a job of a killed worker runs again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from procrastinate import App, PsycopgConnector
from procrastinate.manager import JobManager
from procrastinate.tasks import Task
from procrastinate.types import TimeDeltaParams
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.kit.db import plain_url, raw

jobs = App(connector=PsycopgConnector(conninfo=""))
"""Rooms declare their tasks on this app (`@jobs.task(name="people.run_import")`) in their `jobs.py`."""


async def defer(
    connection: AsyncConnection, task: Task[Any, Any, Any], *, after: timedelta | None = None, **arguments: Any
) -> int:
    """Queue `task` inside the connection's transaction: a rollback takes the job with it. Returns its id.

    after: how long it waits before it may run.
    """
    wait: TimeDeltaParams | None = {"seconds": int(after.total_seconds())} if after else None
    return await task.configure(connection=await raw(connection), schedule_in=wait).defer_async(**arguments)


@contextmanager
def bound_to(url: str) -> Iterator[App]:
    """Return the tasks with a connector for the database at `url`, for as long as the block runs."""
    connector = PsycopgConnector(conninfo=plain_url(url), min_size=1, max_size=4)
    with jobs.replace_connector(connector) as app:
        yield app


async def cancel_waiting(connection: AsyncConnection, *names: str) -> int:
    """End all jobs of these names that wait or were under way when their worker died; returns how many."""
    ended = await connection.execute(
        text(
            "update procrastinate_jobs set status = 'cancelled' "
            "where status in ('todo', 'doing') and task_name = any (:names)"
        ),
        {"names": list(names)},
    )
    return ended.rowcount


async def retry_stalled(manager: JobManager) -> int:
    """Put jobs of dead workers back in the queue; returns how many. Procrastinate does not do this by itself."""
    count = 0
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=30):
        await manager.retry_job(job)
        count += 1
    return count
