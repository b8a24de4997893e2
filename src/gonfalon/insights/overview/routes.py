"""The overview of a period over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from gonfalon.accounts.auth import Ctx
from gonfalon.insights.overview.actions import read_overview
from gonfalon.insights.overview.model import Span
from gonfalon.insights.overview.schemas import OverviewOut, overview_out
from gonfalon.kit.days import Day

router = APIRouter(tags=["insights"])


@router.get("/workspaces/{workspace}/reports/overview", operation_id="get_reports_overview")
async def get_overview(
    ctx: Ctx,
    first: Annotated[Day, Query(description="The first day, in the workspace's zone")],
    last: Annotated[Day, Query(description="The last day, included")],
) -> OverviewOut:
    """Return what all campaigns brought and cost in a period, by month and by campaign, beside as many days before
    it."""
    return overview_out(await read_overview(ctx, Span(first, last)), ctx.workspace.currency)
