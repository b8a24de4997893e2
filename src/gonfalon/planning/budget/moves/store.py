"""Moves of money in the database, and the one place that carries one out."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.access import seen_campaigns
from gonfalon.accounts.context import Context
from gonfalon.accounts.versions import known
from gonfalon.approvals.store import DAYS_LATELY
from gonfalon.kit.errors import Conflict
from gonfalon.kit.paging import PageRequest
from gonfalon.kit.rows import all_of, first_of
from gonfalon.planning.budget import rules, store
from gonfalon.planning.budget.model import BudgetLine, MoveState, Reallocation
from gonfalon.planning.campaigns.model import Campaign
from gonfalon.planning.campaigns.store import lock_campaign, see_campaign
from gonfalon.planning.tables.budget import budget_lines, budget_moves
from gonfalon.planning.tables.campaigns import campaigns


async def find_move(ctx: Context, connection: AsyncConnection, move_id: UUID) -> Reallocation:
    """Find one move; raises NotFound, also for who does not see both campaigns."""
    m = budget_moves.c
    query = select(budget_moves).where(m.id == move_id, m.workspace_id == ctx.workspace.id)
    move = known(await first_of(connection, query, Reallocation), "reallocation")
    for campaign_id in (move.from_campaign_id, move.to_campaign_id):
        await see_campaign(ctx, connection, campaign_id)
    return move


async def withdraw_move(ctx: Context, connection: AsyncConnection, move_id: UUID) -> bool:
    """Withdraw a move that waits; False where it does not wait any more."""
    m = budget_moves.c
    withdrawn = await connection.execute(
        update(budget_moves)
        .where(m.id == move_id, m.workspace_id == ctx.workspace.id, m.state == MoveState.WAITING.value)
        .values(state=MoveState.WITHDRAWN.value)
    )
    return withdrawn.rowcount > 0


async def moved_lately(ctx: Context, connection: AsyncConnection, move: Reallocation) -> int:
    """Return what other moves took the same way, from one campaign to the other, in the days that rules look back: many
    small moves are one large one.
    """
    same = await connection.execute(
        select(func.coalesce(func.sum(budget_moves.c.amount_minor), 0)).where(
            budget_moves.c.workspace_id == ctx.workspace.id,
            budget_moves.c.from_campaign_id == move.from_campaign_id,
            budget_moves.c.to_campaign_id == move.to_campaign_id,
            budget_moves.c.id != move.id,
            budget_moves.c.state == MoveState.DONE.value,
            budget_moves.c.done_at > ctx.now - timedelta(days=DAYS_LATELY),
        )
    )
    return int(same.scalar_one())


async def list_moves(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, page: PageRequest
) -> list[Reallocation]:
    """List moves from and to the campaign, the newest first, with the campaigns' names as far as they may be seen."""
    source, target = campaigns.alias("source"), campaigns.alias("target")
    query = (
        select(budget_moves, source.c.name.label("from_campaign_name"), target.c.name.label("to_campaign_name"))
        .select_from(budget_moves)
        .outerjoin(source, (source.c.id == budget_moves.c.from_campaign_id) & seen_campaigns(ctx, source.c.id))
        .outerjoin(target, (target.c.id == budget_moves.c.to_campaign_id) & seen_campaigns(ctx, target.c.id))
        .where(
            budget_moves.c.workspace_id == ctx.workspace.id,
            or_(budget_moves.c.from_campaign_id == campaign_id, budget_moves.c.to_campaign_id == campaign_id),
        )
        .order_by(budget_moves.c.id.desc())
        .limit(page.fetch)
    )
    if page.after:
        query = query.where(budget_moves.c.id < page.after[0])
    return await all_of(connection, query, Reallocation)


async def lock_lines(
    ctx: Context, connection: AsyncConnection, *line_ids: UUID
) -> tuple[dict[UUID, BudgetLine], dict[UUID, Campaign]]:
    """Lock lines and their campaigns, by id, in one order whoever asks; raises NotFound."""
    wanted = {(await store.find_line(ctx, connection, line_id)).campaign_id for line_id in line_ids}
    held = {each: await lock_campaign(ctx, connection, each) for each in sorted(wanted)}
    return {line_id: await store.find_line(ctx, connection, line_id) for line_id in line_ids}, held


def check_available(line: BudgetLine, amount_minor: int) -> None:
    """Raise Conflict when the line has not so much left that is neither ordered nor spent."""
    left = max(line.planned_minor - line.committed_minor - line.spent_minor, 0)
    if amount_minor > left:
        raise Conflict(
            "reallocation_overdrawn",
            f"“{line.name}” has less than that left: what is ordered or spent cannot be moved.",
            left_minor=left,
            name=line.name,
        )


async def apply_move(ctx: Context, connection: AsyncConnection, move_id: UUID) -> None:
    """Carry a waiting move out: one line gets what the other gives, and so does what they are approved for.

    Done already, it changes nothing. Raises Conflict when the money is not there (any more), a line is gone, or one of
    the campaigns is closed. The check on amounts in the table holds whatever else goes wrong.
    """
    move = await find_move(ctx, connection, move_id)
    if move.from_line_id is None or move.to_line_id is None:
        raise Conflict("budget_line_gone", "One of the two budget lines was removed, so nothing can be moved.")
    giving, getting = move.from_line_id, move.to_line_id
    lines, held = await lock_lines(ctx, connection, giving, getting)
    move = await find_move(ctx, connection, move_id)
    if move.state is not MoveState.WAITING:
        return
    for campaign in held.values():
        rules.check_open(campaign.state)
    source, target = lines[giving], lines[getting]
    check_available(source, move.amount_minor)
    for line, amount in ((source, -move.amount_minor), (target, move.amount_minor)):
        await connection.execute(
            update(budget_lines)
            .where(budget_lines.c.id == line.id, budget_lines.c.workspace_id == ctx.workspace.id)
            .values(
                planned_minor=budget_lines.c.planned_minor + amount,
                moved_minor=budget_lines.c.moved_minor + amount,
                approved_minor=budget_lines.c.approved_minor + amount,
                version=budget_lines.c.version + 1,
                updated_by=ctx.actor.name,
            )
        )
    await connection.execute(
        update(budget_moves)
        .where(budget_moves.c.id == move_id, budget_moves.c.workspace_id == ctx.workspace.id)
        .values(state=MoveState.DONE.value, done_at=ctx.now)
    )
    for campaign in held.values():
        await ctx.audit(
            connection,
            "budget.reallocated",
            "campaign",
            campaign.id,
            campaign.name,
            move=str(move_id),
            reason=move.reason,
            amount_minor=move.amount_minor,
            from_line=source.name,
            to_line=target.name,
            before={"from_minor": source.planned_minor, "to_minor": target.planned_minor},
            after={
                "from_minor": source.planned_minor - move.amount_minor,
                "to_minor": target.planned_minor + move.amount_minor,
            },
        )
    await store.recount(ctx, connection, [source.id])
