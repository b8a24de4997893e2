"""Campaigns, their goal and their budget over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.http import paging
from gonfalon.kit.paging import Page, PageRequest, encode_cursor
from gonfalon.planning.campaigns import actions, store
from gonfalon.planning.campaigns.schemas import CampaignIn, CampaignMove, CampaignOut, CampaignSave, campaign_out
from gonfalon.planning.model import Attribution, CampaignState, Category

router = APIRouter(tags=["campaigns"])


async def _shown(ctx: Context, campaign_id: UUID) -> CampaignOut:
    async with ctx.reading() as connection:
        return await _read(ctx, connection, campaign_id)


async def _read(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> CampaignOut:
    return campaign_out(await store.find_campaign(ctx, connection, campaign_id), ctx.workspace.currency)


@router.get("/workspaces/{workspace}/campaigns", operation_id="list_campaigns")
async def list_campaigns(
    ctx: Ctx,
    page: Annotated[PageRequest, Depends(paging)],
    state: Annotated[CampaignState | None, Query(description="Without it: all but archived ones")] = None,
    category: Category | None = None,
    leader_id: UUID | None = None,
    q: Annotated[str, Query(max_length=200, description="Words in the name")] = "",
) -> Page[CampaignOut]:
    """The newest first."""
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        rows = await store.list_campaigns(
            ctx, connection, page, state=state, category=category, leader_id=leader_id, words=q
        )
    items = [campaign_out(row, ctx.workspace.currency) for row in rows[: page.limit]]
    return Page(items=items, next_cursor=encode_cursor(items[-1].id) if len(rows) > page.limit else None)


@router.post("/workspaces/{workspace}/campaigns", operation_id="create_campaign", status_code=201)
async def create_campaign(body: CampaignIn, ctx: Ctx) -> CampaignOut:
    """Plans a campaign."""
    campaign_id = await actions.create_campaign(
        ctx,
        name=body.name,
        category=body.category,
        description=body.description,
        leader_id=body.leader_id,
        starts_on=body.starts_on,
        ends_on=body.ends_on,
        attribution=Attribution(**body.attribution.model_dump()),
    )
    return await _shown(ctx, campaign_id)


@router.get("/workspaces/{workspace}/campaigns/{campaign_id}", operation_id="get_campaign")
async def get_campaign(campaign_id: UUID, ctx: Ctx) -> CampaignOut:
    """One campaign."""
    ctx.require(Permission.CAMPAIGNS_READ)
    return await _shown(ctx, campaign_id)


@router.put("/workspaces/{workspace}/campaigns/{campaign_id}", operation_id="update_campaign")
async def update_campaign(campaign_id: UUID, body: CampaignSave, ctx: Ctx) -> CampaignOut:
    """Saves a campaign; 409 when somebody else has saved since `version`."""
    await actions.update_campaign(
        ctx,
        campaign_id,
        body.version,
        name=body.name,
        category=body.category,
        description=body.description,
        leader_id=body.leader_id,
        starts_on=body.starts_on,
        ends_on=body.ends_on,
        attribution=Attribution(**body.attribution.model_dump()),
    )
    return await _shown(ctx, campaign_id)


@router.put("/workspaces/{workspace}/campaigns/{campaign_id}/state", operation_id="move_campaign")
async def move_campaign(campaign_id: UUID, body: CampaignMove, ctx: Ctx) -> CampaignOut:
    """Starts, ends, reopens or archives a campaign."""
    await actions.move_campaign(ctx, campaign_id, body.version, body.state)
    return await _shown(ctx, campaign_id)


@router.delete("/workspaces/{workspace}/campaigns/{campaign_id}", operation_id="delete_campaign", status_code=204)
async def delete_campaign(campaign_id: UUID, ctx: Ctx) -> None:
    """Deletes a campaign of which nothing was launched."""
    await actions.delete_campaign(ctx, campaign_id)
