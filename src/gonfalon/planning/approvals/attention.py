"""What of a campaign's approvals wants attention."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.planning.approvals.listing import decided_by
from gonfalon.planning.approvals.model import SubjectKind
from gonfalon.planning.approvals.tables import approval_requests, approval_steps
from gonfalon.planning.attention.model import Attention

_MOST = 5


async def of_approvals(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[Attention]:
    """The newest request of each thing: what waits (for you, too long), what has to be changed or asked again.

    As last noticed by the job that looks after requests, so that nothing is measured here. That a budget changed since
    its approval is told by the budget itself.
    """
    me = UUID(ctx.actor.id) if ctx.actor.kind == "member" and ctx.actor.id else UUID(int=0)
    r, step = approval_requests, approval_steps
    newest = (
        select(r.c.id)
        .ext(distinct_on(r.c.kind, r.c.subject_id))
        .where(
            r.c.campaign_id == campaign_id,
            r.c.workspace_id == ctx.workspace.id,
            r.c.state.not_in(("withdrawn", "replaced")),
        )
        .order_by(r.c.kind, r.c.subject_id, r.c.id.desc())
    )
    query: Select[Any] = (
        select(
            r.c.id,
            r.c.title,
            r.c.kind,
            r.c.state,
            r.c.void_since,
            step.c.due_at,
            func.coalesce(decided_by(ctx, me), False).label("mine"),
        )
        .join(step, and_(step.c.request_id == r.c.id, step.c.position == r.c.step))
        .where(r.c.id.in_(newest), r.c.workspace_id == ctx.workspace.id, r.c.settled_at.is_(None))
        .order_by(step.c.due_at.asc().nulls_last(), r.c.id)
    )
    found = []
    for row in await connection.execute(query):
        about = ("approval", row.id, {"name": row.title})
        if row.void_since is not None:
            if row.kind != SubjectKind.BUDGET.value:
                found.append(Attention("approval.void", "look", *about))
        elif row.state == "changes":
            found.append(Attention("approval.changes", "look", *about))
        elif row.state == "waiting":
            late = row.due_at is not None and row.due_at <= ctx.now
            code = "approval.mine" if row.mine else "approval.overdue" if late else "approval.waiting"
            found.append(Attention(code, "bad" if late else "look", *about))
    return sorted(found, key=lambda one: (one.tone != "bad", one.code != "approval.mine"))[:_MOST]
