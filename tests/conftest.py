"""One database server for the run, one database per worker from a migrated template, one app.

Tests act as users do: through the API. `world` makes a fresh workspace with an owner per test.
"""

from __future__ import annotations

import asyncio
import gc
import os
import random
import shutil
import tempfile
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import httpx2
import hypothesis
import psycopg
import pytest
from argon2 import PasswordHasher, profiles
from fastapi import FastAPI
from filelock import FileLock
from playwright.sync_api import Browser
from sqlalchemy import insert

from gonfalon.accounts import passwords
from gonfalon.accounts.actions import create_workspace, open_session
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Actor, Role, Workspace
from gonfalon.accounts.rules import ROLE_PERMISSIONS
from gonfalon.accounts.tables import members, users
from gonfalon.channels.email.sandbox import SandboxInbox, sandbox_receiver
from gonfalon.entry.api import create_app
from gonfalon.entry.migrate import migrate
from gonfalon.entry.rooms import open_services
from gonfalon.kit.config import Settings
from gonfalon.kit.ids import new_id
from gonfalon.kit.log import configure
from gonfalon.kit.postgres import PostgresServer
from gonfalon.kit.services import Services
from tests.processes import PATIENCE, Installation, a_browser, new_installation
from tests.scheduling import LongFirst, length

TEMPLATE = "template_gonfalon"
SERVERS: list[PostgresServer] = []
"""Kept to the end of the process: the worker that started the server may not be the one that stops it."""

# Examples are the same in every run; `EXPLORE=1` looks for other ones.
# On a busy machine an example takes as long as it takes: no deadline, and slow ones are no fault.
hypothesis.settings.register_profile(
    "steady",
    derandomize=not os.environ.get("EXPLORE"),
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("steady")
configure()  # faults are logged as in production; structlog's own way to print them takes half a minute each


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LongFirst:
    """Called by pytest-xdist."""
    return LongFirst(config, log)


def pytest_collection_finish() -> None:
    """What is there now stays: nobody looks for garbage among it."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """Until the end."""
    gc.unfreeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long tests first; `SHUFFLE=7` takes all others in the order that this number draws."""
    if seed := os.environ.get("SHUFFLE"):
        random.Random(seed).shuffle(items)  # noqa: S311 an order, no secret
        items.sort(key=lambda item: item.nodeid.split("::")[0] if length(item) == 0 else "")
    items.sort(key=length)


@pytest.fixture(scope="session")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """Connection URLs of databases on a server with a migrated template; shared by the workers of a run.

    `GONFALON_TEST_DATABASE_URL` (with `{database}` in it) runs the suite on any other server.
    """
    given = os.environ.get("GONFALON_TEST_DATABASE_URL")
    if given:
        prepare(lambda name: given.replace("{database}", name))
        yield lambda name: given.replace("{database}", name)
        return
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    shared = tmp_path_factory.getbasetemp().parent if worker else tmp_path_factory.getbasetemp()
    # A short path of its own: other users must be able to enter it when the suite runs as root.
    name = f"gonfalon-test-{os.environ.get('PYTEST_XDIST_TESTRUNUID', uuid.uuid4().hex)[:12]}"
    server = PostgresServer(Path(tempfile.gettempdir()) / name)
    SERVERS.append(server)
    users_file = shared / "server-users"
    with FileLock(str(shared / "server.lock")):
        count = int(users_file.read_text()) if users_file.exists() else 0
        if count == 0:
            server.start()
            risk(server.url)
            prepare(server.url)
        users_file.write_text(str(count + 1))
    yield server.url
    with FileLock(str(shared / "server.lock")):
        count = int(users_file.read_text()) - 1
        users_file.write_text(str(count))
        if count == 0:
            server.stop()
            shutil.rmtree(server.folder, ignore_errors=True)


def risk(url: Callable[[str], str]) -> None:
    """Lets the server forget when the machine's power fails, which no test is about; killed processes lose nothing."""
    with psycopg.connect(url("postgres"), autocommit=True) as connection:
        for name in ("fsync", "full_page_writes"):
            connection.execute(f"alter system set {name} = off")
        connection.execute("select pg_reload_conf()")


def prepare(url: Callable[[str], str]) -> None:
    """Makes the migrated template once per server."""
    with psycopg.connect(url("postgres"), autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(99)")
        if connection.execute("select 1 from pg_database where datname = %s", [TEMPLATE]).fetchone() is None:
            connection.execute(f"create database {TEMPLATE}")
            migrate(url(TEMPLATE))


@pytest.fixture(scope="session")
def make_database(server_url: Callable[[str], str]) -> Iterator[Callable[[], str]]:
    """Makes migrated databases; each call gives the URL of a new one, dropped at the end."""
    made: list[str] = []

    def make() -> str:
        name = f"t_{uuid.uuid4().hex[:16]}"
        with psycopg.connect(server_url("postgres"), autocommit=True) as connection:
            connection.execute(f"create database {name} template {TEMPLATE}")
        made.append(name)
        return server_url(name)

    yield make
    with psycopg.connect(server_url("postgres"), autocommit=True) as connection:
        for name in made:
            connection.execute(f"drop database if exists {name} with (force)")


@pytest.fixture(scope="session")
def database_url(make_database: Callable[[], str]) -> str:
    """This worker's database."""
    return make_database()


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Hashes that cost next to nothing; what they cost everybody else is in `tests/accounts/test_door.py`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher.from_parameters(profiles.CHEAPEST))
        yield


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings with a home folder of the run's own."""
    return Settings(home=tmp_path_factory.mktemp("home"), pool_size=8, base_url="http://testserver")


@pytest.fixture(scope="session")
async def services(settings: Settings, database_url: str) -> AsyncIterator[Services]:
    """The worker's services."""
    opened = open_services(settings, database_url)
    yield opened
    await opened.close()


@pytest.fixture(scope="session")
async def mailroom(services: Services) -> AsyncIterator[SandboxInbox]:
    """The mail sandbox of the run: one address for all tests, so that no mail looks for an earlier test's."""
    receiver, room = sandbox_receiver(services)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Settings, "mail_sandbox_port", await receiver.start("127.0.0.1", 0))
        yield room
    await receiver.stop()
    await room.close()


