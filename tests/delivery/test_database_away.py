"""The database restarts or stays away in the middle of a send: all wait and go on, nobody gets it twice."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gonfalon.accounts.actions import create_workspace
from gonfalon.entry.migrate import migrate
from gonfalon.entry.rooms import open_services
from gonfalon.kit.config import Settings
from gonfalon.kit.postgres import PostgresServer
from tests.channels.fake_smtp import FakeSmtp
from tests.conftest import eventually
from tests.delivery.factory import addresses, email_goes_to, is_finished, launch, make_people, make_topic, states
from tests.delivery.test_sending import sender
from tests.processes import free_port, wait_for


@pytest.fixture
def own_server() -> Iterator[PostgresServer]:
    server = PostgresServer(Path(tempfile.mkdtemp(prefix="gonfalon-away-")))
    server.folder.chmod(0o755)
    server.start()
    yield server
    server.stop()
    shutil.rmtree(server.folder, ignore_errors=True)


@contextmanager
def running(what: str, url: str, home: Path) -> Iterator[Path]:
    """A process of the installation and the file that it writes its log into."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GONFALON_")}
    environment |= {"GONFALON_HOME": str(home), "GONFALON_DATABASE_URL": url, "GONFALON_PORT": str(free_port())}
    log = home / f"{what}.log"
    with log.open("w") as file:
        process = subprocess.Popen([sys.executable, "-m", "gonfalon", what], stdout=file, stderr=file, env=environment)
        try:
            yield log
        finally:
            process.kill()
            process.wait()


@pytest.mark.slow
def test_a_database_that_stays_away_is_no_flood_of_lines(own_server: PostgresServer, tmp_path: Path) -> None:
    """While all that works in the background has failed and begun again, a process has said so in few lines."""
    migrate(own_server.url())
    with running("serve", own_server.url(), tmp_path) as app, running("send", own_server.url(), tmp_path) as sends:
        wait_for(lambda: "engine_loaded" in app.read_text() and "sender_started" in sends.read_text())
        before = {log: len(log.read_text().splitlines()) for log in (app, sends)}
        own_server.stop()
        wait_for(lambda: all(f"work={work}" in app.read_text() for work in ("worker", "jobs")))
        wait_for(lambda: "sender_waits_for_database" in sends.read_text())
        assert "engine_failing" in app.read_text()
        for log, seen in before.items():
            lines = log.read_text().splitlines()[seen:]
            assert len(lines) <= 20, "\n".join(lines)


@pytest.mark.slow
async def test_a_restart_of_the_database(own_server: PostgresServer, tmp_path: Path) -> None:
    migrate(own_server.url())
    services = open_services(Settings(home=tmp_path, base_url="http://testserver"), own_server.url())
    async with FakeSmtp() as server:
        async with services.db.transaction() as connection:
            workspace = await create_workspace(
                services, connection, "Away", time_zone="UTC", currency="EUR", language="en"
            )
            topic = await make_topic(connection, workspace.id)
            await make_people(connection, workspace.id, topic, 4000)
            await email_goes_to(connection, workspace.id, server.port)
        sending = await launch(services, workspace.id, topic)
        async with sender(services, "one"), sender(services, "two"):
            for share in (500, 1500, 2500):
                await eventually(lambda share=share: asyncio.sleep(0, len(server.accepted) >= share))
                await asyncio.to_thread(own_server.stop)
                await asyncio.to_thread(own_server.start)
            await eventually(lambda: is_finished(services, sending))
        assert await states(services, sending.dispatch_id) == {("accepted", ""): 4000}
        assert sorted(server.accepted) == sorted(await addresses(services, sending.dispatch_id, "accepted"))
    await services.close()
