"""The ledger of what was sent before Gonfalon, so that its results can be reported. Nothing here is ever sent."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.delivery.model import Expansion
from gonfalon.kit.sql import run

IMPORTED = "imported_history"
"""The state_reason of a dispatch that Gonfalon did not send: opens, clicks and unsubscribes are not known."""


async def record_history(
    connection: AsyncConnection, workspace_id: int, dispatch_id: UUID, began: datetime, took: timedelta
) -> Expansion:
    """Write everybody of the dispatch's snapshot as accepted at its time, or held out, and closes the dispatch.

    Times are spread evenly over `took`. Every message says that it is imported. `queued` of the answer is 0.
    """
    found = await run(
        connection,
        "gonfalon.delivery",
        "record_history",
        workspace_id=workspace_id,
        dispatch_id=dispatch_id,
        began=began,
        imported=IMPORTED,
        seconds=took.total_seconds(),
    )
    return Expansion(int(found.one().audience), 0)
