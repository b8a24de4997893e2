"""Reviews over HTTP."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.days import Day
from gonfalon.planning.reviews import store
from gonfalon.planning.reviews.model import (
    ReviewDecision,
    ReviewMoneySum,
    ReviewPeriod,
    ReviewUnderWay,
)
from gonfalon.planning.reviews.schemas import ReviewHappened, ReviewMoneyOut, ReviewSlipsOut
from gonfalon.teamwork.together.schemas import activity_out

router = APIRouter(tags=["reviews"], prefix="/workspaces/{workspace}/reviews")
First = Annotated[Day, Query(description="The first day, in the workspace's zone")]
Last = Annotated[Day, Query(description="The last day, included")]


@router.get("/money", operation_id="review_money")
async def review_money(ctx: Ctx, first: First, last: Last) -> ReviewMoneyOut:
    """Return what campaigns cost in a period, and what was used of their plans at its end. The plans are those of
    today."""
    period = _period(ctx, first, last)
    async with ctx.reading() as connection:
        rows = await store.review_money(ctx, connection, period)
    total = rows[0].all if rows else ReviewMoneySum(0, 0, 0, 0, 0, 0)
    return ReviewMoneyOut(
        items=rows,
        sum=total,
        currency=ctx.workspace.currency,
    )


@router.get("/campaigns", operation_id="review_campaigns")
async def review_campaigns(ctx: Ctx, first: First, last: Last) -> list[ReviewUnderWay]:
    """Return campaigns under way in a period: by what they did, whatever their first day says, or else by their
    days."""
    period = _period(ctx, first, last)
    return await ctx.read(store.list_under_way, period)


@router.get("/happened", operation_id="review_happened")
async def review_happened(ctx: Ctx, first: First, last: Last) -> list[ReviewHappened]:
    """Return what happened in each campaign in a period, those in which most happened first, at most 200."""
    period = _period(ctx, first, last)
    async with ctx.reading() as connection:
        rows = await store.list_deeds(ctx, connection, period)
    found = []
    for _, grouped in groupby(rows, key=lambda row: row.campaign_id):
        listed = list(grouped)
        one, told = listed[0], [activity_out(row.line, []) for row in listed if row.line is not None]
        found.append(
            ReviewHappened(
                campaign_id=one.campaign_id,
                name=one.name,
                changes=one.changes,
                comments=one.comments,
                people=one.people,
                more=one.notable - len(told),
                lines=told,
            )
        )
    return found


@router.get("/slips", operation_id="review_slips")
async def review_slips(ctx: Ctx, first: First, last: Last) -> ReviewSlipsOut:
    """Return tasks that are late against their deadline or baseline: those open at the period's end, and those that
    were done late in it. Deadlines, baselines and the planned ends of open tasks are those of today."""
    period = _period(ctx, first, last)
    async with ctx.reading() as connection:
        rows = await store.review_slips(ctx, connection, period)
    return ReviewSlipsOut(items=rows, total=rows[0].total if rows else 0)


@router.get("/decisions", operation_id="review_decisions")
async def review_decisions(ctx: Ctx, first: First, last: Last) -> list[ReviewDecision]:
    """Return what approvers decided in a period, the newest first, at most 200."""
    period = _period(ctx, first, last)
    return await ctx.read(store.review_decisions, period)


def _period(ctx: Context, first: date, last: date) -> ReviewPeriod:
    ctx.require(Permission.CAMPAIGNS_READ)
    zone = ctx.zone
    return ReviewPeriod(first, last, zone, ctx.now.astimezone(zone).date())
