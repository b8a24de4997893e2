"""The verbs of moves: ask for one, carry one out, take one back before it is done."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.errors import Conflict, Invalid
from gonfalon.kit.ids import new_id
from gonfalon.planning.approvals.actions import request_approval
from gonfalon.planning.approvals.model import Standing, Subject, SubjectKind
from gonfalon.planning.approvals.subjects import approval_standing, check_approved
from gonfalon.planning.budget import rules, store
from gonfalon.planning.budget.model import MoveState
from gonfalon.planning.budget.moves import store as moves
from gonfalon.planning.budget.tables import budget_moves

LONGEST_REASON = 2000


async def reallocate(ctx: Context, from_line_id: UUID, to_line_id: UUID, amount_minor: int, reason: str) -> UUID:
    """Moves planned money to another line, also of another campaign; returns the move's id.

    amount_minor: in the workspace's currency. Where an approval is needed the move waits for it, is asked for, and is
    carried out by the last yes. Raises Conflict when the line has not so much left.
    """
    ctx.require(Permission.CAMPAIGNS_WRITE)
    reason = reason.strip()
    if not reason:
        raise Invalid("reason_missing", "Say why the money is moved.")
    if len(reason) > LONGEST_REASON:
        raise Invalid("reason_long", f"Say it in at most {LONGEST_REASON:,} characters.")
    if from_line_id == to_line_id:
        raise Invalid("reallocation_same", "Choose another line to move the money to.")
    if rules.check_amount(amount_minor) == 0:
        raise Invalid("amount_missing", "Give an amount above nothing.")
    move_id = new_id()
    async with ctx.transaction() as connection:
        lines, held = await moves.lock_lines(ctx, connection, from_line_id, to_line_id)
        for campaign in held.values():
            rules.check_open(campaign.state)
        source, target = lines[from_line_id], lines[to_line_id]
        moves.check_available(source, amount_minor)
        await connection.execute(
            insert(budget_moves).values(
                id=move_id,
                workspace_id=ctx.workspace.id,
                from_campaign_id=source.campaign_id,
                to_campaign_id=target.campaign_id,
                from_line_id=source.id,
                to_line_id=target.id,
                from_name=source.name,
                to_name=target.name,
                amount_minor=amount_minor,
                reason=reason,
                state=MoveState.WAITING.value,
                asked_by=ctx.actor.name,
            )
        )
        at_once = await _needs_nobody(ctx, connection, move_id, amount_minor)
        if at_once:
            await moves.apply_move(ctx, connection, move_id)
        else:
            await ctx.audit(
                connection,
                "budget.reallocation_asked",
                "campaign",
                source.campaign_id,
                held[source.campaign_id].name,
                move=str(move_id),
                amount_minor=amount_minor,
                reason=reason,
                from_line=source.name,
                to_line=target.name,
            )
    if not at_once:
        await request_approval(ctx, Subject(SubjectKind.REALLOCATION, move_id), reason)
    return move_id


async def carry_out_move(ctx: Context, move_id: UUID) -> None:
    """Carries out a move that waits and needs no yes (any more); done already, it changes nothing."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        move = await moves.find_move(ctx, connection, move_id)
        if move.state == MoveState.WITHDRAWN.value:
            raise Conflict("reallocation_withdrawn", "This move was taken back; ask for a new one.")
        await check_approved(ctx, connection, Subject(SubjectKind.REALLOCATION, move_id))
        await _check_limit(ctx, connection, move_id, move.amount_minor)
        await moves.apply_move(ctx, connection, move_id)


async def withdraw_move(ctx: Context, move_id: UUID) -> None:
    """Takes a waiting move back; again, it changes nothing. Raises Conflict for one that is done."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        move = await moves.find_move(ctx, connection, move_id)
        if move.state == MoveState.WITHDRAWN.value:
            return
        withdrawn = await connection.execute(
            update(budget_moves)
            .where(
                budget_moves.c.id == move_id,
                budget_moves.c.workspace_id == ctx.workspace.id,
                budget_moves.c.state == MoveState.WAITING.value,
            )
            .values(state=MoveState.WITHDRAWN.value)
        )
        if not withdrawn.rowcount:
            raise Conflict("reallocation_done", "The money is moved already; move it back instead.")
        await ctx.audit(
            connection,
            "budget.reallocation_withdrawn",
            "campaign",
            move.from_campaign_id,
            move.from_name,
            move=str(move_id),
        )


async def _needs_nobody(ctx: Context, connection: AsyncConnection, move_id: UUID, amount_minor: int) -> bool:
    verdict = await approval_standing(ctx, connection, Subject(SubjectKind.REALLOCATION, move_id))
    if verdict.standing is Standing.NOT_NEEDED:
        await _check_limit(ctx, connection, move_id, amount_minor)
        return True
    return False


async def _check_limit(ctx: Context, connection: AsyncConnection, move_id: UUID, amount_minor: int) -> None:
    """Above the workspace's limit somebody has to say yes, so there must be a rule that says who."""
    limit = (await store.load_settings(ctx, connection)).move_limit_minor
    if limit is None or amount_minor <= limit:
        return
    verdict = await approval_standing(ctx, connection, Subject(SubjectKind.REALLOCATION, move_id))
    if verdict.standing is Standing.NOT_NEEDED:
        raise Conflict(
            "approval_rule_missing",
            "Moves of that size need an approval, and no rule says whose. Switch on a rule for moves of money in the "
            "settings of approvals.",
            limit_minor=limit,
        )