@pytest.fixture(scope="session")
async def app(services: Services, mailroom: SandboxInbox) -> AsyncIterator[FastAPI]:
    """The whole application with its jobs and analytics copy, as users run it."""
    assert mailroom is not None
    made = create_app(services)
    async with made.router.lifespan_context(made):
        yield made


_clients = count(1)


@pytest.fixture(scope="session")
def client_of(app: FastAPI) -> Callable[..., httpx2.AsyncClient]:
    """Makes HTTP clients of the application, without cookies, each with a network of its own: limits count by it."""

    def make(**options: Any) -> httpx2.AsyncClient:
        number = next(_clients)
        address = f"10.{number >> 8 & 255}.{number & 255}.1"
        transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False, client=(address, 1))
        return httpx2.AsyncClient(transport=transport, base_url="http://testserver", **options)

    return make


@dataclass
class World:
    """A workspace of the test's own with an owner, seen from inside (`ctx`) and outside (`http`)."""

    services: Services
    workspace: Workspace
    ctx: Context
    http: httpx2.AsyncClient
    member: Callable[[Role], Awaitable[httpx2.AsyncClient]]

    @property
    def path(self) -> str:
        """API path of the workspace."""
        return f"/api/v1/workspaces/{self.workspace.slug}"


@pytest.fixture
async def make_world(services: Services, client_of: Callable[..., httpx2.AsyncClient]) -> AsyncIterator[Any]:
    """Makes worlds, for tests that need two."""
    clients: list[httpx2.AsyncClient] = []

    async def signed_in(workspace: Workspace, role: Role) -> tuple[httpx2.AsyncClient, Actor]:
        async with services.db.transaction() as connection:
            user_id = new_id()
            name = f"{role.value.title()} {user_id.hex[-4:]}"
            await connection.execute(
                insert(users).values(
                    id=user_id, email=f"{user_id}@example.com", name=name, language="en", password_hash="none"
                )
            )
            await connection.execute(
                insert(members).values(workspace_id=workspace.id, user_id=user_id, role=role.value)
            )
            token = await open_session(connection, user_id, "tests", "127.0.0.1")
        client = client_of(cookies={"gonfalon_session": token})
        clients.append(client)
        return client, Actor("member", str(user_id), name, ROLE_PERMISSIONS[role], role)

    async def make(time_zone: str = "Europe/Stockholm", currency: str = "EUR", language: str = "en") -> World:
        async with services.db.transaction() as connection:
            workspace = await create_workspace(
                services,
                connection,
                f"World {uuid.uuid4().hex[:8]}",
                time_zone=time_zone,
                currency=currency,
                language=language,
            )
        http, actor = await signed_in(workspace, Role.OWNER)

        async def member(role: Role) -> httpx2.AsyncClient:
            return (await signed_in(workspace, role))[0]

        return World(services, workspace, Context(services, actor, workspace), http, member)

    yield make
    for client in clients:
        await client.aclose()


@pytest.fixture
async def world(make_world: Callable[..., Awaitable[World]], app: FastAPI) -> World:
    """One fresh workspace, and the application running."""
    return await make_world()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    with new_installation() as made:
        yield made
        made.stop()


async def eventually(check: Callable[[], Awaitable[Any]]) -> Any:
    """Waits until `check()` gives something true and returns it; fails after `PATIENCE` seconds.

    For what happens in another task or process: it polls and never guesses a duration.
    """
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while True:
        found = await check()
        if found:
            return found
        assert asyncio.get_running_loop().time() < deadline, "it did not happen in time"
        await asyncio.sleep(0.05)
