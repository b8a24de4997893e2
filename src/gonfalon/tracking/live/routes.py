"""What came to the collector in the last day, over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.model import Permission
from gonfalon.tracking.live import store
from gonfalon.tracking.live.model import Outcome, Receipt, ReceiptFilter

router = APIRouter(prefix="/workspaces/{workspace}/events/live", tags=["events"])


@router.get("", operation_id="list_receipts")
async def list_receipts(
    ctx: Ctx,
    q: Annotated[str, Query(max_length=200, description="Part of the event's name")] = "",
    kind: Annotated[str | None, Query(max_length=16)] = None,
    outcome: Outcome | None = None,
    source_id: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
) -> list[Receipt]:
    """Return what came to the collector in the last day and what became of it, the newest first."""
    ctx.require(Permission.PEOPLE_READ)
    wanted = ReceiptFilter(q.strip(), kind, outcome, source_id)
    async with ctx.reading() as connection:
        return await store.list_receipts(connection, ctx.workspace.id, wanted, limit)
