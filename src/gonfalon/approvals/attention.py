"""What of a campaign's approvals wants attention."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.approvals.model import SubjectKind
from gonfalon.approvals.reading import list_newest
from gonfalon.teamwork.attention import Attention

_MOST = 5


async def of_approvals(ctx: Context, connection: AsyncConnection, campaign_ids: Sequence[UUID]) -> list[Attention]:
    """Return the newest request of each thing: what waits (for you, too long), what has to be changed or asked again.

    As last noticed by the job that looks after requests, so that nothing is measured here. That a budget changed since
    its approval is told by the budget itself.
    """
    found: dict[UUID, list[Attention]] = {}
    for row in await list_newest(ctx, connection, campaign_ids):
        here = found.setdefault(row.campaign_id, [])
        about = ("approval", row.id, {"name": row.title})
        if row.void_since is not None:
            if row.kind is not SubjectKind.BUDGET:
                here.append(Attention(row.campaign_id, "approval.void", "look", *about))
        elif row.state == "changes":
            here.append(Attention(row.campaign_id, "approval.changes", "look", *about))
        elif row.state == "waiting":
            late = row.due_at is not None and row.due_at <= ctx.now
            code = "approval.mine" if row.mine else "approval.overdue" if late else "approval.waiting"
            here.append(Attention(row.campaign_id, code, "bad" if late else "look", *about))
    return [
        one
        for here in found.values()
        for one in sorted(here, key=lambda one: (one.tone != "bad", one.code != "approval.mine"))[:_MOST]
    ]
