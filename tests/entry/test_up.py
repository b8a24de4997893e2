"""`gonfalon up` as a process: from an empty folder, twice, through kill −9, to a clean stop."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator

import pytest

from tests.processes import PATIENCE, Installation, new_installation, wait_for

pytestmark = pytest.mark.slow


@pytest.fixture
def installation() -> Iterator[Installation]:
    with new_installation() as made:
        yield made


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
    app = installation.processes("serve")[0]
    app.kill()
    app.wait(PATIENCE)
    wait_for(installation.healthy)
    assert installation.stop() == 0


def test_after_kill_9_of_the_supervisor_the_next_start_recovers(installation: Installation) -> None:
    installation.up()
    assert installation.process is not None
    installation.process.kill()
    installation.process.wait(PATIENCE)
    wait_for(lambda: not installation.processes("gonfalon"))
    assert installation.up()["started"]
    assert installation.healthy()
    assert installation.stop() == 0
    wait_for(lambda: not installation.processes())


def test_after_kill_9_of_the_database_everything_comes_back(installation: Installation) -> None:
    installation.up()
    postmaster = int((installation.home / "postgres" / "data" / "postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGKILL)
    wait_for(lambda: not any(process.pid == postmaster for process in installation.processes()))
    wait_for(installation.healthy)
    assert installation.stop() == 0
