"""Who did what to what, over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from gonfalon.accounts.audit import store
from gonfalon.accounts.audit.model import AuditEntry
from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.model import Permission
from gonfalon.kit.paging import ByNumber, Page

router = APIRouter(tags=["audit"])


@router.get("/workspaces/{workspace}/audit", operation_id="list_audit")
async def list_audit(
    ctx: Ctx,
    page: ByNumber,
    action: Annotated[str | None, Query(description="Only actions that begin with this, e.g. `campaign.`")] = None,
    actor: Annotated[str | None, Query(description="Only this actor's id")] = None,
    target_type: str | None = None,
    target_id: str | None = None,
) -> Page[AuditEntry]:
    """Return the newest first."""
    ctx.require(Permission.AUDIT_READ)
    only = {"actor_id": actor, "target_type": target_type, "target_id": target_id}
    async with ctx.reading() as connection:
        rows = await store.list_entries(ctx, connection, page, action=action or "", only=only)
    return page.as_read(rows)
