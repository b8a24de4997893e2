"""Pausing and cancelling a launch, in every order with the job that writes its messages."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text, update

from gonfalon.content.tables import templates
from gonfalon.delivery.tables import dispatches, messages, send_batches
from gonfalon.planning.launch.actions import prepare_touchpoint
from gonfalon.planning.tables.touchpoints import touchpoints
from tests.conftest import World, eventually
from tests.delivery.factory import make_people
from tests.planning.factory import Ready, make_ready
from tests.planning.test_launch import delivery_of


@asynccontextmanager
async def nobody_is_written_down(world: World) -> AsyncIterator[None]:
    """While it lasts no audience is written down, so a launch stays in preparation."""
    async with world.services.db.transaction() as connection:
        await connection.execute(text("lock table audience_snapshots in share mode"))
        yield


async def post(ready: Ready, verb: str) -> dict[str, Any]:
    answer = await ready.world.http.post(f"{ready.path}/{verb}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def prepared(ready: Ready) -> dict[str, Any]:
    """How it stands once its job is over: asking for it again waits for the first."""
    await prepare_touchpoint(ready.world.ctx, UUID(ready.touchpoint["id"]))
    answer = await ready.world.http.get(f"{ready.path}/delivery")
    found: dict[str, Any] = answer.json()
    return found


async def written(ready: Ready) -> tuple[int, int]:
    """Messages and batches of the touchpoint."""
    async with ready.world.services.db.reading() as connection:
        mine = messages.c.touchpoint_id == UUID(ready.touchpoint["id"])
        count = await connection.execute(select(func.count()).select_from(messages).where(mine))
        batches = await connection.execute(
            select(func.count())
            .select_from(send_batches.join(dispatches, dispatches.c.id == send_batches.c.dispatch_id))
            .where(dispatches.c.touchpoint_id == UUID(ready.touchpoint["id"]))
        )
        return int(count.scalar_one()), int(batches.scalar_one())


async def test_cancelled_before_its_messages_are_written_it_gets_none(world: World) -> None:
    ready = await make_ready(world)
    async with nobody_is_written_down(world):
        assert (await post(ready, "launch"))["state"] == "preparing"
        shown = await post(ready, "cancel")
        assert (shown["state"], shown["total"]) == ("cancelled", 0)
        assert (await post(ready, "cancel"))["state"] == "cancelled"
        refused = await world.http.post(f"{ready.path}/resume")
        assert (refused.status_code, refused.json()["code"]) == (409, "dispatch_state")
    for _ in range(2):  # the job, and the job repeated after a crash
        shown = await prepared(ready)
        assert (shown["state"], shown["total"], await written(ready)) == ("cancelled", 0, (0, 0))
    assert (await world.http.get(ready.path)).json()["state"] == "cancelled"
    again = await world.http.post(f"{ready.path}/launch")
    assert (again.status_code, again.json()["code"]) == (409, "touchpoint_launched")


async def test_cancelled_after_its_messages_were_written_all_are_withheld(world: World) -> None:
    ready = await make_ready(world)
    await post(ready, "launch")
    await delivery_of(ready)
    for _ in range(2):
        shown = await post(ready, "cancel")
        assert (shown["state"], shown["total"], shown["withheld"]) == ("cancelled", 9, 9)
        assert {row["reason"]: row["count"] for row in shown["reasons"]} == {"no_consent": 3, "cancelled": 6}
    assert (await prepared(ready))["withheld"] == 9
    assert await written(ready) == (9, 0)


async def test_cancelled_while_its_messages_are_being_written_none_is_left_to_send(world: World) -> None:
    ready = await make_ready(world, reachable=300, without=0)
    await post(ready, "launch")
    ended, _ = await asyncio.gather(post(ready, "cancel"), prepared(ready))
    shown = await prepared(ready)
    assert shown["state"] == ended["state"] == "cancelled"
    assert shown["total"] == shown["withheld"] in (0, 300)
    assert (await written(ready))[1] == 0


async def test_paused_before_its_messages_are_written_it_waits_with_them(world: World) -> None:
    ready = await make_ready(world)
    async with nobody_is_written_down(world):
        await post(ready, "launch")
        for _ in range(2):
            assert (await post(ready, "pause"))["state"] == "paused"
    shown = await prepared(ready)
    assert (shown["state"], shown["total"], shown["queued"], shown["withheld"]) == ("paused", 9, 6, 3)
    assert (await post(ready, "resume"))["state"] == "running"


async def test_resumed_before_its_messages_are_written_it_goes_on_being_prepared(world: World) -> None:
    ready = await make_ready(world)
    async with nobody_is_written_down(world):
        await post(ready, "launch")
        await post(ready, "pause")
        # As running it would be finished by the next sender that looks, since nothing is queued yet.
        for _ in range(2):
            assert (await post(ready, "resume"))["state"] == "preparing"
    shown = await prepared(ready)
    assert (shown["state"], shown["queued"]) == ("running", 6)


async def scheduled(world: World, freeze: bool = False) -> Ready:
    """A touchpoint that was launched to go out in an hour."""
    ready = await make_ready(world)
    await ready.save(send_at=(world.ctx.now + timedelta(hours=1)).isoformat())
    answer = await world.http.post(f"{ready.path}/launch", json={"freeze": freeze})
    assert answer.status_code == 200, answer.text
    return ready


async def joins(ready: Ready, how_many: int) -> None:
    """People who agreed come into the audience, and it is known that they did."""
    workspace = ready.world.workspace.id
    async with ready.world.services.db.transaction() as connection:
        await make_people(connection, workspace, ready.topic, how_many)

    async def counted() -> bool:
        found = await ready.world.http.get(f"{ready.world.path}/audiences/{ready.audience}/count")
        return bool(found.json()["total"] == 9 + how_many)

    await eventually(counted)


async def its_time_comes(ready: Ready) -> dict[str, Any]:
    async with ready.world.services.db.transaction() as connection:
        await connection.execute(
            update(dispatches)
            .where(dispatches.c.touchpoint_id == UUID(ready.touchpoint["id"]))
            .values(send_at=func.now() - text("interval '1 minute'"))
        )
        await connection.execute(
            update(touchpoints)
            .where(touchpoints.c.id == UUID(ready.touchpoint["id"]))
            .values(launched_at=func.now() - text("interval '1 hour'"))
        )
    return await prepared(ready)


async def test_the_audience_is_taken_when_sending_begins(world: World) -> None:
    ready = await scheduled(world)
    shown = await prepared(ready)
    assert (shown["state"], shown["frozen"], shown["planned"], shown["total"]) == ("preparing", False, 6, 0)
    await joins(ready, 4)
    shown = await its_time_comes(ready)
    assert (shown["state"], shown["queued"], shown["withheld"]) == ("running", 10, 3)


async def test_a_frozen_audience_is_the_one_of_the_launch(world: World) -> None:
    ready = await scheduled(world, freeze=True)
    shown = await delivery_of(ready)
    assert (shown["state"], shown["frozen"], shown["queued"], shown["withheld"]) == ("running", True, 6, 3)
    await joins(ready, 4)
    shown = await its_time_comes(ready)
    assert (shown["queued"], shown["withheld"]) == (6, 3)


async def test_paused_or_held_over_its_time_it_begins_when_it_goes_on(world: World) -> None:
    ready = await scheduled(world)
    assert (await post(ready, "pause"))["state"] == "paused"
    assert (await its_time_comes(ready))["total"] == 0
    await joins(ready, 4)
    assert (await post(ready, "resume"))["state"] == "preparing"
    assert (await delivery_of(ready))["queued"] == 10


async def test_what_a_restored_database_holds_is_not_begun_by_its_job(world: World) -> None:
    ready = await scheduled(world)
    async with world.services.db.transaction() as connection:
        await connection.execute(
            update(dispatches)
            .where(dispatches.c.touchpoint_id == UUID(ready.touchpoint["id"]))
            .values(state="held", state_reason="restored")
        )
    shown = await its_time_comes(ready)
    assert (shown["state"], shown["state_reason"], shown["total"]) == ("held", "restored", 0)
    assert (await post(ready, "resume"))["state"] == "preparing"
    assert (await delivery_of(ready))["queued"] == 6


async def _saved_between(ready: Ready, table: Any, row_id: str) -> dict[str, Any]:
    """The answer to a launch that checks what is committed while somebody else's change of a row is about to be."""
    services = ready.world.services
    async with services.db.engine.connect() as connection:
        await connection.execute(update(table).where(table.c.id == UUID(row_id)).values(version=table.c.version + 1))
        launching = asyncio.create_task(ready.world.http.post(f"{ready.path}/launch"))

        async def waits() -> bool:
            async with services.db.reading() as looking:
                found = await looking.execute(
                    text(
                        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' "
                        f"and query ~ '{table.name}' and datname = current_database()"
                    )
                )
                return bool(found.scalar_one())

        await eventually(waits)
        await connection.commit()
    answer = await launching
    assert (await ready.world.http.get(ready.path)).json()["state"] == "draft"
    found: dict[str, Any] = answer.json()
    return found


async def test_a_touchpoint_saved_between_check_and_launch_is_not_launched(world: World) -> None:
    ready = await make_ready(world)
    refused = await _saved_between(ready, touchpoints, ready.touchpoint["id"])
    assert refused["code"] == "changed_meanwhile"
    assert "touchpoint" in refused["detail"]


async def test_a_template_saved_between_check_and_launch_is_not_launched(world: World) -> None:
    ready = await make_ready(world)
    refused = await _saved_between(ready, templates, ready.template["id"])
    assert refused["code"] == "changed_meanwhile"
    assert "template" in refused["detail"]
