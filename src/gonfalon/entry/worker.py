"""The worker: runs jobs inside the app process, whatever happens to the database."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from procrastinate.worker import Worker
from sqlalchemy import text

from gonfalon.kit.errors import Unavailable
from gonfalon.kit.jobs import bound_to, retry_stalled
from gonfalon.kit.log import log
from gonfalon.kit.services import Services
from gonfalon.kit.tending import tended

SLOTS = 4
LOOK_SECONDS = 15
SILENT_SECONDS = 60
"""A worker says that it lives every ten seconds; one that has not for so long runs no jobs."""


@asynccontextmanager
async def job_worker(services: Services) -> AsyncIterator[None]:
    """Run jobs in this process until the block ends; jobs of killed workers run again."""
    for module in (module for room in services.rooms for module in room.jobs):
        importlib.import_module(module)
    with bound_to(services.db.url) as bound:
        async with bound.open_async() as app:
            workers: list[Worker] = []

            async def work() -> None:
                # A new one each time: what the last one remembers may be why it ended. It returns, as if it had been
                # asked to stop, when one of its side tasks loses the database.
                workers[:] = [
                    Worker(
                        app,
                        concurrency=SLOTS,
                        install_signal_handlers=False,
                        fetch_job_polling_interval=1.0,
                        shutdown_graceful_timeout=5,
                        additional_context={"services": services},
                        delete_jobs="successful",
                    )
                ]
                await workers[0].run()  # type: ignore[no-untyped-call]

            async def look_after() -> None:
                while True:
                    revived = await retry_stalled(app.job_manager)
                    if revived:
                        log.warning("jobs_revived", count=revived)
                    for worker in workers:
                        if worker.worker_id is not None and not await _is_listed(services, worker.worker_id):
                            log.warning("worker_taken_for_dead", worker=worker.worker_id)
                            worker.stop()  # type: ignore[no-untyped-call]
                    await asyncio.sleep(LOOK_SECONDS)

            async with tended(worker=work, jobs=look_after):
                yield


async def _is_listed(services: Services, worker_id: int) -> bool:
    # Another worker strikes out those that were silent for long, and a worker does not notice that it was struck out.
    async with services.db.reading() as connection:
        query = text("select exists (select from procrastinate_workers where id = :id)")
        return bool((await connection.execute(query, {"id": worker_id})).scalar_one())


async def check_jobs_run(services: Services) -> None:
    """Raise Unavailable when the database cannot be reached or no worker of it has said that it lives."""
    async with services.db.reading() as connection:
        query = text(
            "select exists (select from procrastinate_workers where last_heartbeat > now() - make_interval(secs => :s))"
        )
        if not (await connection.execute(query, {"s": SILENT_SECONDS})).scalar_one():
            raise Unavailable(
                "jobs_stopped",
                "No worker has reported for a minute, so imports, launches and mails wait; look at the app's log.",
            )
