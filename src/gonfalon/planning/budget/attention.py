"""List open problems of a campaign's money."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.approvals.model import Standing
from gonfalon.planning.budget import store
from gonfalon.planning.budget.approval import budget_standing
from gonfalon.teamwork.attention import Attention

_MOST = 3


async def of_budget(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[Attention]:
    """List overspending (of the budget, otherwise of lines) and an approval that no longer holds."""
    lines = await store.list_lines(ctx, connection, campaign_id)
    planned = sum(line.planned_minor for line in lines)
    spent = sum(line.spent_minor for line in lines)
    used = spent + sum(line.committed_minor for line in lines)
    about = ("budget", campaign_id)
    found: list[Attention] = []
    if spent > planned:
        found.append(Attention("budget.over", "bad", *about, {"over_minor": spent - planned}))
    elif used > planned:
        found.append(Attention("budget.ordered_over", "bad", *about, {"over_minor": used - planned}))
    else:
        over = [line for line in lines if line.spent_minor + line.committed_minor > line.planned_minor]
        over.sort(key=lambda line: line.planned_minor - line.spent_minor - line.committed_minor)
        found += [
            Attention(
                "budget.line_over",
                "look",
                *about,
                {"name": line.name, "over_minor": line.spent_minor + line.committed_minor - line.planned_minor},
            )
            for line in over[:_MOST]
        ]
    if lines:
        standing, _ = await budget_standing(ctx, connection, campaign_id)
        if standing == Standing.VOID.value:
            found.append(Attention("budget.approval_void", "look", *about))
        elif standing == Standing.MISSING.value:
            found.append(Attention("budget.approval_missing", "look", *about))
    return found
