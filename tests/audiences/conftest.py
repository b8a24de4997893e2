"""The shop that tests of audiences speak of."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select, text

from gonfalon.people.tables import attribute_definitions, consents, people, topics
from tests.conftest import World


@pytest.fixture
async def shop(world: World) -> World:
    """A workspace with twelve customers in every combination that the tests speak of."""
    async with world.ctx.transaction() as connection:
        for key, kind, choices in (
            ("womens", "boolean", None),
            ("months", "number", None),
            ("area", "choice", ["Urban", "Suburban", "Rural"]),
        ):
            await connection.execute(
                insert(attribute_definitions).values(
                    workspace_id=world.workspace.id, key=key, label=key.title(), type=kind, choices=choices
                )
            )
        topic = await connection.scalar(select(topics.c.id).where(topics.c.workspace_id == world.workspace.id).limit(1))
        for number in range(12):
            person = await connection.scalar(
                insert(people)
                .values(
                    workspace_id=world.workspace.id,
                    email=None if number == 11 else f"{number}@example.com",
                    external_id=f"C{number}",
                    attributes={
                        "womens": number % 2 == 0,
                        "months": number,
                        "area": ["Urban", "Suburban", "Rural"][number % 3],
                    },
                    tags=["new"] if number == 4 else [],
                )
                .returning(people.c.id)
            )
            if number not in (0, 1):
                state = "withdrawn" if number == 2 else "granted"
                await connection.execute(
                    insert(consents).values(
                        workspace_id=world.workspace.id, person_id=person, channel="email", topic_id=topic,
                        state=state, at=world.ctx.now,
                    )
                )  # fmt: skip
        await connection.execute(
            text(
                "insert into suppressions (workspace_id, channel, address, address_hash, reason)"
                " values (:workspace, 'email', '3@example.com', 'x', 'hard_bounce')"
            ),
            {"workspace": world.workspace.id},
        )
    return world
