"""Messages in doubt are sent again when a person says so, and only then."""

from __future__ import annotations

import asyncio

from sqlalchemy import text

from gonfalon.accounts.model import Role
from tests.channels.fake_smtp import FakeSmtp
from tests.conftest import World, eventually
from tests.delivery.factory import addresses, is_finished, states
from tests.delivery.test_sending import prepared, sender


async def test_messages_in_doubt_are_sent_again_once_by_who_may_launch(world: World) -> None:
    doubtful = True

    def behaviour(stage: str, recipient: str) -> str | None:
        hit = recipient.startswith(("p3@", "p4@", "p5@"))
        return "close" if doubtful and stage == "body" and hit else None

    async with FakeSmtp(behaviour) as server:
        sending = await prepared(world, server, 30)
        path = f"{world.path}/touchpoints/{sending.touchpoint_id}/unknown/send"
        async with sender(world.services):
            await eventually(lambda: is_finished(world.services, sending))
            unknown = await addresses(world.services, sending.dispatch_id, "unknown")
            assert {each[:3] for each in unknown} == {"p3@", "p4@", "p5@"}
            async with world.services.db.transaction() as connection:
                await connection.execute(
                    text(
                        "update consents set state = 'withdrawn' where workspace_id = :w and person_id = "
                        "(select id from people where workspace_id = :w and email like 'p5@%')"
                    ),
                    {"w": world.workspace.id},
                )
            analyst = await world.member(Role.ANALYST)
            assert (await analyst.post(path)).status_code == 403
            doubtful = False
            answers = await asyncio.gather(*(world.http.post(path) for _ in range(5)))
            assert {answer.status_code for answer in answers} == {200}
            await eventually(lambda: is_finished(world.services, sending))
        assert sorted(server.accepted) == sorted(set(server.accepted)), "sent again more than once"
        assert await states(world.services, sending.dispatch_id) == {
            ("accepted", ""): 29,
            ("withheld", "unsubscribed"): 1,
        }
        audit = (await world.http.get(f"{world.path}/audit?action=touchpoint.unknown_sent_again")).json()["items"]
        assert [line["details"] for line in audit] == [{"messages": 3}]
        assert (await world.http.post(path)).json()["unknown"] == 0


async def test_what_was_cancelled_is_not_sent_again(world: World) -> None:
    async with FakeSmtp() as server:
        sending = await prepared(world, server, 3)
    async with world.services.db.transaction() as connection:
        await connection.execute(
            text("update messages set state = 'unknown', reason = 'sender_died' where dispatch_id = :d"),
            {"d": sending.dispatch_id},
        )
    await world.http.post(f"{world.path}/touchpoints/{sending.touchpoint_id}/cancel")
    refused = await world.http.post(f"{world.path}/touchpoints/{sending.touchpoint_id}/unknown/send")
    assert (refused.status_code, refused.json()["code"]) == (409, "dispatch_state")
