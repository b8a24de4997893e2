"""What an approval of a campaign's budget covers, and of a move of money.

A budget is approved line by line, up to an amount. The content is, for each line, the larger of what is planned and
what was approved, without what moves brought or took: so lowering a plan, and a move that has its own approval, change
nothing; raising a plan above what was approved, a further line or another name for one make the approval void.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.approvals.model import Facts, Standing, Subject, SubjectKind, fingerprint_of
from gonfalon.approvals.offers import Approvable
from gonfalon.approvals.store import newest_request, with_lately
from gonfalon.approvals.subjects import approval_standing, verdicts_of
from gonfalon.kit.errors import Conflict
from gonfalon.planning.budget import store
from gonfalon.planning.budget.model import Amounts, BudgetLine, Counts, LineAmounts, MoveState
from gonfalon.planning.budget.moves.store import apply_move, find_move, moved_lately
from gonfalon.planning.campaigns.model import Campaign
from gonfalon.planning.campaigns.store import find_campaign, list_named, lock_campaign


async def budget_facts(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> Facts:
    """Return the campaign's lines with the amount that each is approved for, and what is planned in all."""
    campaign = await find_campaign(ctx, connection, campaign_id)
    lines = await store.list_lines(ctx, connection, campaign_id)
    settings = await store.load_settings(ctx, connection)
    return _facts_of(ctx, settings.counts, campaign, lines)


def _facts_of(ctx: Context, counts: Counts, campaign: Campaign, lines: Sequence[BudgetLine]) -> Facts:
    return Facts(
        campaign_id=campaign.id,
        title=campaign.name,
        content=_content(ctx, counts, lines),
        amount_minor=sum(line.planned_minor for line in lines),
        category=campaign.category,
    )


def is_void(ctx: Context, amounts: Amounts) -> bool:
    """Return whether an approval that was given or asked for does not cover the amounts."""
    given = amounts.request_state in (Standing.WAITING.value, Standing.APPROVED.value)
    return given and amounts.request_fingerprint != fingerprint_of(_content(ctx, amounts.counts, amounts.lines))


def _content(ctx: Context, counts: Counts, lines: Iterable[BudgetLine | LineAmounts]) -> dict[str, Any]:
    return {"counts": counts.value, "currency": ctx.workspace.currency, "lines_minor": covered(lines)}


def covered(lines: Iterable[BudgetLine | LineAmounts]) -> dict[str, int]:
    """Return what an approval covers of each line; lines without a plan are of no interest to it."""
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
    """Keep on each line what it is approved for, once the last yes is given.

    Raises Conflict when a line changed while the yes was on its way.
    """
    await lock_campaign(ctx, connection, campaign_id)
    facts = await budget_facts(ctx, connection, campaign_id)
    request = await newest_request(ctx, connection, Subject(SubjectKind.BUDGET, campaign_id))
    if request is None or request.fingerprint != facts.fingerprint:
        raise Conflict(
            "approval_void",
            f"“{facts.title}” has changed since this was asked; it has to be asked again.",
            name=facts.title,
        )
    await store.approve_lines(ctx, connection, campaign_id)


async def move_facts(ctx: Context, connection: AsyncConnection, move_id: UUID) -> Facts:
    """Return how much money goes from where to where, and why.

    For rules, what went the same way lately counts with it.
    """
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
        settled=move.state is MoveState.DONE,
        peak_minor=move.amount_minor + await moved_lately(ctx, connection, move),
    )


async def carry_out(ctx: Context, connection: AsyncConnection, move_id: UUID) -> None:
    """Move the money once the last yes is given; raises Conflict when it is not there any more."""
    await apply_move(ctx, connection, move_id)


async def check_orders(ctx: Context, connection: AsyncConnection, campaign_id: UUID, line_ids: Iterable[UUID]) -> None:
    """Check orders once they are written: raises Conflict where they go beyond what is planned and approved of their
    line, and the campaign's budget is one that needs an approval. Plan it, and it can be asked for."""
    subject = Subject(SubjectKind.BUDGET, campaign_id)
    lines = {line.id: line for line in await store.list_lines(ctx, connection, campaign_id)}
    ordered = [lines[line_id] for line_id in line_ids if line_id in lines]
    beyond = [
        line
        for line in ordered
        if line.committed_minor + line.spent_minor > max(line.planned_minor, line.approved_minor or 0)
    ]
    if beyond and (await approval_standing(ctx, connection, subject)).needs:
        raise Conflict(
            "order_beyond_plan",
            f"“{beyond[0].name}” has less left than this order, and the budget needs an approval: plan more, and ask.",
            name=beyond[0].name,
        )


async def budget_standing(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> tuple[str, UUID | None]:
    """Return how the budget's approval stands, and the newest request."""
    verdict = await approval_standing(ctx, connection, Subject(SubjectKind.BUDGET, campaign_id))
    return verdict.standing.value, verdict.request_id


async def budget_standings(
    ctx: Context, connection: AsyncConnection, lines: Mapping[UUID, Sequence[BudgetLine]]
) -> dict[UUID, Standing]:
    """Return how the budgets of campaigns stand, by their lines; everything else is read once for all of them."""
    settings = await store.load_settings(ctx, connection)
    facts = {
        Subject(SubjectKind.BUDGET, campaign.id): _facts_of(ctx, settings.counts, campaign, lines[campaign.id])
        for campaign in await list_named(ctx, connection, lines.keys())
    }
    verdicts = await verdicts_of(ctx, connection, await with_lately(ctx, connection, facts))
    return {subject.id: verdict.standing for subject, verdict in verdicts.items()}


APPROVABLE = (
    Approvable(SubjectKind.BUDGET, facts=budget_facts, approved=approve_budget),
    Approvable(SubjectKind.REALLOCATION, facts=move_facts, approved=carry_out),
)
