"""Sending again to those who did not click, and another name after the launch."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import text

from gonfalon.accounts.model import Role
from tests.conftest import World, eventually
from tests.planning.factory import Ready, make_ready
from tests.planning.test_launch import delivery_of


async def sent(world: World) -> tuple[Ready, list[int]]:
    """A touchpoint that six people got; the ids of their messages."""
    ready = await make_ready(world)
    await world.http.post(f"{ready.path}/launch")
    await delivery_of(ready)
    async with world.services.db.transaction() as connection:
        found = await connection.execute(
            text(
                "update messages set state = 'accepted', ended_at = now() "
                "where touchpoint_id = :t and state = 'queued' returning id"
            ),
            {"t": UUID(ready.touchpoint["id"])},
        )
        ids = sorted(found.scalars())
        await connection.execute(text("delete from send_batches where workspace_id = :w"), {"w": world.workspace.id})
        await connection.execute(
            text("update dispatches set state = 'finished', finished_at = now() where touchpoint_id = :t"),
            {"t": UUID(ready.touchpoint["id"])},
        )
    return ready, ids


async def hit(world: World, message_id: int, kind: str, verdict: str) -> None:
    async with world.services.db.transaction() as connection:
        await connection.execute(
            text(
                "insert into hits (workspace_id, kind, message_id, method, verdict, rule, rule_version) "
                "values (:w, :k, :m, 'GET', :v, 'test', 1)"
            ),
            {"w": world.workspace.id, "k": kind, "m": message_id, "v": verdict},
        )


async def test_who_got_it_and_did_not_click_gets_a_draft(world: World) -> None:
    ready, ids = await sent(world)
    await hit(world, ids[0], "click", "human")
    await hit(world, ids[1], "click", "machine")
    await hit(world, ids[2], "open", "human")
    answer = await world.http.post(f"{ready.path}/silent", json={"name": "Second try", "audience": "Did not click"})
    assert answer.status_code == 201, answer.text
    draft: dict[str, Any] = answer.json()
    assert (draft["state"], draft["name"], draft["audience"]["name"]) == ("draft", "Second try", "Did not click")
    assert draft["id"] != ready.touchpoint["id"]
    for same in ("template", "sender_identity", "topic", "campaign_id"):
        assert draft[same] == (await world.http.get(ready.path)).json()[same]

    async def counted() -> bool:
        check = (await world.http.get(f"{world.path}/touchpoints/{draft['id']}/check")).json()
        return bool(check["reach"]["reachable"] == 5)

    # Six got it, one person clicked; a machine's click is no person's, and an open is no click.
    await eventually(counted)
    await hit(world, ids[3], "click", "human")

    async def one_less() -> bool:
        check = (await world.http.get(f"{world.path}/touchpoints/{draft['id']}/check")).json()
        return bool(check["reach"]["reachable"] == 4)

    await eventually(one_less)


async def test_a_draft_has_nobody_who_did_not_click(world: World) -> None:
    ready = await make_ready(world)
    body = {"name": "Second try", "audience": "Did not click"}
    refused = await world.http.post(f"{ready.path}/silent", json=body)
    assert (refused.status_code, refused.json()["code"]) == (409, "touchpoint_not_sent")
    analyst = await world.member(Role.ANALYST)
    assert (await analyst.post(f"{ready.path}/silent", json=body)).status_code == 403


async def test_what_was_sent_can_have_another_name(world: World) -> None:
    ready, _ = await sent(world)
    before = (await world.http.get(ready.path)).json()
    body = {"name": "Spring news", "version": before["version"]}
    renamed = await world.http.put(f"{ready.path}/name", json=body)
    assert (renamed.status_code, renamed.json()["name"]) == (200, "Spring news")
    assert renamed.json()["link_tags"] == before["link_tags"]
    assert (await world.http.put(f"{ready.path}/name", json=body | {"name": "Other"})).status_code == 409
