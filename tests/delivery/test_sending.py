"""A sender in this process, a mail server of the tests, and what the ledger says afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from gonfalon.delivery.sender import Sender
from gonfalon.kit.services import Services
from tests.channels.fake_smtp import FakeSmtp
from tests.conftest import World, eventually
from tests.delivery.factory import Sending, addresses, email_goes_to, is_finished, launch, make_people, make_topic, states


@asynccontextmanager
async def sender(services: Services, name: str = "test") -> AsyncIterator[None]:
    stop = asyncio.Event()
    task = asyncio.create_task(Sender(services, name).run(stop))
    try:
        yield
        assert not task.done()
    finally:
        stop.set()
        await task


async def prepared(world: World, server: FakeSmtp, people: int, **how: object) -> Sending:
    async with world.services.db.transaction() as connection:
        topic = await make_topic(connection, world.workspace.id)
        await make_people(connection, world.workspace.id, topic, people)
        await email_goes_to(connection, world.workspace.id, server.port)
    return await launch(world.services, world.workspace.id, topic, **how)  # type: ignore[arg-type]


async def test_everybody_gets_it_once(world: World) -> None:
    async with FakeSmtp() as server:
        sending = await prepared(world, server, 1200)
        assert (sending.expansion.audience, sending.expansion.queued) == (1200, 1200)
        async with sender(world.services):
            await eventually(lambda: is_finished(world.services, sending))
        assert len(server.accepted) == 1200
        assert set(server.accepted) == await addresses(world.services, sending.dispatch_id, "accepted")
        assert await states(world.services, sending.dispatch_id) == {("accepted", ""): 1200}
