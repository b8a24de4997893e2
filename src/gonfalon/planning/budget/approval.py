"""What an approval of a campaign's budget covers, and of a move of money.

A budget is approved line by line, up to an amount. The content is, for each line, the larger of what is planned and
what was approved, without what moves brought or took: so lowering a plan, and a move that has its own approval, change
nothing; raising a plan above what was approved, a further line or another name for one make the approval void.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.kit.errors import Conflict
from gonfalon.planning.approvals.model import APPROVABLE, Approvable, Facts, Subject, SubjectKind
from gonfalon.planning.approvals.store import newest_request
from gonfalon.planning.approvals.subjects import approval_standing
from gonfalon.planning.budget import store
from gonfalon.planning.budget.moves.store import apply_move, find_move
from gonfalon.planning.campaigns.store import find_campaign, lock_campaign
from gonfalon.planning.tables import budget_lines


async def budget_facts(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> Facts:
    """The campaign's lines with the amount that each is approved for, and what is planned in all."""
    campaign = await find_campaign(ctx, connection, campaign_id)
    lines = await store.list_lines(ctx, connection, campaign_id)
    settings = await store.load_settings(ctx, connection)
    return Facts(
        campaign_id=campaign_id,
        title=campaign.name,
        content={
            "counts": settings.counts.value,
            "currency": ctx.workspace.currency,
            "lines_minor": covered(lines),
        },
        amount_minor=sum(line.planned_minor for line in lines),
        category=campaign.category,
    )


def covered(lines: Iterable[Row[Any]]) -> dict[str, int]:
    """What an approval covers of each line; lines without a plan are of no interest to it."""
    found: dict[str, int] = {}
    names: Counter[str] = Counter()
    for line in lines:
        amount = max(line.planned_minor, line.approved_minor or 0) - line.moved_minor
        if not amount:
            continue
        names[line.name] += 1
        found[line.name if names[line.name] == 1 else f"{line.name} ({names[line.name]})"] = amount
    return found


async def approve_budget(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> None:
    """Keeps on each line what it is approved for, once the last yes is given.

    Raises Conflict when a line changed while the yes was on its way.
    """
    await lock_campaign(ctx, connection, campaign_id)
    facts = await budget_facts(ctx, connection, campaign_id)
    request = await newest_request(ctx, connection, Subject(SubjectKind.BUDGET, campaign_id))
    if request is None or request.fingerprint != facts.fingerprint:
        raise Conflict("approval_void", f"“{facts.title}” has changed since this was asked; it has to be asked again.")
    await connection.execute(
        update(budget_lines)
        .where(budget_lines.c.campaign_id == campaign_id, budget_lines.c.workspace_id == ctx.workspace.id)
        .values(
            approved_minor=func.greatest(budget_lines.c.planned_minor, func.coalesce(budget_lines.c.approved_minor, 0))
        )
    )


async def move_facts(ctx: Context, connection: AsyncConnection, move_id: UUID) -> Facts:
    """How much money goes from where to where, and why."""
    move = await find_move(ctx, connection, move_id)
    campaign = await find_campaign(ctx, connection, move.from_campaign_id)
    other = await find_campaign(ctx, connection, move.to_campaign_id)
    return Facts(
        campaign_id=move.from_campaign_id,
        title=f"{move.from_name} → {move.to_name}",
        content={
            "from_campaign": campaign.name,
            "from_line": move.from_name,
            "to_campaign": other.name,
            "to_line": move.to_name,
            "amount_minor": move.amount_minor,
            "reason": move.reason,
        },
        amount_minor=move.amount_minor,
        category=campaign.category,
        settled=move.state == "done",
    )


async def carry_out(ctx: Context, connection: AsyncConnection, move_id: UUID) -> None:
    """Moves the money once the last yes is given; raises Conflict when it is not there any more."""
    await apply_move(ctx, connection, move_id)


async def budget_standing(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> tuple[str, UUID | None]:
    """How the budget's approval stands, and the newest request."""
    verdict = await approval_standing(ctx, connection, Subject(SubjectKind.BUDGET, campaign_id))
    return verdict.standing.value, verdict.request_id


APPROVABLE[SubjectKind.BUDGET] = Approvable(facts=budget_facts, approved=approve_budget)
APPROVABLE[SubjectKind.REALLOCATION] = Approvable(facts=move_facts, approved=carry_out)
