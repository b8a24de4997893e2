"""Requests made up from the API's own description: whatever is sent, the answer is never a fault of ours.

The same requests every time, so that a failure can be seen again.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx2
import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.generation import GenerationMode

from gonfalon.entry.api import create_app
from gonfalon.entry.rooms import open_services
from gonfalon.kit.config import Settings
from tests.conftest import World
from tests.processes import PATIENCE, free_port, wait_for

EXAMPLES = int(os.environ.get("GONFALON_ANY_REQUESTS", "1"))
# They would end the session that asks, or the workspace's membership.
LEFT_OUT = {
    "sign_out",
    "change_password",
    "sign_in",
    "set_up",
    "leave_workspace",
    "remove_member",
    "change_role",
    "check_email_domains",
}


class Server:
    """The application on a port of its own, in a thread with an event loop of its own."""

    def __init__(self, home: Path, database: str) -> None:
        self.port = free_port()
        self._ready = threading.Event()
        self._server: uvicorn.Server | None = None
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(home, database)), daemon=True)

    async def _serve(self, home: Path, database: str) -> None:
        services = open_services(Settings(home=home, base_url=f"http://127.0.0.1:{self.port}"), database)
        app = create_app(services, run_jobs=False)
        self._server = uvicorn.Server(uvicorn.Config(app, port=self.port, log_level="critical", lifespan="on"))
        await self._server.serve()
        await services.close()

    def __enter__(self) -> Server:
        self._thread.start()
        wait_for(lambda: self._server is not None and self._server.started)
        return self

    def __exit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.should_exit = True
        self._thread.join(PATIENCE)


@pytest.fixture
def served(tmp_path: Path, database_url: str) -> Iterator[Server]:
    with Server(tmp_path, database_url) as server:
        yield server


def operations(server: Server, workspace: str) -> Iterator[Any]:
    """Every operation of the API that may be called with anything, those of a workspace in this one."""
    address = f"http://127.0.0.1:{server.port}"
    # Made at the first request, which takes seconds: longer than the library waits, on a busy machine.
    description = httpx2.get(f"{address}/api/v1/openapi.json", timeout=None).json()
    inside = {
        path.replace("{workspace}", workspace): without_workspace(each) for path, each in description["paths"].items()
    }
    schema = schemathesis.openapi.from_dict(description | {"paths": inside})
    schema.config.update(base_url=address)
    schema.config.generation.update(modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
    for result in schema.get_all_operations():
        operation = result.ok()  # type: ignore[union-attr]
        if operation.definition.raw.get("operationId") not in LEFT_OUT:
            yield operation


def without_workspace(path: dict[str, Any]) -> dict[str, Any]:
    """A path's operations without the parameter that is filled: made-up names of workspaces are mostly refused."""
    return {
        method: each | {"parameters": [one for one in each.get("parameters", []) if one["name"] != "workspace"]}
        for method, each in path.items()
    }


@pytest.mark.slow
async def test_no_request_makes_a_fault(world: World, served: Server) -> None:
    token = world.http.cookies["gonfalon_session"]

    def ask_all() -> list[str]:
        faults: list[str] = []
        for operation in operations(served, world.workspace.slug):
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                ask(operation, mode, token, faults)
        return faults

    assert await asyncio.to_thread(ask_all) == []


def ask(operation: Any, mode: GenerationMode, token: str, faults: list[str]) -> None:
    """Sends a few made-up requests of the operation."""

    @seed(7)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def send(case: Any) -> None:
        answer = case.call(cookies={"gonfalon_session": token}, timeout=PATIENCE)
        if answer.status_code >= 500:
            faults.append(f"{answer.status_code} {operation.label}: {case.as_curl_command()[:400]}")

    with suppress(Unsatisfiable):  # an operation without parameters has no wrong ones
        send()
