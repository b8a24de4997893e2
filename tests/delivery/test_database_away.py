"""The database restarts in the middle of a send: senders wait and go on, nobody gets it twice."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
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


@pytest.fixture
def own_server() -> Iterator[PostgresServer]:
    server = PostgresServer(Path(tempfile.mkdtemp(prefix="gonfalon-away-")))
    server.folder.chmod(0o755)
    server.start()
    yield server
    server.stop()
    shutil.rmtree(server.folder, ignore_errors=True)


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
