"""Audiences' sizes over HTTP."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.model import Permission

from ..store import find_audience
from . import store
from .schemas import SizeOut

router = APIRouter(tags=["audiences"], prefix="/workspaces/{workspace}/audiences/{audience_id}")


@router.get("/sizes", operation_id="list_audience_sizes")
async def list_audience_sizes(
    audience_id: UUID, ctx: Ctx, days: Annotated[int, Query(ge=1, le=1100)] = 365
) -> list[SizeOut]:
    """Return how many people an audience had on each of the last days; counted once a day while it is in use."""
    ctx.require(Permission.AUDIENCES_READ)
    async with ctx.reading() as connection:
        await find_audience(connection, ctx.workspace.id, audience_id, archived=True)
        found = await store.sizes_of(connection, ctx.workspace.id, audience_id, ctx.today - timedelta(days=days))
    return [SizeOut.model_validate(each, from_attributes=True) for each in found]
