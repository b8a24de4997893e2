"""List open problems of a campaign's money."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.approvals.model import Standing
from gonfalon.planning.budget import store
from gonfalon.planning.budget.approval import budget_standings
from gonfalon.planning.budget.model import BudgetLine
from gonfalon.planning.budget.sending.reading import list_costs
from gonfalon.teamwork.attention import Attention

_MOST = 3


async def of_budget(ctx: Context, connection: AsyncConnection, campaign_ids: Sequence[UUID]) -> list[Attention]:
    """List overspending (of budgets, else of lines), approvals that no longer hold, and costs entered nowhere."""
    found: list[Attention] = []
    lines_of = await store.list_lines_of(ctx, connection, campaign_ids)
    standings = await budget_standings(ctx, connection, lines_of) if lines_of else {}
    for campaign_id, lines in lines_of.items():
        found += _overspent(campaign_id, lines)
        standing = standings.get(campaign_id)
        about = ("budget", campaign_id)
        if standing is Standing.VOID:
            found.append(Attention(campaign_id, "budget.approval_void", "look", *about))
        elif standing is Standing.MISSING:
            found.append(Attention(campaign_id, "budget.approval_missing", "look", *about))
    # Yesterday is entered in the first hour of today.
    late = await list_costs(ctx, connection, ctx.today - timedelta(days=1), campaign_ids)
    for (campaign_id, name), _ in groupby(late, key=lambda each: (each.day.campaign_id, each.day.name)):
        about = ("budget", campaign_id)
        found.append(Attention(campaign_id, "budget.sending_unentered", "look", *about, {"name": name}))
    return found


def _overspent(campaign_id: UUID, lines: Sequence[BudgetLine]) -> list[Attention]:
    planned = sum(line.planned_minor for line in lines)
    spent = sum(line.spent_minor for line in lines)
    used = spent + sum(line.committed_minor for line in lines)
    about = ("budget", campaign_id)
    found: list[Attention] = []
    if spent > planned:
        found.append(Attention(campaign_id, "budget.over", "bad", *about, {"over_minor": spent - planned}))
    elif used > planned:
        found.append(Attention(campaign_id, "budget.ordered_over", "bad", *about, {"over_minor": used - planned}))
    else:
        over = [line for line in lines if line.spent_minor + line.committed_minor > line.planned_minor]
        over.sort(key=lambda line: line.planned_minor - line.spent_minor - line.committed_minor)
        found += [
            Attention(
                campaign_id,
                "budget.line_over",
                "look",
                *about,
                {"name": line.name, "over_minor": line.spent_minor + line.committed_minor - line.planned_minor},
            )
            for line in over[:_MOST]
        ]
    return found
