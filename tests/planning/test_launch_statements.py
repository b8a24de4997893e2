"""How often a launch asks the database: what is needed is read once and passed on."""

from __future__ import annotations

from uuid import UUID

from gonfalon.planning.launch.actions import launch_touchpoint
from tests.conftest import World
from tests.planning.factory import make_ready
from tests.statements import statements

MOST = 25


async def test_a_launch_takes_few_statements(world: World) -> None:
    ready = await make_ready(world)
    with statements(world) as seen:
        await launch_touchpoint(world.ctx, UUID(ready.touchpoint["id"]))
    assert (await world.http.get(ready.path)).json()["launched_at"] is not None
    assert 10 < len(seen) <= MOST, "\n".join(seen)
