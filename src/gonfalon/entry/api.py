"""The app process: API, collector, links, user interface, jobs and the analytics copy."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any

from fastapi import APIRouter, FastAPI
from pydantic import BaseModel

from gonfalon import __version__
from gonfalon.accounts.actions import NEW_WORKSPACE_HOOKS
from gonfalon.entry import rooms
from gonfalon.entry.web import mount_assets, mount_web
from gonfalon.kit import http
from gonfalon.kit.jobs import bound_to, retry_stalled
from gonfalon.kit.log import log
from gonfalon.kit.services import Services
from gonfalon.people.privacy.actions import ERASURE_HOOKS
from gonfalon.teamwork.model import THINGS, VISIBLE

JOB_SLOTS = 4
STALL_CHECK_SECONDS = 15


class Health(BaseModel):
    """That the process answers and reaches its database."""

    ok: bool
    version: str


def create_app(services: Services, *, run_jobs: bool = True) -> FastAPI:
    """The application on these services. `run_jobs=False` leaves jobs to worker processes."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for resource in rooms.RESOURCES:
                await stack.enter_async_context(resource(services))
            if run_jobs:
                await stack.enter_async_context(job_worker(services))
            yield

    app = FastAPI(
        title="Gonfalon",
        version=__version__,
        summary="Plan, create, launch, monitor and learn from marketing campaigns.",
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        responses=http.PROBLEMS,
    )
    app.state.services = services
    app.state.body_limits = rooms.BODY_LIMITS
    http.install(app)
    NEW_WORKSPACE_HOOKS[:] = rooms.NEW_WORKSPACE
    ERASURE_HOOKS[:] = rooms.ERASURE
    THINGS.update(rooms.THINGS)
    VISIBLE[:] = rooms.VISIBLE
    # Routes are matched in order, and clicks and events come far more often than anything else.
    for router in rooms.PUBLIC_ROUTERS:
        app.include_router(router)
    mount_assets(app)
    api = APIRouter(prefix="/api/v1")
    api.add_api_route("/health", _health(services), operation_id="get_health", tags=["operation"])
    for router in rooms.API_ROUTERS:
        api.include_router(router)
    app.include_router(api)
    mount_web(app)
    _describe_problems(app)
    return app


def _health(services: Services) -> Any:
    async def health() -> Health:
        """Whether the app answers and reaches its database."""
        async with services.db.reading() as connection:
            await connection.exec_driver_sql("select 1")
        return Health(ok=True, version=__version__)

    return health


def _describe_problems(app: FastAPI) -> None:
    # The error shape is referenced by every route but returned by none, so it is added by hand.
    made = app.openapi

    def described() -> dict[str, Any]:
        document = made()
        document["components"]["schemas"].setdefault("Problem", http.Problem.model_json_schema())
        return document

    app.openapi = described  # type: ignore[method-assign]


@asynccontextmanager
async def job_worker(services: Services) -> AsyncIterator[None]:
    """Runs jobs in this process until the block ends; jobs of killed workers run again."""
    for module in rooms.JOB_MODULES:
        importlib.import_module(module)
    with bound_to(services.db.url) as bound:
        async with bound.open_async() as app:

            async def revive() -> None:
                while True:
                    try:
                        revived = await retry_stalled(app.job_manager)
                        if revived:
                            log.warning("jobs_revived", count=revived)
                    except Exception as error:
                        log.warning("jobs_revive_failed", error=str(error))
                    await asyncio.sleep(STALL_CHECK_SECONDS)

            async def work() -> None:
                while True:  # the database may go away for a while; the worker comes back with it
                    try:
                        await app.run_worker_async(
                            concurrency=JOB_SLOTS,
                            install_signal_handlers=False,
                            fetch_job_polling_interval=1.0,
                            shutdown_graceful_timeout=5,
                            additional_context={"services": services},
                            delete_jobs="successful",
                        )
                        return
                    except Exception as error:
                        log.warning("job_worker_restarts", error=str(error))
                        await asyncio.sleep(1)

            tasks = [asyncio.create_task(work()), asyncio.create_task(revive())]
            try:
                yield
            finally:
                for task in tasks:
                    task.cancel()
                for task in tasks:
                    with suppress(asyncio.CancelledError):
                        await task
