"""A campaign's budget over HTTP."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.planning.budget import actions, store
from gonfalon.planning.budget.schemas import BudgetLineIn, BudgetLineOut, BudgetLineSave, BudgetOut, ResourceTotal
from gonfalon.planning.model import Resource

router = APIRouter(tags=["campaigns"])
_PATH = "/workspaces/{workspace}/campaigns/{campaign_id}/budget"


async def _shown(ctx: Context, campaign_id: UUID) -> BudgetOut:
    async with ctx.reading() as connection:
        rows = await store.list_lines(ctx, connection, campaign_id)
    lines = [BudgetLineOut.model_validate(row, from_attributes=True) for row in rows]
    totals = [
        ResourceTotal(
            resource=resource,
            planned_minor=sum(line.planned_minor for line in lines if line.resource is resource),
            spent_minor=sum(line.spent_minor for line in lines if line.resource is resource),
        )
        for resource in Resource
        if any(line.resource is resource for line in lines)
    ]
    return BudgetOut(
        currency=ctx.workspace.currency,
        lines=lines,
        by_resource=totals,
        planned_minor=sum(line.planned_minor for line in lines),
        spent_minor=sum(line.spent_minor for line in lines),
    )


@router.get(_PATH, operation_id="get_budget")
async def get_budget(campaign_id: UUID, ctx: Ctx) -> BudgetOut:
    """The campaign's budget lines with exact sums."""
    ctx.require(Permission.CAMPAIGNS_READ)
    return await _shown(ctx, campaign_id)


@router.post(_PATH, operation_id="add_budget_line", status_code=201)
async def add_budget_line(campaign_id: UUID, body: BudgetLineIn, ctx: Ctx) -> BudgetOut:
    """Adds a line; answers the whole budget."""
    await actions.add_budget_line(ctx, campaign_id, **body.model_dump())
    return await _shown(ctx, campaign_id)


@router.put(_PATH + "/{line_id}", operation_id="update_budget_line")
async def update_budget_line(campaign_id: UUID, line_id: UUID, body: BudgetLineSave, ctx: Ctx) -> BudgetOut:
    """Saves a line; answers the whole budget. 409 when somebody else has saved since `version`."""
    values = body.model_dump(exclude={"version"})
    await actions.update_budget_line(ctx, campaign_id, line_id, body.version, **values)
    return await _shown(ctx, campaign_id)


@router.delete(_PATH + "/{line_id}", operation_id="remove_budget_line")
async def remove_budget_line(campaign_id: UUID, line_id: UUID, ctx: Ctx) -> BudgetOut:
    """Takes a line away; answers the whole budget."""
    await actions.remove_budget_line(ctx, campaign_id, line_id)
    return await _shown(ctx, campaign_id)
