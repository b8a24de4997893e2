"""A campaign's budget over HTTP."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from fastapi import APIRouter

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.planning.budget import actions, burn, rules, store
from gonfalon.planning.budget.approval import budget_standing
from gonfalon.planning.budget.model import BudgetChange, LineSave, NewLine
from gonfalon.planning.budget.paste import read_lines
from gonfalon.planning.budget.schemas import (
    BudgetChangeOut,
    BudgetOut,
    BudgetPaste,
    BudgetPastedLine,
    BudgetPasteOut,
    BurnOut,
    BurnPoint,
    ForecastOut,
)
from gonfalon.planning.campaigns.store import see_campaign
from gonfalon.planning.sheets import order_in

router = APIRouter(tags=["budget"])
_PATH = "/workspaces/{workspace}/campaigns/{campaign_id}/budget"


async def _shown(ctx: Context, campaign_id: UUID) -> BudgetOut:
    async with ctx.reading() as connection:
        lines = await store.list_lines(ctx, connection, campaign_id)
        settings = await store.load_settings(ctx, connection)
        standing, request_id = await budget_standing(ctx, connection, campaign_id)
    return BudgetOut(
        currency=ctx.workspace.currency,
        counts=settings.counts,
        lines=list(lines),
        tax_rate=settings.tax_rate,
        approval=standing,
        approval_id=request_id,
        **asdict(rules.sum_up(lines)),
    )


def _change_out(change: BudgetChange) -> BudgetChangeOut:
    return BudgetChangeOut(
        lines=list(change.lines),
        approval_void=change.approval_void,
        **asdict(change.sums),
    )


@router.get(_PATH, operation_id="get_budget")
async def get_budget(campaign_id: UUID, ctx: Ctx) -> BudgetOut:
    """Return the campaign's budget lines with exact sums, and how its approval stands."""
    ctx.require(Permission.CAMPAIGNS_READ)
    return await _shown(ctx, campaign_id)


@router.post(_PATH, operation_id="add_budget_line", status_code=201)
async def add_budget_line(campaign_id: UUID, body: NewLine, ctx: Ctx) -> BudgetChangeOut:
    """Add a line; answers it and the sums."""
    line_id = await actions.add_line(ctx, campaign_id, body, body.spent_minor)
    async with ctx.reading() as connection:
        added = [line for line in await store.list_lines(ctx, connection, campaign_id) if line.id == line_id]
        return _change_out(await actions.change_of(ctx, connection, campaign_id, *added))


@router.get(_PATH + "/burn", operation_id="get_budget_burn")
async def get_burn(campaign_id: UUID, ctx: Ctx) -> BurnOut:
    """Plan, orders and spending by day, and the forecast at completion."""
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        found = await burn.read_burn(ctx, connection, campaign_id)
    return BurnOut(
        currency=ctx.workspace.currency,
        today=found.today,
        planned_minor=found.planned,
        committed_minor=found.committed,
        spent_minor=found.spent,
        undated_minor=found.undated,
        forecast=ForecastOut(
            by_plan_minor=found.forecast.by_plan,
            by_pace_minor=found.forecast.by_pace,
            low_minor=found.forecast.low,
            high_minor=found.forecast.high,
        ),
        points=[
            BurnPoint(
                day=point.day,
                planned_minor=point.planned,
                spent_minor=point.spent,
                used_minor=point.used,
                expected_minor=point.expected,
                low_minor=point.low,
                high_minor=point.high,
            )
            for point in found.points
        ],
    )


@router.post(_PATH + "/paste", operation_id="paste_budget_lines")
async def paste_lines(campaign_id: UUID, body: BudgetPaste, ctx: Ctx) -> BudgetPasteOut:
    """Read lines copied from a spreadsheet (tabs between cells), at most 500; with `apply` adds them if none is wrong.

    Columns: name, kind, quantity, price of a unit, currency, tax, first day, last day, deliverable; or as a first row
    names them.
    """
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.reading() as connection:
        await see_campaign(ctx, connection, campaign_id)
        deliverables = await store.deliverables_of(ctx, connection, campaign_id)
    drafts, wrong, reading = read_lines(body.text, deliverables, ctx.workspace.currency, order_in(ctx))
    wrong += await actions.unpriced(ctx, campaign_id, drafts, {each.number for each in wrong})
    added = 0
    if body.apply and not wrong:
        added = len(await actions.add_lines(ctx, campaign_id, drafts))
    return BudgetPasteOut(
        rows=[BudgetPastedLine.model_validate(draft, from_attributes=True) for draft in drafts],
        wrong=list(wrong),
        added=added,
        reading=reading,
    )


@router.put(_PATH + "/{line_id}", operation_id="update_budget_line")
async def update_budget_line(campaign_id: UUID, line_id: UUID, body: LineSave, ctx: Ctx) -> BudgetChangeOut:
    """Save a line; answers it and the sums. 409 when somebody else has saved since `version`."""
    return _change_out(await actions.update_line(ctx, campaign_id, line_id, body.version, body))


@router.delete(_PATH + "/{line_id}", operation_id="remove_budget_line")
async def remove_budget_line(campaign_id: UUID, line_id: UUID, ctx: Ctx) -> BudgetChangeOut:
    """Take a line away; answers the sums. 409 when orders or bills are entered on it."""
    await actions.remove_line(ctx, campaign_id, line_id)
    async with ctx.reading() as connection:
        return _change_out(await actions.change_of(ctx, connection, campaign_id))
