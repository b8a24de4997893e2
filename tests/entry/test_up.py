"""`gonfalon up` as a process: from an empty folder, twice, through kill −9, to a clean stop."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

pytestmark = pytest.mark.xdist_group("processes")
PATIENCE = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Installation:
    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.process: subprocess.Popen[str] | None = None

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "gonfalon", *arguments, "--home", str(self.home), "--json"],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            env=self.environment,
            check=False,
        )

    @property
    def environment(self) -> dict[str, str]:
        return {name: value for name, value in os.environ.items() if not name.startswith("GONFALON_")}

    def up(self) -> dict[str, Any]:
        if self.process is not None and self.process.stdout is not None:
            self.process.stdout.close()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gonfalon", "up", "--home", str(self.home), "--port", str(self.port), "--json"],
            stdout=subprocess.PIPE,
            text=True,
            env=self.environment,
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "it ended before it was ready"
        found: dict[str, Any] = json.loads(line)
        return found

    def healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/v1/health", timeout=2) as answer:
                return bool(json.load(answer)["ok"])
        except OSError:
            return False

    def stop(self) -> int:
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(PATIENCE)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code

    def processes(self) -> list[psutil.Process]:
        found = []
        for process in psutil.process_iter():
            try:
                mine = str(self.home) in " ".join(process.cmdline()) or process.environ().get("GONFALON_HOME") == str(
                    self.home
                )
                if mine and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
            except (psutil.NoSuchProcess, psutil.AccessDenied):
                continue
        return found


def wait_for(check: Any) -> None:
    deadline = time.monotonic() + PATIENCE
    while not check():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


@pytest.fixture
def installation() -> Iterator[Installation]:
    home = Path(tempfile.mkdtemp(prefix="gonfalon-up-"))
    home.chmod(0o755)
    made = Installation(home)
    yield made
    for process in made.processes():
        process.kill()
    if made.process is not None:
        made.process.wait(PATIENCE)
        if made.process.stdout is not None:
            made.process.stdout.close()
    shutil.rmtree(home, ignore_errors=True)


def test_it_starts_from_nothing_says_where_and_stops_cleanly(installation: Installation) -> None:
    ready = installation.up()
    assert ready["url"] == f"http://localhost:{installation.port}"
    assert ready["setup_url"].startswith(f"{ready['url']}/setup?token=")
    assert installation.healthy()
    second = installation.command("up")
    assert second.returncode == 0, second.stderr
    assert json.loads(second.stdout) == ready | {"started": False}
    assert installation.stop() == 0
    wait_for(lambda: not installation.processes())
    # what was there is found again
    again = installation.up()
    assert again["setup_url"] != ready["setup_url"]
    assert installation.stop() == 0


def test_a_killed_child_is_started_again(installation: Installation) -> None:
    installation.up()
    app = next(p for p in installation.processes() if "serve" in p.cmdline())
    app.kill()
    app.wait(PATIENCE)
    wait_for(installation.healthy)
    assert installation.stop() == 0


def test_after_kill_9_of_the_supervisor_the_next_start_recovers(installation: Installation) -> None:
    installation.up()
    assert installation.process is not None
    installation.process.kill()
    installation.process.wait(PATIENCE)
    wait_for(lambda: not [p for p in installation.processes() if "gonfalon" in p.cmdline()])
    assert installation.up()["started"]
    assert installation.healthy()
    assert installation.stop() == 0
    wait_for(lambda: not installation.processes())


def test_after_kill_9_of_the_database_everything_comes_back(installation: Installation) -> None:
    installation.up()
    postmaster = int((installation.home / "postgres" / "data" / "postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGKILL)
    wait_for(lambda: not psutil.pid_exists(postmaster) or psutil.Process(postmaster).status() == psutil.STATUS_ZOMBIE)
    wait_for(installation.healthy)
    assert installation.stop() == 0
