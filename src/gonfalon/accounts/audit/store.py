"""Database calls of the audit trail."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.audit.model import AuditEntry
from gonfalon.accounts.context import Context
from gonfalon.accounts.tables import audit_entries
from gonfalon.kit.paging import PageRequest
from gonfalon.kit.rows import all_of


async def list_entries(
    ctx: Context, connection: AsyncConnection, page: PageRequest, *, action: str, only: Mapping[str, str | None]
) -> list[AuditEntry]:
    """Return lines of the workspace, the newest first, one more than the page holds.

    action: what the action begins with. only: values that columns must have, where there is one.
    """
    column = audit_entries.c
    query = select(audit_entries).where(column.workspace_id == ctx.workspace.id)
    if page.after:
        query = query.where(column.id < page.after[0])
    if action:
        query = query.where(column.action.startswith(action, autoescape=True))
    for name, value in only.items():
        if value:
            query = query.where(column[name] == value)
    return await all_of(connection, query.order_by(column.id.desc()).limit(page.fetch), AuditEntry)
