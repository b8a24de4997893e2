"""The brand kit over HTTP."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel, Field

from gonfalon.accounts.auth import Ctx
from gonfalon.content.brand import actions
from gonfalon.content.brand.model import Brand, BrandKit

router = APIRouter(tags=["brand"], prefix="/workspaces/{workspace}/brand")


class BrandSave(BaseModel):
    """A changed brand kit; `version` is the one it was made from, 0 for the first."""

    version: int = Field(ge=0, lt=2**31 - 1)
    kit: BrandKit


@router.get("", operation_id="get_brand")
async def get_brand(ctx: Ctx) -> Brand:
    """Return how the workspace's mails look and speak."""
    return await actions.find_brand(ctx)


@router.put("", operation_id="save_brand")
async def save_brand(body: BrandSave, ctx: Ctx) -> Brand:
    """Change it for new mails and checks; 409 when somebody else has saved since."""
    return await actions.save_brand(ctx, body.version, body.kit)
