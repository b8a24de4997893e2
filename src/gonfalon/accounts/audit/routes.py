"""Who did what to what, over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel
from sqlalchemy import select

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.model import Permission
from gonfalon.accounts.tables import audit_entries
from gonfalon.kit.http import paging
from gonfalon.kit.paging import Page, PageRequest, encode_cursor

router = APIRouter(tags=["audit"])


class AuditEntry(BaseModel):
    """One line of the audit trail."""

    id: int
    at: datetime
    actor_kind: str
    actor_id: str | None
    actor_name: str
    action: str
    target_type: str | None
    target_id: str | None
    target_name: str | None
    details: dict[str, Any]


@router.get("/workspaces/{workspace}/audit", operation_id="list_audit")
async def list_audit(
    ctx: Ctx,
    page: Annotated[PageRequest, Depends(paging)],
    action: Annotated[str | None, Query(description="Only actions that begin with this, e.g. `campaign.`")] = None,
    actor: Annotated[str | None, Query(description="Only this actor's id")] = None,
    target_type: str | None = None,
    target_id: str | None = None,
) -> Page[AuditEntry]:
    """The newest first."""
    ctx.require(Permission.AUDIT_READ)
    column = audit_entries.c
    query = select(audit_entries).where(column.workspace_id == ctx.workspace.id)
    if page.after:
        query = query.where(column.id < int(page.after[0]))
    if action:
        query = query.where(column.action.startswith(action, autoescape=True))
    for name, value in (("actor_id", actor), ("target_type", target_type), ("target_id", target_id)):
        if value:
            query = query.where(column[name] == value)
    async with ctx.reading() as connection:
        rows = (await connection.execute(query.order_by(column.id.desc()).limit(page.limit + 1))).all()
    items = [AuditEntry.model_validate(row, from_attributes=True) for row in rows[: page.limit]]
    return Page(items=items, next_cursor=encode_cursor(items[-1].id) if len(rows) > page.limit else None)
