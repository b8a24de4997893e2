"""What tests of scores do with the shop."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, text

from gonfalon.kit.services import Services
from gonfalon.scores.counting import count_score
from gonfalon.tracking.tables import events
from tests.conftest import World, eventually

WOMENS = {
    "kind": "condition", "points": 10, "when": {"kind": "attribute", "key": "womens", "op": "is_true"},
}  # fmt: skip
BOUGHT = {"kind": "behaviour", "points": 20, "what": "event", "name": "Order Completed", "most": 50}
STAGES = [{"name": "Cold"}, {"name": "Warm", "at_least": 20}, {"name": "Hot", "at_least": 40}]
SCORE = {"rules": [WOMENS, BOUGHT], "stages": STAGES}


async def make(world: World, definition: Any = SCORE, name: str = "Lead") -> dict[str, Any]:
    answer = await world.http.post(f"{world.path}/scores", json={"name": name, "definition": definition})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def start(world: World, services: Services, score: str) -> dict[str, Any]:
    """Switch a score on, and wait until it was counted."""
    answer = await world.http.post(f"{world.path}/scores/{score}/start")
    assert answer.status_code == 200, answer.text
    await counted(world, services, score)
    found: dict[str, Any] = (await world.http.get(f"{world.path}/scores/{score}")).json()
    return found


async def counted(world: World, services: Services, score: str) -> None:
    """Count a score, once nobody else does."""

    async def done() -> bool:
        return await count_score(services, world.workspace.id, UUID(score))

    await eventually(done)


async def points(world: World, score: str) -> dict[str, tuple[int, str]]:
    """Everybody's total and stage by external id."""
    async with world.ctx.reading() as connection:
        rows = await connection.execute(
            text(
                "select p.external_id, k.total, k.stage from person_scores k join people p on p.id = k.person_id"
                " where k.score_id = :id"
            ),
            {"id": score},
        )
        return {row[0]: (row[1], row[2]) for row in rows}


async def ids_of(world: World) -> dict[str, int]:
    async with world.ctx.reading() as connection:
        rows = await connection.execute(
            text("select external_id, id from people where workspace_id = :w"), {"w": world.workspace.id}
        )
        return {row[0]: row[1] for row in rows}


async def buy(world: World, person: int, key: str, at: datetime | None = None) -> None:
    async with world.ctx.transaction() as connection:
        await connection.execute(
            insert(events).values(
                workspace_id=world.workspace.id, person_id=person, name="Order Completed", at=at or world.ctx.now,
                source_key=key, properties={},
            )
        )  # fmt: skip
