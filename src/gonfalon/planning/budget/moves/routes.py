"""Moves of money over HTTP."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.model import Permission
from gonfalon.kit.paging import ById, Page
from gonfalon.planning.budget.model import Reallocation
from gonfalon.planning.budget.moves import actions, store
from gonfalon.planning.budget.moves.schemas import ReallocationIn
from gonfalon.planning.campaigns.store import see_campaign

router = APIRouter(tags=["budget"])
_PATH = "/workspaces/{workspace}/budget/reallocations"


@router.get("/workspaces/{workspace}/campaigns/{campaign_id}/budget/reallocations", operation_id="list_reallocations")
async def list_moves(campaign_id: UUID, ctx: Ctx, page: ById) -> Page[Reallocation]:
    """Move from and to the campaign's lines, the newest first."""
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        await see_campaign(ctx, connection, campaign_id)
        rows = await store.list_moves(ctx, connection, campaign_id, page)
    return page.as_read(rows)


@router.post(_PATH, operation_id="reallocate_budget", status_code=201)
async def reallocate(body: ReallocationIn, ctx: Ctx) -> Reallocation:
    """Move planned money; what needs an approval waits for it (`state`), and the last yes carries it out."""
    move_id = await actions.reallocate(ctx, **body.model_dump())
    return await ctx.read(store.find_move, move_id)


@router.post(_PATH + "/{move_id}/carry-out", operation_id="carry_out_reallocation")
async def carry_out(move_id: UUID, ctx: Ctx) -> Reallocation:
    """Carry out a waiting move that needs no approval any more; 409 `approval_needed` while it does."""
    await actions.carry_out_move(ctx, move_id)
    return await ctx.read(store.find_move, move_id)


@router.delete(_PATH + "/{move_id}", operation_id="withdraw_reallocation", status_code=204)
async def withdraw(move_id: UUID, ctx: Ctx) -> None:
    """Take back a move that waits."""
    await actions.withdraw_move(ctx, move_id)
