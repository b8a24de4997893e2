"""The contact limit: set over HTTP, told by the launch check, kept by the ledger, and the sums still add up."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, text

from gonfalon.accounts.model import Role
from gonfalon.accounts.tables import workspaces
from tests.channels.fake_smtp import FakeSmtp
from tests.conftest import World, eventually
from tests.delivery.factory import email_goes_to
from tests.delivery.test_sending import sender
from tests.planning.factory import Ready, make_ready


async def limit(world: World, messages: int | None, days: int = 7) -> None:
    wanted = None if messages is None else {"messages": messages, "days": days}
    answer = await world.http.put(f"{world.path}/contact-limits", json={"limit": wanted})
    assert (answer.status_code, answer.json()) == (200, {"limit": wanted})
    assert (await world.http.get(f"{world.path}/contact-limits")).json() == {"limit": wanted}


async def had(ready: Ready, person: int, ages: list[int]) -> None:
    """The person had a message that many days ago, each of a touchpoint of its own."""
    async with ready.world.services.db.transaction() as connection:
        for age in ages:
            await connection.execute(
                text(
                    "with d as (insert into dispatches (id, workspace_id, touchpoint_id, campaign_id, channel, "
                    "template_id, template_version, sender_identity_id, topic_id, state, launched_by, started_at, "
                    "finished_at) select gen_random_uuid(), :w, gen_random_uuid(), :c, 'email', :t, 1, :s, :topic, "
                    "'finished', 't', now() - make_interval(days => :age), now() - make_interval(days => :age) "
                    "returning id, touchpoint_id) "
                    "insert into messages (workspace_id, dispatch_id, touchpoint_id, person_id, state, ended_at) "
                    "select :w, d.id, d.touchpoint_id, :p, 'accepted', now() - make_interval(days => :age) from d"
                ),
                {
                    "w": ready.world.workspace.id, "c": ready.campaign["id"], "t": ready.template["id"],
                    "s": ready.touchpoint["sender_identity"]["id"], "topic": ready.topic, "p": person, "age": age,
                },
            )  # fmt: skip


async def finished(ready: Ready) -> dict[str, Any]:
    """What became of it, once everything has left."""
    world = ready.world

    async def done() -> dict[str, Any] | None:
        shown: dict[str, Any] = (await world.http.get(f"{ready.path}/delivery")).json()
        return shown if shown["state"] == "finished" else None

    async with FakeSmtp() as server:
        async with world.services.db.transaction() as connection:
            await email_goes_to(connection, world.workspace.id, server.port)
        answer = await world.http.post(f"{ready.path}/launch")
        assert answer.status_code == 200, answer.text
        async with sender(world.services):
            found: dict[str, Any] = await eventually(done)
    assert len(server.accepted) == found["accepted"]
    return found


async def test_who_had_enough_is_told_before_and_withheld_after(world: World) -> None:
    ready = await make_ready(world, reachable=6, without=3)
    await limit(world, 2)
    first, second, third, *_, outside = ready.people
    await had(ready, first, [1, 6])
    await had(ready, second, [1, 8])  # the second is too old to count
    await had(ready, third, [1])
    await had(ready, outside, [1, 2, 3])  # has not agreed, which is said before
    check = await ready.check()
    assert check["sentence"] == (
        "5 of 9 people will get it; 3 have not agreed to this topic, 1 are at their limit of messages."
    )
    reach = check["reach"]
    assert reach["audience"] == reach["reachable"] + sum(reach["withheld"].values()) == 9
    shown = await finished(ready)
    assert {row["reason"]: row["count"] for row in shown["reasons"]} == {"no_consent": 3, "over_limit": 1}
    assert (shown["total"], shown["accepted"], shown["withheld"]) == (9, 5, 4)
    listed = (await world.http.get(f"{ready.path}/messages?state=withheld&reason=over_limit")).json()["items"]
    assert [row["person_id"] for row in listed] == [first]


async def test_without_a_limit_nobody_is_withheld_for_it(world: World) -> None:
    ready = await make_ready(world, reachable=2, without=0)
    await had(ready, ready.people[0], [0, 0, 0])
    await limit(world, 1)
    assert (await ready.check())["reach"]["withheld"]["over_limit"] == 1
    await limit(world, None)
    async with world.services.db.reading() as connection:
        kept = await connection.execute(select(workspaces.c.settings).where(workspaces.c.id == world.workspace.id))
        assert "frequency_cap" not in kept.scalar_one()
    assert "over_limit" not in (await ready.check())["reach"]["withheld"]
    assert (await finished(ready))["accepted"] == 2


async def test_everybody_at_their_limit_blocks_the_launch(world: World) -> None:
    ready = await make_ready(world, reachable=1, without=0)
    await had(ready, ready.people[0], [1])
    await limit(world, 1)
    assert (await ready.codes())["audience.unreachable"] == "blocking"


async def test_a_change_is_in_the_audit_trail_once(world: World) -> None:
    await limit(world, 3)
    await limit(world, 3)
    await limit(world, None)
    found = (await world.http.get(f"{world.path}/audit?action=contact_limit.changed")).json()["items"]
    three = {"messages": 3, "days": 7}
    assert [row["details"] for row in found] == [{"before": three, "after": None}, {"before": None, "after": three}]


@pytest.mark.parametrize("wanted", [{"messages": 0, "days": 7}, {"messages": 1, "days": 0}, {"messages": 1}, 3])
async def test_a_limit_that_means_nothing_is_refused(world: World, wanted: Any) -> None:
    answer = await world.http.put(f"{world.path}/contact-limits", json={"limit": wanted})
    assert answer.status_code == 422, answer.text


@pytest.mark.parametrize("role", list(Role))
async def test_who_may_change_it(world: World, role: Role) -> None:
    client = await world.member(role)
    answer = await client.put(f"{world.path}/contact-limits", json={"limit": {"messages": 3, "days": 7}})
    assert answer.status_code == (200 if role is Role.OWNER else 403), answer.text
