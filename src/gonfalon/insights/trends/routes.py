"""Trends over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from gonfalon.accounts.auth import Ctx
from gonfalon.insights.trends import actions
from gonfalon.insights.trends.model import Trends

router = APIRouter(tags=["insights"])


@router.get("/workspaces/{workspace}/trends", operation_id="get_trends")
async def get_trends(ctx: Ctx, days: Annotated[int, Query(ge=7, le=actions.MOST_DAYS)] = 28) -> Trends:
    """Return revenue and people who agreed to email, day by day in the workspace's zone."""
    return await actions.read_trends(ctx, days)
