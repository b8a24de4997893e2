"""What concerns all of tracking: forgetting a person."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.kit.sql import run


async def forget(connection: AsyncConnection, workspace_id: int, people: Sequence[int]) -> None:
    """Leave of a person's events and hits only what is counted: what, when, how much. Joins the transaction."""
    await run(connection, __package__, "forget_people", workspace_id=workspace_id, person_ids=people)
