"""What wants attention over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.planning.campaigns.store import open_campaigns, see_campaign
from gonfalon.teamwork.attention import Attention, AttentionSource

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
    """Return what of the campaign wants somebody's attention today, what is wrong before what is to be looked at."""
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        await see_campaign(ctx, connection, campaign_id)
        found = await _all_of(ctx, connection, [campaign_id])
    return [AttentionOut.model_validate(item, from_attributes=True) for item in found]


@router.get("/workspaces/{workspace}/attention", operation_id="list_attention")
async def list_all_attention(ctx: Ctx) -> AttentionList:
    """Return what wants attention in the campaigns that are planned or running, what is wrong first.

    Looks at the 20 campaigns that begin first, those that one leads before others.
    """
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        open_, more = await open_campaigns(ctx, connection, MOST_CAMPAIGNS)
        names = dict(open_)
        found = await _all_of(ctx, connection, list(names)) if names else []
    items = [CampaignAttention(campaign_name=names[item.campaign_id], **asdict(item)) for item in found]
    return AttentionList(items=items, campaigns=len(names), more=more)


async def _all_of(ctx: Context, connection: AsyncConnection, campaign_ids: Sequence[UUID]) -> list[Attention]:
    """What every source finds, each asked once: what is wrong first, then in the campaigns' order."""
    found = [
        item
        for source in ctx.services.offered(AttentionSource)
        for item in await source.list_for(ctx, connection, campaign_ids)
    ]
    place = {campaign_id: number for number, campaign_id in enumerate(campaign_ids)}
    return sorted(found, key=lambda item: (item.tone != "bad", place[item.campaign_id]))
