"""What a review says to the launch check, and what it stops."""

from __future__ import annotations

import asyncio
from typing import Any

from gonfalon.accounts.model import Role
from tests.approvals.factory import Person, join
from tests.conftest import World
from tests.content.test_reviews import Clients, ask, look, review, save, say
from tests.planning.factory import BODY, Ready, make_ready


async def said(ready: Ready) -> dict[str, str]:
    return {code: level for code, level in (await ready.codes()).items() if code.startswith("review.")}


async def launch(ready: Ready) -> tuple[int, Any]:
    answer = await ready.world.http.post(f"{ready.path}/launch", json={})
    return answer.status_code, answer.json().get("answers")


async def test_an_open_review_stops_the_launch_until_it_passes(world: World, client_of: Clients) -> None:
    ready = await make_ready(world)
    owner = Person(world.ctx.actor.id, world.ctx, world.http)  # type: ignore[arg-type]
    rob = await join(world, client_of, "Rob", Role.ANALYST)
    assert await said(ready) == {}, "nobody asked, and none is needed"
    found = await ask(world, owner, ready.template, review(rob))
    assert await said(ready) == {"review.open": "blocking"}
    assert (await launch(ready)) == (409, ["review.open"])
    assert (await say(world, rob, found)).json()["state"] == "passed"
    assert await said(ready) == {"review.passed": "ok"}
    saved = await save(world, owner, ready.template | {"body": BODY}, ready.template["version"])
    assert await said(ready) == {"review.reopened": "blocking"}
    assert (await launch(ready))[0] == 409
    assert (await say(world, rob, await look(world, found))).json()["passed_version"] == saved["version"]
    assert await said(ready) == {"review.passed": "ok"}


async def test_where_reviews_are_needed_nothing_goes_without(world: World, client_of: Clients) -> None:
    ready = await make_ready(world)
    owner = Person(world.ctx.actor.id, world.ctx, world.http)  # type: ignore[arg-type]
    rob = await join(world, client_of, "Rob", Role.ANALYST)
    await world.http.put(f"{world.path}/review-settings", json={"required": True})
    assert await said(ready) == {"review.needed": "blocking"}
    assert (await launch(ready)) == (409, ["review.needed"])
    found = await ask(world, owner, ready.template, review(rob))
    await rob.http.post(f"{world.path}/content-reviews/{found['id']}/end")
    assert await said(ready) == {"review.needed": "blocking"}
    await world.http.put(f"{world.path}/review-settings", json={"required": False})
    assert await said(ready) == {"review.ended": "look"}


async def test_a_launch_and_a_new_review_at_once_follow_one_another(world: World, client_of: Clients) -> None:
    ready = await make_ready(world)
    owner = Person(world.ctx.actor.id, world.ctx, world.http)  # type: ignore[arg-type]
    rob = await join(world, client_of, "Rob", Role.ANALYST)
    (status, _), found = await asyncio.gather(launch(ready), ask(world, owner, ready.template, review(rob)))
    assert found["state"] == "open"
    assert status in (200, 202, 409), "launched before it was asked for, or stopped by it"
