"""Campaigns, their stages and who has a part in them over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.paging import Page, PageRequest, paging
from gonfalon.metrics.model import Category
from gonfalon.planning.campaigns import actions, reading, rules, store
from gonfalon.planning.campaigns.model import CampaignPlan, CampaignSave, CampaignSort, CampaignType, Participant, Stage
from gonfalon.planning.campaigns.schemas import (
    CampaignMemberIn,
    CampaignMove,
    CampaignOut,
    CampaignTypeOut,
    StageMove,
    StageOut,
)
from gonfalon.planning.campaigns.store import see_campaign
from gonfalon.planning.campaigns.types import USUAL, proposed
from gonfalon.planning.model import CampaignState

router = APIRouter(tags=["campaigns"])


async def show_campaign(ctx: Context, campaign_id: UUID) -> CampaignOut:
    """Answer a campaign as it is now."""
    async with ctx.reading() as connection:
        found = await reading.find_overview(ctx, connection, campaign_id)
    return CampaignOut.model_validate(found, from_attributes=True)


@router.get("/workspaces/{workspace}/campaigns", operation_id="list_campaigns")
async def list_campaigns(
    ctx: Ctx,
    page: Annotated[PageRequest, Depends(paging(int | str | None, UUID))],
    state: Annotated[CampaignState | None, Query(description="Without it: all but archived ones")] = None,
    category: Category | None = None,
    type: CampaignType | None = None,
    stage: Stage | None = None,
    leader_id: UUID | None = None,
    parent_id: Annotated[UUID | None, Query(description="Only the parts of this campaign")] = None,
    q: Annotated[str, Query(max_length=200, description="Words in the name")] = "",
    sort: CampaignSort = CampaignSort.NEWEST,
) -> Page[CampaignOut]:
    """Return campaigns, searched, filtered and sorted."""
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        rows = await reading.list_campaigns(
            ctx,
            connection,
            page,
            state=state,
            category=category,
            type=type,
            stage=stage,
            leader_id=leader_id,
            parent_id=parent_id,
            words=q,
            sort=sort,
        )
    return page.of(rows, CampaignOut, "sort_value", "id")


@router.get("/workspaces/{workspace}/campaign-types", operation_id="list_campaign_types")
async def list_types(ctx: Ctx) -> list[CampaignTypeOut]:
    """Return the types of campaigns with their usual kinds of content and metrics, for proposals while planning."""
    ctx.require(Permission.CAMPAIGNS_READ)
    return [
        CampaignTypeOut(
            type=each,
            content=[*usual.content],
            metrics=[*usual.metrics],
            proposed={category: proposed(each, category) for category in Category},
        )
        for each, usual in USUAL.items()
    ]


@router.post("/workspaces/{workspace}/campaigns", operation_id="create_campaign", status_code=201)
async def create_campaign(body: CampaignPlan, ctx: Ctx) -> CampaignOut:
    """Return plans a campaign."""
    campaign_id = await actions.create_campaign(ctx, body)
    return await show_campaign(ctx, campaign_id)


@router.get("/workspaces/{workspace}/campaigns/{campaign_id}", operation_id="get_campaign")
async def get_campaign(campaign_id: UUID, ctx: Ctx) -> CampaignOut:
    """Return one campaign."""
    ctx.require(Permission.CAMPAIGNS_READ)
    return await show_campaign(ctx, campaign_id)


@router.put("/workspaces/{workspace}/campaigns/{campaign_id}", operation_id="update_campaign")
async def update_campaign(campaign_id: UUID, body: CampaignSave, ctx: Ctx) -> CampaignOut:
    """Save a campaign; 409 when somebody else has saved since `version`."""
    await actions.update_campaign(ctx, campaign_id, body.version, body)
    return await show_campaign(ctx, campaign_id)


@router.put("/workspaces/{workspace}/campaigns/{campaign_id}/state", operation_id="move_campaign")
async def move_campaign(campaign_id: UUID, body: CampaignMove, ctx: Ctx) -> CampaignOut:
    """Start, ends, reopens or archives a campaign."""
    await actions.move_campaign(ctx, campaign_id, body.version, body.state)
    return await show_campaign(ctx, campaign_id)


@router.get("/workspaces/{workspace}/campaigns/{campaign_id}/stage", operation_id="get_campaign_stage")
async def get_stage(campaign_id: UUID, ctx: Ctx) -> StageOut:
    """Return where the campaign stands and what each stage asks for before it is left."""
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        campaign = await reading.find_overview(ctx, connection, campaign_id)
        facts = await reading.stage_facts(ctx, connection, campaign)
    needs = {stage: rules.needs(stage, facts) for stage in Stage}
    return StageOut.model_validate({"stage": campaign.stage, "needs": needs}, from_attributes=True)


@router.put("/workspaces/{workspace}/campaigns/{campaign_id}/stage", operation_id="move_campaign_stage")
async def move_stage(campaign_id: UUID, body: StageMove, ctx: Ctx) -> CampaignOut:
    """Take the campaign to its next stage or back; 409 `stage_needs` names what is missing when no reason is given."""
    await actions.move_stage(ctx, campaign_id, body.version, body.stage, body.reason)
    return await show_campaign(ctx, campaign_id)


@router.get("/workspaces/{workspace}/campaigns/{campaign_id}/members", operation_id="list_campaign_members")
async def list_members(campaign_id: UUID, ctx: Ctx) -> list[Participant]:
    """Return who has which part in the campaign, by name."""
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        await see_campaign(ctx, connection, campaign_id)
        return await store.list_parts(ctx, connection, campaign_id)


@router.put(
    "/workspaces/{workspace}/campaigns/{campaign_id}/members/{user_id}",
    operation_id="set_campaign_member",
    status_code=204,
)
async def set_member(campaign_id: UUID, user_id: UUID, body: CampaignMemberIn, ctx: Ctx) -> None:
    """Give a member a part in the campaign. A guest of the workspace sees it from this moment."""
    await actions.set_part(ctx, campaign_id, user_id, body.part)


@router.delete(
    "/workspaces/{workspace}/campaigns/{campaign_id}/members/{user_id}",
    operation_id="remove_campaign_member",
    status_code=204,
)
async def remove_member(campaign_id: UUID, user_id: UUID, ctx: Ctx) -> None:
    """Take somebody out of the campaign."""
    await actions.remove_part(ctx, campaign_id, user_id)


@router.delete("/workspaces/{workspace}/campaigns/{campaign_id}", operation_id="delete_campaign", status_code=204)
async def delete_campaign(campaign_id: UUID, ctx: Ctx) -> None:
    """Delete a campaign of which nothing was launched."""
    await actions.delete_campaign(ctx, campaign_id)
