"""The app process: API, collector, links, user interface, jobs and the analytics copy."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Response
from pydantic import BaseModel

from gonfalon import __version__
from gonfalon.accounts.auth import identify
from gonfalon.entry.conflicts import CONFLICTS
from gonfalon.entry.description import api_description
from gonfalon.entry.mailer import mailer_resource
from gonfalon.entry.web import mount_assets, mount_script, mount_web
from gonfalon.entry.worker import check_jobs_run, job_worker
from gonfalon.kit import http
from gonfalon.kit.services import Services


class Health(BaseModel):
    """That the process answers, reaches its database, and that jobs run."""

    ok: bool
    version: str


def create_app(services: Services, *, run_jobs: bool = True) -> FastAPI:
    """Return the application on these services. `run_jobs=False` leaves jobs to worker processes."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for room in services.rooms:
                for resource in room.resources:
                    await stack.enter_async_context(resource(services))
            await stack.enter_async_context(mailer_resource(services))
            if run_jobs:
                await stack.enter_async_context(job_worker(services))
            yield

    app = FastAPI(
        title="Gonfalon",
        version=__version__,
        summary="Plan, create, launch, monitor and learn from marketing campaigns.",
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        openapi_url=None,  # see `description.py`
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        responses=http.PROBLEMS,
    )
    app.state.services = services
    app.state.identify = identify
    https = services.settings.public_url.startswith("https://")
    http.install(app, https=https, conflicts=CONFLICTS)
    # Routes are matched in order, and clicks and events come far more often than anything else.
    for router in (router for room in services.rooms for router in room.public):
        app.include_router(router)
    mount_assets(app)
    mount_script(app)
    api = APIRouter(prefix="/api/v1")
    api.add_api_route("/health", _health(services), operation_id="get_health", tags=["operation"])
    api.add_api_route("/openapi.json", _description(services.settings.folder), include_in_schema=False)
    for router in (router for room in services.rooms for router in room.api):
        api.include_router(router)
    app.include_router(api)
    mount_web(app)
    _complete_description(app)
    return app


def _health(services: Services) -> Any:
    async def health() -> Health:
        """Whether the app answers, reaches its database, and jobs run."""
        await check_jobs_run(services)
        return Health(ok=True, version=__version__)

    return health


def _description(home: Path) -> Any:
    made: list[bytes] = []
    one = asyncio.Lock()

    async def description() -> Response:
        async with one:
            if not made:
                made.append(await asyncio.to_thread(api_description, home))
        return Response(made[0], media_type="application/json")

    return description


def _complete_description(app: FastAPI) -> None:
    # The error shape is referenced by every route but returned by none, so it is added by hand. And what is only
    # answered always has all its fields, whether its class has defaults for them or not.
    made = app.openapi

    def described() -> dict[str, Any]:
        document = made()
        schemas = document["components"]["schemas"]
        schemas.setdefault("Problem", http.Problem.model_json_schema())
        taken = set[str]()
        for operation in (each for path in document["paths"].values() for each in path.values()):
            _names_within(schemas, [operation.get("requestBody"), operation.get("parameters")], taken)
        for name in schemas.keys() - taken:
            if "properties" in schemas[name]:
                schemas[name]["required"] = list(schemas[name]["properties"])
        return document

    app.openapi = described  # type: ignore[method-assign]


def _names_within(schemas: dict[str, Any], part: Any, found: set[str]) -> None:
    """Add the names of all schemas that a part of the description is made of."""
    if isinstance(part, dict):
        name = str(part.get("$ref", "")).rpartition("/")[2]
        if name and name not in found:
            found.add(name)
            _names_within(schemas, schemas.get(name), found)
        for each in part.values():
            _names_within(schemas, each, found)
    elif isinstance(part, list):
        for each in part:
            _names_within(schemas, each, found)
