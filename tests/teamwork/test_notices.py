"""Notices: who is told what, once; reading them; how they are chosen to come."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest
from sqlalchemy import text

from gonfalon.accounts.model import Role
from gonfalon.teamwork.actions import follow, forget_thing, notify, notify_followers
from gonfalon.teamwork.model import NOTICES, Delivery, NoticeKind, Thing, ThingKind
from tests.conftest import World
from tests.teamwork.factory import Colleague, colleague, make_campaign, say, told


def campaign_thing(campaign: str) -> Thing:
    return Thing(ThingKind.CAMPAIGN, UUID(campaign))


async def assign(world: World, campaign: str, *to: Colleague, once: str | None = None) -> list[UUID]:
    async with world.ctx.transaction() as connection:
        return await notify(
            world.ctx,
            connection,
            NoticeKind.ASSIGNED,
            to=[UUID(one.id) for one in to],
            thing=campaign_thing(campaign),
            title="Spring",
            campaign_id=UUID(campaign),
            once=once,
        )


async def test_the_mentioned_the_thread_and_the_followers_are_told_once_each(world: World) -> None:
    campaign = await make_campaign(world)
    writer, mentioned, follower, stranger = [await colleague(world) for _ in range(4)]
    await follower.http.put(f"{world.path}/things/campaign/{campaign}/following", json={"following": True})
    root = await say(world, campaign, f"{mentioned.mention} see?", writer.http)

    assert await told(world, mentioned.http) == [("mentioned", f"@{mentioned.name} see?")]
    assert await told(world, follower.http) == [("commented", f"@{mentioned.name} see?")]
    assert await told(world, stranger.http) == []
    # Who wrote, or was mentioned, follows from now on; nobody is told of their own words.
    await say(world, campaign, "I do", mentioned.http, parent=root["id"])
    assert await told(world, writer.http) == [("commented", "I do")]
    assert len(await told(world, mentioned.http)) == 1
    assert len(await told(world, follower.http)) == 2


async def test_who_left_a_thing_is_not_joined_to_it_again(world: World) -> None:
    campaign = await make_campaign(world)
    anna = await colleague(world)
    path = f"{world.path}/things/campaign/{campaign}"
    await anna.http.put(f"{path}/following", json={"following": False})
    await say(world, campaign, f"{anna.mention} look")
    await say(world, campaign, "and more")
    assert [kind for kind, _ in await told(world, anna.http)] == ["mentioned"]
    assert (await anna.http.get(path)).json()["following"] is False
    await anna.http.put(f"{path}/following", json={"following": True})
    await say(world, campaign, "back?")
    assert [kind for kind, _ in await told(world, anna.http)] == ["commented", "mentioned"]
    assert [one["name"] for one in (await anna.http.get(path)).json()["followers"]].count(anna.name) == 1


async def test_rooms_tell_members_who_may_see_it_and_are_still_there(world: World) -> None:
    campaign = await make_campaign(world)
    anna, left, guest = await colleague(world), await colleague(world), await colleague(world, Role.GUEST)
    await world.http.delete(f"{world.path}/members/{left.id}")
    assert await assign(world, campaign, anna, left, guest) == [UUID(anna.id)]
    await world.http.put(f"{world.path}/campaigns/{campaign}/members/{guest.id}", json={"part": "does"})
    assert await assign(world, campaign, guest) == [UUID(guest.id)]
    assert await assign(world, campaign) == []


async def test_a_job_that_runs_again_tells_nobody_twice(world: World) -> None:
    campaign = await make_campaign(world)
    anna = await colleague(world)
    assert await assign(world, campaign, anna, once="2026-11-24") == [UUID(anna.id)]
    assert await assign(world, campaign, anna, once="2026-11-24") == []
    assert await assign(world, campaign, anna, once="2026-11-25") == [UUID(anna.id)]


async def test_followers_of_the_campaign_hear_of_its_parts(world: World) -> None:
    campaign = await make_campaign(world)
    anna = await colleague(world)
    task = Thing(ThingKind.TASK, UUID(int=9))
    async with world.ctx.transaction() as connection:
        await follow(world.ctx, connection, campaign_thing(campaign), [UUID(anna.id)], campaign_id=UUID(campaign))
        await notify_followers(
            world.ctx, connection, NoticeKind.SCHEDULE_MOVED, thing=task, title="Film", campaign_id=UUID(campaign),
            on="2026-12-01",
        )  # fmt: skip
    found = (await anna.http.get(f"{world.path}/notices")).json()["items"]
    assert [(one["kind"], one["thing"]["title"], one["values"]) for one in found] == [
        ("schedule_moved", "Film", {"on": "2026-12-01"})
    ]
    async with world.ctx.transaction() as connection:
        await forget_thing(world.ctx, connection, task)
    assert await told(world, anna.http) == []


async def test_a_notice_without_its_values_is_a_fault_of_the_room_that_sends_it(world: World) -> None:
    campaign = await make_campaign(world)
    async with world.ctx.transaction() as connection:
        with pytest.raises(TypeError, match="on"):
            await notify(
                world.ctx, connection, NoticeKind.OVERDUE, to=[], thing=campaign_thing(campaign), title="Spring"
            )


async def test_notices_are_read_one_by_one_and_all_at_once(
    world: World, make_world: Callable[[], Awaitable[World]]
) -> None:
    campaign = await make_campaign(world)
    anna, ben = await colleague(world), await colleague(world)
    for number in range(3):
        await assign(world, campaign, anna, ben, once=str(number))

    async def unread(who: Colleague) -> int:
        return int((await who.http.get(f"{world.path}/notices/unread")).json()["count"])

    listed = (await anna.http.get(f"{world.path}/notices?limit=2")).json()
    first, second = listed["items"]
    assert len((await anna.http.get(f"{world.path}/notices?cursor={listed['next_cursor']}")).json()["items"]) == 1
    path = f"{world.path}/notices/{second['id']}/read"
    assert (await anna.http.put(path, json={"read": True})).status_code == 204
    assert (await anna.http.put(path, json={"read": True})).status_code == 204
    assert (await unread(anna), await unread(ben)) == (2, 3)
    assert len(await told(world, anna.http, unread=True)) == 2
    assert (await anna.http.put(path, json={"read": False})).status_code == 204
    assert await unread(anna) == 3
    # Nobody touches another's, not even the owner.
    assert (await ben.http.put(path, json={"read": True})).json()["code"] == "notice_unknown"
    assert (await world.http.put(path, json={"read": True})).status_code == 404
    # What came after the page was read stays unread.
    await assign(world, campaign, anna, once="later")
    assert (await anna.http.post(f"{world.path}/notices/read", json={"up_to": first["id"]})).status_code == 204
    assert (await unread(anna), await unread(ben)) == (1, 3)
    assert (await anna.http.post(f"{world.path}/things/campaign/{campaign}/read")).status_code == 204
    assert (await unread(anna), await unread(ben)) == (0, 3)


async def test_what_is_mailed_is_chosen_by_kind(world: World) -> None:
    anna = await colleague(world)
    path = f"{world.path}/notice-settings"
    usual = {one["kind"]: one["delivery"] for one in (await anna.http.get(path)).json()}
    assert usual == {kind.value: rule.delivery.value for kind, rule in NOTICES.items()}
    assert (await anna.http.put(f"{path}/assigned", json={"delivery": "daily"})).status_code == 204
    assert (await anna.http.put(f"{path}/parties", json={"delivery": "daily"})).status_code == 404
    assert {one["kind"]: one["delivery"] for one in (await anna.http.get(path)).json()} == usual | {"assigned": "daily"}

    campaign = await make_campaign(world)
    await assign(world, campaign, anna, once="1")
    assert await deliveries(world, anna) == ["daily"]
    # Turned off, what still waits is not mailed either; it stays in the product.
    await anna.http.put(f"{path}/assigned", json={"delivery": Delivery.OFF.value})
    await assign(world, campaign, anna, once="2")
    assert await deliveries(world, anna) == ["off", "off"]
    assert len(await told(world, anna.http)) == 2


async def deliveries(world: World, who: Colleague) -> list[str]:
    async with world.services.db.reading() as connection:
        found = await connection.execute(
            text("select delivery from notices where user_id = :u order by id"), {"u": UUID(who.id)}
        )
        return list(found.scalars())
