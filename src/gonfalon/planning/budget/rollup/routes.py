"""Sums of budgets over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from fastapi.responses import StreamingResponse
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.accounts.versions import not_found
from gonfalon.kit.money import to_decimal
from gonfalon.kit.paging import PageRequest, encode_cursor, paging
from gonfalon.kit.sheets import MARK, Cell, written
from gonfalon.planning.budget.rollup.model import BudgetQuestion, Group
from gonfalon.planning.budget.rollup.schemas import BudgetGroup, BudgetSums
from gonfalon.planning.budget.rollup.store import roll_up
from gonfalon.planning.campaigns.store import find_campaign
from gonfalon.planning.goals.store import name_goal

router = APIRouter(tags=["budget"])
_PATH = "/workspaces/{workspace}/budget/sums"


@router.get(_PATH, operation_id="sum_budgets")
async def sum_budgets(
    ctx: Ctx, page: Annotated[PageRequest, Depends(paging(int, str))], question: Annotated[BudgetQuestion, Query()]
) -> BudgetSums:
    """Return budgets summed for each campaign (its parts included), channel, goal, kind, month or quarter."""
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        name = await _parent_name(ctx, connection, question.parent_id)
        goal = await _goal_name(ctx, connection, question.goal)
        sums = await roll_up(ctx, connection, question, page.after, page.limit)
    return BudgetSums(
        items=[BudgetGroup.of(group) for group in sums.groups],
        next_cursor=encode_cursor(*sums.after) if sums.after else None,
        total=sums.total.parts,
        sum=BudgetGroup.of(sums.total),
        currency=ctx.workspace.currency,
        parent_name=name,
        goal_name=goal,
    )


@router.post(
    _PATH + "/export",
    operation_id="export_budget_sums",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/csv": {}}, "description": "A line per sum, UTF-8."}},
)
async def export_sums(question: BudgetQuestion, ctx: Ctx) -> StreamingResponse:
    """Return the same as CSV, all of it, safe to open in a spreadsheet. Amounts are in the workspace's currency.

    A POST although it changes nothing but the audit trail: what leaves the product is written down.
    """
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.transaction() as connection:
        await _parent_name(ctx, connection, question.parent_id)
        await ctx.audit(
            connection, "budget.exported", "workspace", ctx.workspace.id, ctx.workspace.name, by=question.by.value
        )
    return StreamingResponse(
        _parts(ctx, question),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="budget.csv"'},
    )


async def _parts(ctx: Context, question: BudgetQuestion) -> AsyncIterator[str]:
    head = [question.by.value, "name", "currency", "planned", "approved", "committed", "spent", "lines"]
    yield MARK + written([head])
    after: tuple[int, str] | None = None
    async with ctx.reading() as connection:
        while True:
            sums = await roll_up(ctx, connection, question, after, 2000)
            yield written([_cells(ctx, group) for group in sums.groups])
            after = sums.after
            if after is None:
                return


def _cells(ctx: Context, group: Group) -> list[Cell]:
    home = ctx.workspace.currency
    amounts = (group.planned, group.approved, group.committed, group.spent)
    return [
        group.key,
        group.label,
        home,
        *(to_decimal(minor, home) for minor in amounts),
        group.lines,
    ]


async def _parent_name(ctx: Context, connection: AsyncConnection, parent_id: UUID | None) -> str | None:
    if parent_id is None:
        return None
    return str((await find_campaign(ctx, connection, parent_id)).name)


async def _goal_name(ctx: Context, connection: AsyncConnection, goal_id: str | None) -> str | None:
    if not goal_id:
        return None
    try:
        return await name_goal(ctx, connection, UUID(goal_id))
    except ValueError as error:
        raise not_found("goal") from error
