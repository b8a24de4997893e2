"""kill -9 of the sender at random instants: nobody twice, nobody lost, and the doubt no larger than promised."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from gonfalon.delivery.epoch.actions import Keeper
from gonfalon.kit.services import Services
from tests.channels.fake_smtp import FakeSmtp
from tests.conftest import World, eventually
from tests.delivery.factory import (
    addresses,
    all_goes_on,
    email_goes_to,
    is_finished,
    launch,
    make_people,
    make_topic,
    states,
)

MakeWorld = Callable[[], Awaitable[World]]
PEOPLE = 10_000
CONNECTIONS = 12


async def start_sender(services: Services, home: Path) -> Process:
    """A sender as `up` starts it, in a home that knows the database."""
    await Keeper(services, "test").admit()
    shutil.copytree(services.settings.folder / "epoch", home / "epoch", dirs_exist_ok=True)
    environment = {key: value for key, value in os.environ.items() if key != "GONFALON_SUPERVISOR"}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "gonfalon",
        "send",
        env=environment
        | {
            "GONFALON_HOME": str(home),
            "GONFALON_DATABASE_URL": services.db.url,
            "GONFALON_SECRET_KEY": "tests",
            "GONFALON_BASE_URL": "http://testserver",
        },
        stderr=asyncio.subprocess.DEVNULL,
    )


async def kill(process: Process) -> None:
    process.send_signal(signal.SIGKILL)
    await process.wait()


@pytest.mark.slow
async def test_killed_at_random_instants(world: World, make_world: MakeWorld, tmp_path: Path) -> None:
    services = world.services
    other = await make_world()
    dice = random.Random()  # noqa: S311
    seed = dice.randrange(1 << 32)
    dice.seed(seed)
    async with FakeSmtp() as server:
        async with services.db.transaction() as connection:
            topic = await make_topic(connection, world.workspace.id)
            await make_people(connection, world.workspace.id, topic, PEOPLE)
            await email_goes_to(connection, world.workspace.id, server.port, connections=CONNECTIONS)
        sending = await launch(services, world.workspace.id, topic)
        kills = 0
        process = await start_sender(services, tmp_path)
        try:
            for point in sorted(dice.randrange(0, PEOPLE) for _ in range(6)):

                async def reached(point: int = point) -> bool:
                    return len(server.accepted) >= point or await is_finished(services, sending)

                await eventually(reached)
                await asyncio.sleep(dice.random() * 0.02)
                if await is_finished(services, sending):
                    break
                await kill(process)
                kills += 1
                process = await start_sender(services, tmp_path)
            await eventually(lambda: is_finished(services, sending))
            await all_goes_on(world, other, server)
            process.terminate()
            await process.wait()
        finally:
            if process.returncode is None:
                await kill(process)

    counted = await states(services, sending.dispatch_id)
    note = f"seed {seed}, {kills} kills, {counted}"
    assert kills >= 3, note
    assert sum(counted.values()) == PEOPLE, note
    assert set(counted) <= {("accepted", ""), ("unknown", "sender_died")}, note
    unknown = await addresses(services, sending.dispatch_id, "unknown")
    accepted = await addresses(services, sending.dispatch_id, "accepted")
    own = [each for each in server.accepted if each.endswith(f"@w{world.workspace.id}.example")]
    received = set(own)
    assert len(own) == len(received), f"somebody got it twice: {note}"
    assert accepted <= received, f"recorded as sent, never received: {note}"
    assert received - accepted <= unknown, f"received without a trace: {note}"
    assert len(unknown) <= kills * CONNECTIONS, f"more in doubt than connections: {note}"


@pytest.mark.slow
async def test_two_senders_share_the_work(world: World, make_world: MakeWorld, tmp_path: Path) -> None:
    services = world.services
    other = await make_world()
    async with FakeSmtp() as server:
        async with services.db.transaction() as connection:
            topic = await make_topic(connection, world.workspace.id)
            await make_people(connection, world.workspace.id, topic, 6000)
            await email_goes_to(connection, world.workspace.id, server.port, connections=5)
        processes = [await start_sender(services, tmp_path), await start_sender(services, tmp_path)]
        try:

            async def both_live() -> bool:
                async with services.db.transaction() as connection:
                    found = await connection.execute(
                        text("select count(*) from sender_leases where worker like :home"), {"home": f"%{tmp_path}%"}
                    )
                    return found.scalar_one() == 2

            await eventually(both_live)
            sending = await launch(services, world.workspace.id, topic)
            await eventually(lambda: is_finished(services, sending))
            await all_goes_on(world, other, server)
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                await process.wait()
        assert server.most_connections > 5, "only one of them worked"
    own = [each for each in server.accepted if each.endswith(f"@w{world.workspace.id}.example")]
    assert sorted(own) == sorted(await addresses(services, sending.dispatch_id, "accepted"))
    assert len(own) == 6000
