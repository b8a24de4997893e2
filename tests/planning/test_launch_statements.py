"""How often a launch asks the database: what is needed is read once and passed on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import event

from gonfalon.planning.launch.actions import launch_touchpoint
from tests.conftest import World
from tests.planning.factory import make_ready

MOST = 25


async def test_a_launch_takes_few_statements(world: World) -> None:
    ready = await make_ready(world)
    said: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        said.append(" ".join(statement.split())[:120])

    engine = world.services.db.engine.sync_engine
    # Other tasks of this process, jobs say, have connections of their own kind; the launch is the first to ask.
    event.listen(engine, "before_cursor_execute", note)
    try:
        await launch_touchpoint(world.ctx, UUID(ready.touchpoint["id"]))
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert (await world.http.get(ready.path)).json()["launched_at"] is not None
    assert len(said) <= MOST, "\n".join(said)
