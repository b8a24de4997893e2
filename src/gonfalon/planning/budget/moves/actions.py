"""Ask for a move of money, carry it out, or withdraw it before it is done."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.accounts.versions import insert_row
from gonfalon.approvals.actions import request_approval
from gonfalon.approvals.model import Standing, Subject, SubjectKind
from gonfalon.approvals.subjects import approval_standing, check_approved
from gonfalon.kit.errors import Conflict, Invalid
from gonfalon.planning.budget import rules, store
from gonfalon.planning.budget.model import MoveState
from gonfalon.planning.budget.moves import store as moves
from gonfalon.planning.tables.budget import budget_moves

LONGEST_REASON = 2000


async def reallocate(ctx: Context, from_line_id: UUID, to_line_id: UUID, amount_minor: int, reason: str) -> UUID:
    """Move planned money to another line, also of another campaign; return the move's id.

    amount_minor: in the workspace's currency. Where an approval is needed the move waits for it, is asked for, and is
    carried out by the last yes. Raises Conflict when the line has not so much left.
    """
    ctx.require(Permission.CAMPAIGNS_WRITE)
    reason = reason.strip()
    if not reason:
        raise Invalid("reason_missing", "Say why the money is moved.")
    if len(reason) > LONGEST_REASON:
        raise Invalid("reason_long", f"Say it in at most {LONGEST_REASON:,} characters.", most=LONGEST_REASON)
    if from_line_id == to_line_id:
        raise Invalid("reallocation_same", "Choose another line to move the money to.")
    if rules.check_amount(amount_minor) == 0:
        raise Invalid("amount_missing", "Give an amount above nothing.")
    async with ctx.transaction() as connection:
        lines, held = await moves.lock_lines(ctx, connection, from_line_id, to_line_id)
        for campaign in held.values():
            rules.check_open(campaign.state)
        source, target = lines[from_line_id], lines[to_line_id]
        moves.check_available(source, amount_minor)
        move_id = await insert_row(
            ctx,
            connection,
            budget_moves,
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
    """Carry out a move that waits and needs no yes (any more); done already, it changes nothing."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        move = await moves.find_move(ctx, connection, move_id)
        if move.state is MoveState.WITHDRAWN:
            raise Conflict("reallocation_withdrawn", "This move was taken back; ask for a new one.")
        await check_approved(ctx, connection, Subject(SubjectKind.REALLOCATION, move_id))
        await _check_limit(ctx, connection, move_id, move.amount_minor)
        await moves.apply_move(ctx, connection, move_id)


async def withdraw_move(ctx: Context, move_id: UUID) -> None:
    """Withdraw a waiting move; again, it changes nothing. Raises Conflict for one that is done."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        move = await moves.find_move(ctx, connection, move_id)
        if move.state is MoveState.WITHDRAWN:
            return
        if not await moves.withdraw_move(ctx, connection, move_id):
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
    """Raise Conflict for a move above the workspace's limit while no rule says whose yes it takes."""
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
