"""Ways out of collisions, with what they cost, and what nobody can know."""

from __future__ import annotations

from sqlalchemy import insert

from gonfalon.accounts.model import Role
from gonfalon.people.tables import people
from tests.conftest import World
from tests.planning.calendar.crowds import (
    pairs_of,
    set_limit,
    settled,
    two_mails,
)
from tests.planning.calendar.factory import ahead, campaign, got, local, made, touchpoint


async def test_fixes_say_what_they_cost_and_do_it(world: World) -> None:
    one, other, _ = await two_mails(world, 2)
    [pair] = (await settled(world))["collisions"]
    fixes = {fix["kind"]: fix for fix in pair["fixes"]}
    assert [fix["kind"] for fix in pair["fixes"]] == ["move", "trim", "give_way"]
    assert fixes["move"]["people"] == 0
    # Six days on from the earlier one at least five further for the later: five days later is the shorter way.
    assert (fixes["move"]["id"], fixes["move"]["days"]) == (other["id"], 5)
    assert fixes["trim"]["people"] == 20
    assert fixes["give_way"]["people"] == 40

    trimmed = await made(
        world, "/calendar/collisions/trim", touchpoint_id=fixes["trim"]["id"], other_id=fixes["trim"]["other_id"]
    )
    count = await got(world, f"/audiences/{trimmed['audience_id']}/count")
    assert count["total"] == 20
    assert pairs_of(await settled(world)) == {}
    lines = await got(world, "/audit")
    assert lines["items"][0]["action"] == "touchpoint.trimmed"
    again = await world.http.post(
        f"{world.path}/calendar/collisions/trim", json={"touchpoint_id": one["id"], "other_id": one["id"]}
    )
    assert again.status_code == 422


async def test_the_lower_priority_gives_way(world: World) -> None:
    one, other, _ = await two_mails(world, 1)
    second = await campaign(world, "Important")
    async with world.services.db.transaction() as connection:
        await connection.exec_driver_sql(
            "update touchpoints set campaign_id = %s where id = %s", (second["id"], other["id"])
        )
    path = f"{world.path}/calendar/priorities/{second['id']}"
    assert (await world.http.put(path, json={"priority": 1})).status_code == 204
    [pair] = (await settled(world))["collisions"]
    assert next(fix["id"] for fix in pair["fixes"] if fix["kind"] == "give_way") == one["id"]
    assert (await world.http.put(path, json={"priority": 3})).status_code == 204
    [pair] = (await settled(world))["collisions"]
    assert next(fix["id"] for fix in pair["fixes"] if fix["kind"] == "give_way") == other["id"]
    assert (await world.http.put(path, json={"priority": 4})).status_code == 422


async def test_the_same_audience_within_two_days_is_better_merged(world: World) -> None:
    one, other, _ = await two_mails(world, 1)
    async with world.services.db.transaction() as connection:
        await connection.exec_driver_sql(
            "update touchpoints set audience_id = (select audience_id from touchpoints where id = %s) where id = %s",
            (one["id"], other["id"]),
        )
    [pair] = (await settled(world))["collisions"]
    assert pair["fixes"][0] == {
        "kind": "merge", "id": other["id"], "other_id": one["id"], "people": 0, "day": None, "days": 0
    }  # fmt: skip
    assert "trim" not in [fix["kind"] for fix in pair["fixes"]]


async def test_what_nobody_can_know_is_said(world: World) -> None:
    plan = await campaign(world)
    bare = await touchpoint(world, plan["id"], "No audience", send_at=local(ahead(2)))
    await made(world, "/attributes", key="gone", label="Gone", type="text")
    broken_rule = {"kind": "attribute", "key": "gone", "op": "is", "value": "x"}
    audience = await made(world, "/audiences", kind="segment", name="Broken", rule=broken_rule)
    lost = await touchpoint(world, plan["id"], "Lost", audience_id=audience["id"], send_at=local(ahead(2)))
    async with world.services.db.transaction() as connection:
        await connection.exec_driver_sql(
            "update attribute_definitions set deleted_at = now() where workspace_id = %s", (world.workspace.id,)
        )
    found = await settled(world)
    assert {(each["id"], each["reason"]) for each in found["unknown"]} == {
        (bare["id"], "no_audience"),
        (lost["id"], "audience_broken"),
    }
    assert found["collisions"] == []


async def test_new_people_are_counted_in_a_moment_without_waiting_for_them(world: World) -> None:
    one, other, crowd = await two_mails(world, 1)
    key = frozenset((one["id"], other["id"]))
    assert pairs_of(await settled(world)) == {key: 20}
    async with world.services.db.transaction() as connection:
        await connection.execute(
            insert(people).values(workspace_id=world.workspace.id, attributes={"number": 30, "area": "sea"})
        )
    assert pairs_of(await got(world, "/calendar/collisions"))[key] in (20, 21)
    while pairs_of(await got(world, "/calendar/collisions")) != {key: 21}:
        pass
    assert len(crowd.rows) == 60


async def test_a_guest_learns_of_collisions_of_their_campaigns_only(world: World) -> None:
    one, other, _ = await two_mails(world, 1)
    await set_limit(world, 1, 7)
    guest = await world.member(Role.GUEST)
    async with world.services.db.transaction() as connection:
        me = (
            await connection.exec_driver_sql("select id from users order by created_at desc, id desc limit 1")
        ).scalar_one()
        hidden = await connection.exec_driver_sql("select campaign_id from touchpoints where id = %s", (one["id"],))
        campaign_id = hidden.scalar_one()
    assert (await guest.get(f"{world.path}/calendar/collisions")).json()["collisions"] == []
    body = {"part": "informed"}
    answer = await world.http.put(f"{world.path}/campaigns/{campaign_id}/members/{me}", json=body)
    assert answer.status_code in (200, 204), answer.text
    seen = (await guest.get(f"{world.path}/calendar/collisions")).json()
    assert pairs_of(seen) == {frozenset((one["id"], other["id"])): 20}
    assert seen["over"] is None
    assert (await settled(world))["over"]["people"] == 20
