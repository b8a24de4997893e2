"""What wants attention over HTTP."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.model import Permission
from gonfalon.planning.attention.sources import SOURCES
from gonfalon.planning.campaigns.access import see_campaign

router = APIRouter(tags=["campaigns"])


class AttentionOut(BaseModel):
    """One thing that wants attention."""

    code: Annotated[str, Field(description="Names the sentence, e.g. `touchpoint.late`")]
    tone: Literal["bad", "look"]
    kind: Annotated[str, Field(description="What it is about: touchpoint, campaign, budget, task, approval …")]
    id: UUID
    values: Annotated[dict[str, Any], Field(description="What the sentence says: a name, days, money in minor units")]


@router.get("/workspaces/{workspace}/campaigns/{campaign_id}/attention", operation_id="list_campaign_attention")
async def list_attention(campaign_id: UUID, ctx: Ctx) -> list[AttentionOut]:
    """What of the campaign wants somebody's attention today, what is wrong before what is to be looked at."""
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        await see_campaign(ctx, connection, campaign_id)
        found = [item for source in SOURCES for item in await source(ctx, connection, campaign_id)]
    found.sort(key=lambda item: item.tone != "bad")
    return [AttentionOut.model_validate(item, from_attributes=True) for item in found]
