"""Moves of money in the database, and the one place that carries one out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Row, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.kit.errors import Conflict
from gonfalon.kit.paging import PageRequest
from gonfalon.planning.budget import rules, store
from gonfalon.planning.budget.model import MoveState
from gonfalon.planning.budget.tables import budget_moves
from gonfalon.planning.campaigns.access import see_campaign, seen_campaigns
from gonfalon.planning.campaigns.store import lock_campaign
from gonfalon.planning.store import not_found
from gonfalon.planning.tables import budget_lines, campaigns


async def find_move(ctx: Context, connection: AsyncConnection, move_id: UUID) -> Row[Any]:
    """One move; raises NotFound, also for who does not see both campaigns."""
    found = await connection.execute(
        select(budget_moves).where(budget_moves.c.id == move_id, budget_moves.c.workspace_id == ctx.workspace.id)
    )
    row = found.first()
    if row is None:
        raise not_found("reallocation")
    for campaign_id in (row.from_campaign_id, row.to_campaign_id):
        await see_campaign(ctx, connection, campaign_id)
    return row


async def list_moves(ctx: Context, connection: AsyncConnection, campaign_id: UUID, page: PageRequest) -> list[Row[Any]]:
    """Moves from and to the campaign, the newest first, with the campaigns' names as far as they may be seen."""
    source, target = campaigns.alias("source"), campaigns.alias("target")
    query = (
        select(budget_moves, source.c.name.label("from_campaign_name"), target.c.name.label("to_campaign_name"))
        .outerjoin(source, (source.c.id == budget_moves.c.from_campaign_id) & seen_campaigns(ctx, source.c.id))
        .outerjoin(target, (target.c.id == budget_moves.c.to_campaign_id) & seen_campaigns(ctx, target.c.id))
        .where(
            budget_moves.c.workspace_id == ctx.workspace.id,
            or_(budget_moves.c.from_campaign_id == campaign_id, budget_moves.c.to_campaign_id == campaign_id),
        )
        .order_by(budget_moves.c.id.desc())
        .limit(page.limit + 1)
    )
    if page.after:
        query = query.where(budget_moves.c.id < UUID(str(page.after[0])))
    return list((await connection.execute(query)).all())


async def lock_lines(
    ctx: Context, connection: AsyncConnection, *line_ids: UUID
) -> tuple[dict[UUID, Row[Any]], dict[UUID, Row[Any]]]:
    """The lines and their campaigns, by id, locked in one order whoever asks; raises NotFound."""
    wanted = {(await store.find_line(ctx, connection, line_id)).campaign_id for line_id in line_ids}
    held = {each: await lock_campaign(ctx, connection, each) for each in sorted(wanted)}
    return {line_id: await store.find_line(ctx, connection, line_id) for line_id in line_ids}, held


def check_available(line: Row[Any], amount_minor: int) -> None:
    """Raises Conflict when the line has not so much left that is neither ordered nor spent."""
    left = max(line.planned_minor - line.committed_minor - line.spent_minor, 0)
    if amount_minor > left:
        raise Conflict(
            "reallocation_overdrawn",
            f"“{line.name}” has less than that left: what is ordered or spent cannot be moved.",
            left_minor=left,
        )


async def apply_move(ctx: Context, connection: AsyncConnection, move_id: UUID) -> None:
    """Carries a waiting move out: one line gets what the other gives, and so does what they are approved for.

    Done already, it changes nothing. Raises Conflict when the money is not there (any more), a line is gone, or one of
    the campaigns is closed. The check on amounts in the table holds whatever else goes wrong.
    """
    move = await find_move(ctx, connection, move_id)
    if move.from_line_id is None or move.to_line_id is None:
        raise Conflict("budget_line_gone", "One of the two budget lines was removed, so nothing can be moved.")
    lines, held = await lock_lines(ctx, connection, move.from_line_id, move.to_line_id)
    move = await find_move(ctx, connection, move_id)
    if move.state != MoveState.WAITING.value:
        return
    for campaign in held.values():
        rules.check_open(campaign.state)
    source, target = lines[move.from_line_id], lines[move.to_line_id]
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
