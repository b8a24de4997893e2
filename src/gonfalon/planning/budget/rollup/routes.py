"""Sums of budgets over HTTP."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from fastapi.responses import StreamingResponse
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.errors import Invalid
from gonfalon.kit.http import paging
from gonfalon.kit.money import to_decimal
from gonfalon.kit.paging import PageRequest, encode_cursor
from gonfalon.planning.budget.rollup.model import Group, RollUp
from gonfalon.planning.budget.rollup.schemas import BudgetGroup, BudgetQuestion, BudgetSums
from gonfalon.planning.budget.rollup.store import roll_up
from gonfalon.planning.campaigns.store import find_campaign
from gonfalon.planning.goals.store import name_goal
from gonfalon.planning.store import not_found

router = APIRouter(tags=["budget"])
_PATH = "/workspaces/{workspace}/budget/sums"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@router.get(_PATH, operation_id="sum_budgets")
async def sum_budgets(
    ctx: Ctx, page: Annotated[PageRequest, Depends(paging)], asked: Annotated[BudgetQuestion, Query()]
) -> BudgetSums:
    """Budgets summed for each campaign (its parts included), channel, goal, kind, month or quarter."""
    ctx.require(Permission.CAMPAIGNS_READ)
    question = asked.question()
    async with ctx.reading() as connection:
        name = await _parent_name(ctx, connection, question.parent_id)
        goal = await _goal_name(ctx, connection, question.goal)
        sums = await roll_up(ctx, connection, question, _after(page), page.limit)
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
async def export_sums(asked: BudgetQuestion, ctx: Ctx) -> StreamingResponse:
    """The same as CSV, all of it, safe to open in a spreadsheet. Amounts are in the workspace's currency.

    A POST although it changes nothing but the audit trail: what leaves the product is written down.
    """
    ctx.require(Permission.CAMPAIGNS_READ)
    question = asked.question()
    async with ctx.transaction() as connection:
        await _parent_name(ctx, connection, question.parent_id)
        await ctx.audit(
            connection, "budget.exported", "workspace", ctx.workspace.id, ctx.workspace.name, by=question.by.value
        )
    return StreamingResponse(
        _written(ctx, question),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="budget.csv"'},
    )


async def _written(ctx: Context, question: RollUp) -> AsyncIterator[bytes]:
    head = [question.by.value, "name", "currency", "planned", "approved", "committed", "spent", "lines"]
    yield "\ufeff".encode() + _lines([head])
    after: tuple[int, str] | None = None
    async with ctx.reading() as connection:
        while True:
            sums = await roll_up(ctx, connection, question, after, 2000)
            yield _lines([_cells(ctx, group) for group in sums.groups])
            after = sums.after
            if after is None:
                return


def _cells(ctx: Context, group: Group) -> list[str]:
    home = ctx.workspace.currency
    amounts = (group.planned, group.approved, group.committed, group.spent)
    return [
        _safe(group.key),
        _safe(group.label),
        home,
        *(str(to_decimal(minor, home)) for minor in amounts),
        str(group.lines),
    ]


def _safe(text: str) -> str:
    """With an apostrophe before what a spreadsheet would run as a formula (OWASP: CSV injection)."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _lines(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _after(page: PageRequest) -> tuple[int, str] | None:
    if page.after is None:
        return None
    if len(page.after) != 2 or not isinstance(page.after[0], int) or abs(page.after[0]) >= 2**63:
        raise Invalid("cursor_invalid", "This page link is damaged; open the list again from its start.")
    return page.after[0], str(page.after[1])


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
