"""Reviews over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.planning.reviews import store
from gonfalon.planning.reviews.model import Period
from gonfalon.planning.reviews.schemas import (
    ReviewDecision,
    ReviewMoney,
    ReviewMoneyOut,
    ReviewMoneySum,
    ReviewSlip,
    ReviewSlipsOut,
)

router = APIRouter(tags=["reviews"], prefix="/workspaces/{workspace}/reviews")
First = Annotated[date, Query(description="The first day, in the workspace's zone")]
Last = Annotated[date, Query(description="The last day, included")]


@router.get("/money", operation_id="review_money")
async def review_money(ctx: Ctx, first: First, last: Last) -> ReviewMoneyOut:
    """What campaigns cost in a period, and what was used of their plans at its end. The plans are those of today."""
    period = _period(ctx, first, last)
    async with ctx.reading() as connection:
        rows = await store.review_money(ctx, connection, period)
    names = ReviewMoneySum.model_fields
    sums = {name: getattr(rows[0], f"all_{name}") if rows else 0 for name in names}
    return ReviewMoneyOut(
        items=[ReviewMoney.model_validate(row) for row in rows],
        sum=ReviewMoneySum(**sums),
        currency=ctx.workspace.currency,
    )


@router.get("/slips", operation_id="review_slips")
async def review_slips(ctx: Ctx, first: First, last: Last) -> ReviewSlipsOut:
    """Tasks that are late against their deadline or baseline: those open at the period's end, and those that were done
    late in it. Deadlines, baselines and the planned ends of open tasks are those of today."""
    period = _period(ctx, first, last)
    async with ctx.reading() as connection:
        rows = await store.review_slips(ctx, connection, period)
    return ReviewSlipsOut(items=[ReviewSlip.model_validate(row) for row in rows], total=rows[0].total if rows else 0)


@router.get("/decisions", operation_id="review_decisions")
async def review_decisions(ctx: Ctx, first: First, last: Last) -> list[ReviewDecision]:
    """What approvers decided in a period, the newest first, at most 200."""
    period = _period(ctx, first, last)
    async with ctx.reading() as connection:
        rows = await store.review_decisions(ctx, connection, period)
    return [ReviewDecision.model_validate(row) for row in rows]


def _period(ctx: Context, first: date, last: date) -> Period:
    ctx.require(Permission.CAMPAIGNS_READ)
    zone = ctx.zone
    return Period(first, last, zone, ctx.now.astimezone(zone).date())
