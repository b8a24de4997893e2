"""The home folder: which database this installation uses, and what is running."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from gonfalon.entry.closing import close_home
from gonfalon.kit.config import Settings
from gonfalon.kit.postgres import PostgresServer


@dataclass(frozen=True)
class Running:
    """What `gonfalon up` wrote down about itself. local_url: where the app answers on this machine."""

    pid: int
    url: str
    database_url: str
    setup_url: str | None
    local_url: str = ""

    @property
    def alive(self) -> bool:
        """Whether that process still is; False after it was killed and had no time to tidy up."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return True


def embedded_server(settings: Settings) -> PostgresServer:
    """Return the built-in server of this home folder, which is closed to others first."""
    close_home(settings.folder)
    return PostgresServer(settings.folder / "postgres")


@contextmanager
def database(settings: Settings) -> Iterator[str]:
    """Return the installation's database URL: the one given, the one of what runs here, or that of the built-in server.

    Starts the built-in server if nobody else has, and then stops it again.
    """
    if settings.database_url:
        yield settings.database_url
        return
    server = embedded_server(settings)
    running = read_running(settings)
    if running is not None and running.alive and running.database_url != server.url():
        yield running.database_url
        return
    was_running = (server.data / "PG_VERSION").exists() and server.is_ready()
    if not was_running:
        server.start()
    try:
        yield server.url()
    finally:
        if not was_running:
            server.stop()


def _state_file(settings: Settings) -> Path:
    return settings.folder / "run" / "up.json"


def read_running(settings: Settings) -> Running | None:
    """Return what runs now, or None. What was killed is still written down: ask `alive`."""
    try:
        return Running(**json.loads(_state_file(settings).read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def write_running(settings: Settings, running: Running | None) -> None:
    """Note what runs; None when it has stopped."""
    path = _state_file(settings)
    if running is None:
        path.unlink(missing_ok=True)
        return
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(asdict(running)))
    os.replace(draft, path)


def take_lock(settings: Settings) -> IO[str] | None:
    """Return the lock of the one supervisor of this home; None when another one has it.

    The kernel frees it when the process ends, however it ends.
    """
    close_home(settings.folder)
    folder = settings.folder / "run"
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / "up.lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file
