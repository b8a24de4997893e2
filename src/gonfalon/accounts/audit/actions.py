"""What may be done to the audit trail: next to nothing."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.kit.sql import run


async def forget(connection: AsyncConnection, workspace_id: int, people: Sequence[int]) -> None:
    """Take an erased person's name and addresses out of the trail; who did what and when stays."""
    await run(connection, __package__, "forget_people", workspace_id=workspace_id, person_ids=people)
