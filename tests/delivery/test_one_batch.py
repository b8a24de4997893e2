"""A message waits in one batch only: in two, both could be leased, and two connections would have it at once."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from tests.channels.fake_smtp import FakeSmtp
from tests.conftest import World, eventually
from tests.delivery.factory import Sending, is_finished, states
from tests.delivery.test_sending import prepared, sender


async def in_two(world: World) -> list[int]:
    """Messages that wait in more than one batch."""
    async with world.services.db.transaction() as connection:
        found = await connection.execute(
            text(
                "select x.id from send_batches b cross join lateral unnest(b.message_ids) as x (id) "
                "where b.workspace_id = :w group by x.id having count(*) > 1"
            ),
            {"w": world.workspace.id},
        )
        return list(found.scalars())


async def waits(world: World, sending: Sending, state: str, reason: str, least: int) -> bool:
    return (await states(world.services, sending.dispatch_id)).get((state, reason), 0) >= least


async def test_what_is_put_off_leaves_its_batch_which_a_pause_gives_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Greylisted, paused for longer than the retry takes, resumed: everybody gets it once."""
    monkeypatch.setattr("gonfalon.delivery.rules.RETRY_AFTER", (0.0,) * 6)
    seen: set[str] = set()
    put_off = 20

    def greylists(stage: str, recipient: str) -> bytes | str | None:
        if stage != "rcpt" or recipient in seen:
            return None
        if len(seen) == put_off:
            return "hang"  # the rest of the batch stays where it is until the pause
        seen.add(recipient)
        return b"450 4.2.0 greylisted\r\n"

    async with FakeSmtp(greylists) as server:
        sending = await prepared(world, server, 60)
        async with sender(world.services):
            await eventually(lambda: waits(world, sending, "deferred", "mailbox", put_off))
            await world.http.post(f"{world.path}/touchpoints/{sending.touchpoint_id}/pause")
        assert await in_two(world) == []
        put_off = 1000
        await world.http.post(f"{world.path}/touchpoints/{sending.touchpoint_id}/resume")
        async with sender(world.services):
            await eventually(lambda: is_finished(world.services, sending))
        assert len(server.accepted) == len(set(server.accepted))
        assert sum((await states(world.services, sending.dispatch_id)).values()) == 60


async def test_what_is_sent_again_leaves_the_batch_it_was_in(world: World) -> None:
    async with FakeSmtp() as server:
        sending = await prepared(world, server, 30)
        async with world.services.db.transaction() as connection:
            await connection.execute(
                text(
                    "update messages set state = 'unknown', reason = 'sender_died', ended_at = now() "
                    "where dispatch_id = :d and id % 3 = 0"
                ),
                {"d": sending.dispatch_id},
            )
        path = f"{world.path}/touchpoints/{sending.touchpoint_id}/unknown/send"
        assert (await world.http.post(path)).status_code == 200
        assert await in_two(world) == []
        async with sender(world.services):
            await eventually(lambda: is_finished(world.services, sending))
        assert await states(world.services, sending.dispatch_id) == {("accepted", ""): 30}
        assert len(server.accepted) == len(set(server.accepted)) == 30
