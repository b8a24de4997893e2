"""Expanding a touchpoint: everybody in the audience gets a row, and the reasons add up."""

from __future__ import annotations

from sqlalchemy import text

from gonfalon.kit.ids import new_id
from tests.channels.fake_smtp import FakeSmtp
from tests.conftest import World, eventually
from tests.delivery.factory import Sending, email_goes_to, expand, is_finished, launch, make_people, make_topic, states
from tests.delivery.test_sending import sender


async def people(world: World, count: int) -> int:
    async with world.services.db.transaction() as connection:
        topic = await make_topic(connection, world.workspace.id)
        await make_people(connection, world.workspace.id, topic, count)
    return topic


async def change(world: World, *statements: str, **values: object) -> None:
    async with world.services.db.transaction() as connection:
        for statement in statements:
            await connection.execute(text(statement), {"w": world.workspace.id} | values)


async def test_everybody_has_a_row_with_one_reason(world: World) -> None:
    topic = await people(world, 100)
    domain = f"w{world.workspace.id}.example"
    for number in (1, 2):
        await world.http.post(f"{world.path}/suppressions", json={"address": f"p{number}@{domain}"})
    await change(
        world,
        "update people set email = null where workspace_id = :w and email ~ '^p(3|4|5)@'",
        "update people set email = null, erased_at = now() where workspace_id = :w and email ~ '^p6@'",
        "update consents set state = 'withdrawn' where workspace_id = :w and person_id in "
        "(select id from people where workspace_id = :w and email ~ '^p(1|7|8)@')",
        "delete from consents where workspace_id = :w and person_id in "
        "(select id from people where workspace_id = :w and email ~ '^p9@')",
    )
    sending = await launch(world.services, world.workspace.id, topic)
    assert await states(world.services, sending.dispatch_id) == {
        ("queued", ""): 91,
        ("withheld", "suppressed"): 2,
        ("withheld", "no_address"): 3,
        ("withheld", "erased"): 1,
        ("withheld", "unsubscribed"): 2,
        ("withheld", "no_consent"): 1,
    }
    assert (sending.expansion.audience, sending.expansion.queued) == (100, 91)
    progress = (await world.http.get(f"{world.path}/touchpoints/{sending.touchpoint_id}/delivery")).json()
    assert (progress["total"], progress["queued"], progress["withheld"]) == (100, 91, 9)
    assert sum(item["count"] for item in progress["reasons"]) == 9
    listed = await world.http.get(
        f"{world.path}/touchpoints/{sending.touchpoint_id}/messages", params={"state": "withheld", "limit": 5}
    )
    rest = await world.http.get(
        f"{world.path}/touchpoints/{sending.touchpoint_id}/messages",
        params={"state": "withheld", "limit": 5, "cursor": listed.json()["next_cursor"]},
    )
    assert len({item["id"] for item in listed.json()["items"] + rest.json()["items"]}) == 9


async def test_expanding_again_adds_nobody(world: World) -> None:
    topic = await people(world, 700)
    sending = await launch(world.services, world.workspace.id, topic)
    async with world.services.db.transaction() as connection:
        again = await expand(connection, world.workspace.id, sending.touchpoint_id)
        batches = await connection.execute(
            text(
                "select sum(cardinality(message_ids)), max(cardinality(message_ids)) "
                "from send_batches where dispatch_id = :d"
            ),
            {"d": sending.dispatch_id},
        )
        assert tuple(batches.one()) == (700, 500)
    assert again.audience == 0
    progress = (await world.http.get(f"{world.path}/touchpoints/{sending.touchpoint_id}/delivery")).json()
    assert (progress["state"], progress["finished_at"]) == ("running", None)
    assert await states(world.services, sending.dispatch_id) == {("queued", ""): 700}


async def test_a_holdout_is_sticky_within_its_campaign(world: World) -> None:
    topic = await people(world, 2000)

    async def held(sending: Sending) -> set[int]:
        async with world.services.db.transaction() as connection:
            rows = await connection.execute(
                text("select person_id from messages where dispatch_id = :d and reason = 'holdout'"),
                {"d": sending.dispatch_id},
            )
            return set(rows.scalars())

    campaign = new_id()
    first = await held(
        await launch(world.services, world.workspace.id, topic, holdout_percent=10, campaign_id=campaign)
    )
    second = await held(
        await launch(world.services, world.workspace.id, topic, holdout_percent=10, campaign_id=campaign)
    )
    other = await held(await launch(world.services, world.workspace.id, topic, holdout_percent=10))
    assert first == second != other
    assert 140 <= len(first) <= 260


async def test_nobody_reachable_is_finished_at_once_and_says_so(world: World) -> None:
    await people(world, 5)
    async with world.services.db.transaction() as connection:
        unwanted = await make_topic(connection, world.workspace.id)
        assert (
            await connection.execute(text("select count(*) from topics where id = :t"), {"t": unwanted})
        ).scalar_one()
    sending = await launch(world.services, world.workspace.id, unwanted)
    progress = (await world.http.get(f"{world.path}/touchpoints/{sending.touchpoint_id}/delivery")).json()
    assert (progress["state"], progress["state_reason"], progress["withheld"]) == ("finished", "nobody_reachable", 5)


async def test_a_cap_withholds(world: World) -> None:
    topic = await people(world, 3)
    first = await launch(world.services, world.workspace.id, topic)
    await change(
        world,
        'update workspaces set settings = settings || \'{"frequency_cap": {"messages": 1, "days": 7}}\' where id = :w',
        "update messages set state = 'accepted', ended_at = now() where dispatch_id = :d and address like 'p1@%'",
        "update messages set state = 'accepted', ended_at = now() - interval '8 days' "
        "where dispatch_id = :d and address like 'p2@%'",
        "update messages set state = 'rejected', ended_at = now() where dispatch_id = :d and address like 'p3@%'",
        "delete from send_batches where dispatch_id = :d",
        d=first.dispatch_id,
    )
    second = await launch(world.services, world.workspace.id, topic)
    async with FakeSmtp() as server:
        async with world.services.db.transaction() as connection:
            await email_goes_to(connection, world.workspace.id, server.port)
        async with sender(world.services):
            await eventually(lambda: is_finished(world.services, second))
    assert await states(world.services, second.dispatch_id) == {("accepted", ""): 2, ("withheld", "over_limit"): 1}
    assert sorted(server.accepted) == [f"p{number}@w{world.workspace.id}.example" for number in (2, 3)]


async def test_another_workspace_sees_and_controls_nothing(make_world, world: World) -> None:  # type: ignore[no-untyped-def]
    topic = await people(world, 2)
    sending = await launch(world.services, world.workspace.id, topic)
    stranger = await make_world()
    path = f"{stranger.path}/touchpoints/{sending.touchpoint_id}"
    answers = [
        await stranger.http.get(f"{path}/delivery"),
        await stranger.http.get(f"{path}/messages"),
        await stranger.http.post(f"{path}/pause"),
        await stranger.http.post(f"{path}/cancel"),
    ]
    assert [(a.status_code, a.json()["code"]) for a in answers] == [(404, "dispatch_unknown")] * 4
    assert (await world.http.get(f"{world.path}/touchpoints/{sending.touchpoint_id}/delivery")).json()[
        "state"
    ] == "running"
