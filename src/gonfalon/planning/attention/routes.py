"""What wants attention over HTTP."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.model import Permission
from gonfalon.planning.campaigns.store import open_campaigns, see_campaign
from gonfalon.teamwork.attention import AttentionSource

router = APIRouter(tags=["campaigns"])
MOST_CAMPAIGNS = 20


class AttentionOut(BaseModel):
    """One thing that wants attention."""

    code: Annotated[str, Field(description="Names the sentence, e.g. `touchpoint.late`")]
    tone: Literal["bad", "look"]
    kind: Annotated[str, Field(description="What it is about: touchpoint, campaign, budget, task, approval …")]
    id: UUID
    values: Annotated[dict[str, Any], Field(description="What the sentence says: a name, days, money in minor units")]


class CampaignAttention(AttentionOut):
    """One thing that wants attention, and in which campaign."""

    campaign_id: UUID
    campaign_name: str


class AttentionList(BaseModel):
    """What wants attention in several campaigns."""

    items: list[CampaignAttention]
    campaigns: Annotated[int, Field(description="How many campaigns were looked at")]
    more: Annotated[bool, Field(description="Whether there are open campaigns that were not looked at")]


@router.get("/workspaces/{workspace}/campaigns/{campaign_id}/attention", operation_id="list_campaign_attention")
async def list_attention(campaign_id: UUID, ctx: Ctx) -> list[AttentionOut]:
    """What of the campaign wants somebody's attention today, what is wrong before what is to be looked at."""
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        await see_campaign(ctx, connection, campaign_id)
        found = [
            item
            for source in ctx.services.offered(AttentionSource)
            for item in await source.list_for(ctx, connection, campaign_id)
        ]
    found.sort(key=lambda item: item.tone != "bad")
    return [AttentionOut.model_validate(item, from_attributes=True) for item in found]


@router.get("/workspaces/{workspace}/attention", operation_id="list_attention")
async def list_all_attention(ctx: Ctx) -> AttentionList:
    """What wants attention in the campaigns that are planned or running, what is wrong first.

    Looks at the 20 campaigns that begin first, those that one leads before others.
    """
    ctx.require(Permission.CAMPAIGNS_READ)
    found: list[CampaignAttention] = []
    async with ctx.reading() as connection:
        open_, more = await open_campaigns(ctx, connection, MOST_CAMPAIGNS)
        for campaign_id, name in open_:
            for source in ctx.services.offered(AttentionSource):
                found += [
                    CampaignAttention(campaign_id=campaign_id, campaign_name=name, **asdict(item))
                    for item in await source.list_for(ctx, connection, campaign_id)
                ]
    found.sort(key=lambda item: item.tone != "bad")
    return AttentionList(items=found, campaigns=len(open_), more=more)
