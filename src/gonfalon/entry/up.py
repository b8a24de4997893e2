"""`gonfalon up`: starts everything, watches over it, and stops it cleanly.

The supervisor only starts processes and starts them again; each of them recovers by itself from
whatever its predecessor left behind. PostgreSQL outlives a killed supervisor and is found again.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from subprocess import Popen, TimeoutExpired

from gonfalon.accounts.actions import issue_setup_token, setup_is_open
from gonfalon.entry.home import Running, embedded_server, read_running, take_lock, write_running
from gonfalon.entry.migrate import migrate
from gonfalon.kit.config import Settings
from gonfalon.kit.errors import Unavailable
from gonfalon.kit.postgres import PostgresServer
from gonfalon.kit.services import open_services

READY_SECONDS = 60
STOP_SECONDS = 20


@dataclass
class Child:
    """One process the supervisor keeps alive."""

    name: str
    arguments: list[str]
    process: Popen[bytes] | None = None
    started: float = 0.0
    quick_deaths: int = 0
    next_start: float = 0.0


@dataclass
class Supervisor:
    """Keeps the processes of one home folder running until it is told to stop."""

    settings: Settings
    database_url: str
    server: PostgresServer | None = None
    sandbox_port: int = 0
    children: list[Child] = field(default_factory=list)
    stopping: bool = False

    def environment(self) -> dict[str, str]:
        """Return what the children are told; they inherit everything else."""
        return os.environ | {
            "GONFALON_SUPERVISOR": str(os.getpid()),
            "GONFALON_HOME": str(self.settings.folder),
            "GONFALON_HOST": self.settings.host,
            "GONFALON_PORT": str(self.settings.port),
            "GONFALON_BASE_URL": self.settings.base_url,
            "GONFALON_SANDBOX_PORT": str(self.sandbox_port),
            "GONFALON_DATABASE_URL": self.database_url,
        }

    def start(self, child: Child) -> None:
        """Start one child (which ends by itself when the supervisor is killed, see `kit/process.py`)."""
        child.process = Popen(
            [sys.executable, "-m", "gonfalon", *child.arguments],
            env=self.environment(),
            start_new_session=True,
        )
        child.started = time.monotonic()

    def watch(self) -> None:
        """Start again what has ended, later and later when it keeps ending at once."""
        if self.server is not None and self.server.pid() is None:
            sys.stderr.write("The built-in database ended; it is started again.\n")
            self.server.start()
        now = time.monotonic()
        for child in self.children:
            if child.process is not None and child.process.poll() is not None:
                child.quick_deaths = child.quick_deaths + 1 if now - child.started < 10 else 0
                child.next_start = now + min(30.0, 0.2 * 2**child.quick_deaths)
                sys.stderr.write(f"{child.name} ended with code {child.process.returncode}; it is started again.\n")
                child.process = None
            if child.process is None and now >= child.next_start and not self.stopping:
                self.start(child)

    def stop(self) -> None:
        """Ask every child to finish what it holds, then makes sure that it is gone."""
        self.stopping = True
        alive = [child for child in self.children if child.process is not None]
        for child in alive:
            assert child.process is not None
            child.process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for child in alive:
            assert child.process is not None
            try:
                child.process.wait(max(0.1, deadline - time.monotonic()))
            except TimeoutExpired:
                child.process.kill()
                child.process.wait()


def up(settings: Settings, announce: Callable[[Running, bool], None], *, before: Callable[[str], None] | None) -> int:
    """Run until Ctrl-C or SIGTERM; returns the exit code.

    `announce(running, fresh)` is called once everything answers, or at once with `fresh=False` when
    another supervisor already runs this home. `before(database_url)` runs after the migrations.
    """
    lock = take_lock(settings)
    if lock is None:
        running = read_running(settings)
        if running is None:
            raise Unavailable("still_starting", "Gonfalon is just being started in this folder; wait a moment.")
        if running.setup_url and not asyncio.run(_is_open(settings, running)):
            running = replace(running, setup_url=None)
        announce(running, False)
        return 0
    server = None if settings.database_url else embedded_server(settings)
    interrupted = _Interrupt()
    try:
        if server is not None:
            server.start()
        database_url = settings.database_url or (server.url() if server else "")
        migrate(database_url)
        if before is not None:
            before(database_url)
        supervisor = Supervisor(settings, database_url, server, _free_sandbox_port(settings))
        supervisor.children = [Child("app", ["serve"]), Child("sandbox", ["sandbox"])]
        supervisor.children += [Child(f"sender {n + 1}", ["send"]) for n in range(settings.senders)]
        try:
            supervisor.watch()
            _wait_until_ready(settings, supervisor, interrupted)
            if not interrupted.seen:
                token = asyncio.run(_setup_token(settings, database_url))
                setup_url = f"{settings.public_url}/setup?token={token}" if token else None
                running = Running(os.getpid(), settings.public_url, database_url, setup_url, _local_url(settings))
                write_running(settings, running)
                announce(running, True)
            while not interrupted.seen:
                supervisor.watch()
                time.sleep(0.25)
        finally:
            supervisor.stop()
    finally:
        write_running(settings, None)
        if server is not None:
            server.stop()
        lock.close()
    return 0


def _free_sandbox_port(settings: Settings) -> int:
    """The sandbox's usual port; another free one when a stranger has taken it and nobody asked for that one."""
    for port in (settings.mail_sandbox_port, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                if settings.sandbox_port:
                    break
            else:
                return int(probe.getsockname()[1])
    return settings.mail_sandbox_port


class _Interrupt:
    """Remembers that somebody asked to stop."""

    def __init__(self) -> None:
        self.seen = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._note)

    def _note(self, *_: object) -> None:
        self.seen = True


async def _is_open(settings: Settings, running: Running) -> bool:
    services = open_services(settings, running.database_url)
    try:
        return await setup_is_open(services, (running.setup_url or "").rpartition("=")[2])
    finally:
        await services.close()


async def _setup_token(settings: Settings, database_url: str) -> str | None:
    services = open_services(settings, database_url)
    try:
        return await issue_setup_token(services)
    finally:
        await services.close()


def _local_url(settings: Settings) -> str:
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104
    return f"http://{host}:{settings.port}"


def _wait_until_ready(settings: Settings, supervisor: Supervisor, interrupted: _Interrupt) -> None:
    address = f"{_local_url(settings)}/api/v1/health"
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and not interrupted.seen:
        supervisor.watch()
        app = supervisor.children[0]
        if app.quick_deaths > 3:
            break
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310
                if answer.status == 200 and app.process is not None and app.process.poll() is None:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    if not interrupted.seen:
        raise Unavailable(
            "start_failed",
            f"The app did not answer on port {settings.port}; the lines above say why. "
            "If the port is taken, choose another one with --port.",
            port=settings.port,
        )
