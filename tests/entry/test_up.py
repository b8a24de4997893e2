"""`gonfalon up` as a process: from an empty folder, twice, through kill −9, to a clean stop."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from contextlib import suppress

import psycopg
import pytest

from gonfalon.entry.closing import open_paths
from tests.processes import PATIENCE, Installation, new_installation, wait_for

pytestmark = pytest.mark.slow


@pytest.fixture
def installation() -> Iterator[Installation]:
    with new_installation() as made:
        yield made


def test_it_starts_from_nothing_says_where_and_stops_cleanly(installation: Installation) -> None:
    old = installation.home / "imports" / "people.csv"  # as earlier versions left it
    old.parent.mkdir(mode=0o755)
    old.write_text("email\n")
    old.chmod(0o644)
    ready = installation.up()
    assert list(open_paths(installation.home)) == []
    assert old.stat().st_mode & 0o777 == 0o600
    assert (installation.home / "run" / "up.json").stat().st_mode & 0o777 == 0o600
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


def test_after_any_loss_of_the_database_jobs_run_again(installation: Installation) -> None:
    """Answers alone say little: with jobs dead, imports, launches and mails wait for ever while all looks well."""
    installation.up()
    url = json.loads((installation.home / "run" / "up.json").read_text())["database_url"]

    def sessions() -> list[int]:
        with psycopg.connect(url) as connection:
            found = connection.execute(
                "select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
                " order by query like 'listen%%' desc"
            )
            return [int(row[0]) for row in found]

    def run_a_job() -> None:
        with psycopg.connect(url) as connection:
            made = connection.execute(
                "insert into procrastinate_jobs (queue_name, task_name, args)"
                " values ('default', 'builtin:procrastinate.builtin_tasks.remove_old_jobs', '{\"max_hours\": 1000}')"
                " returning id"
            ).fetchone()
        assert made is not None
        wait_for(lambda: not waits(made[0]))

    def waits(job: int) -> bool:
        with suppress(psycopg.Error), psycopg.connect(url) as connection:
            found = connection.execute("select 1 from procrastinate_jobs where id = %s and status <> 'failed'", [job])
            return found.fetchone() is not None
        return True

    def answers() -> bool:
        with suppress(psycopg.Error):
            return bool(sessions())
        return False

    run_a_job()
    with psycopg.connect(url) as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )
    run_a_job()
    killed = sessions()
    os.kill(killed[0], signal.SIGKILL)  # the server throws everybody out and recovers
    wait_for(lambda: answers() and not set(killed) & set(sessions()))
    run_a_job()
    postmaster = int((installation.home / "postgres" / "data" / "postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGKILL)
    wait_for(lambda: not any(process.pid == postmaster for process in installation.processes()))
    wait_for(answers)
    run_a_job()
    assert installation.healthy()
    assert installation.stop() == 0
