"""Measured goals and the past over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from gonfalon.accounts.auth import Ctx
from gonfalon.insights.goals import actions, rules
from gonfalon.insights.goals.schemas import GoalPartOut, GoalStandingOut, PastResultsOut
from gonfalon.metrics.catalogue import GoalMetric
from gonfalon.metrics.model import Category
from gonfalon.planning.campaigns.model import CampaignType
from gonfalon.planning.model import TouchpointChannel

router = APIRouter(tags=["insights"])


@router.get("/workspaces/{workspace}/reports/goals", operation_id="list_goal_standings")
async def list_standings(
    ctx: Ctx, year: Annotated[int | None, Query(ge=2000, le=2100, description="Without it: this year")] = None
) -> list[GoalStandingOut]:
    """Return where every goal of a year stands, those above campaigns by what the campaigns that serve them reached."""
    return [
        GoalStandingOut(
            goal_id=each.goal_id,
            now=each.now,
            missing=each.missing,
            expected=each.expected,
            share=each.share,
            reached=each.reached,
            parts=[
                GoalPartOut(campaign_id=part.campaign_id, value=part.figure.value, missing=part.figure.missing)
                for part in each.parts
            ],
        )
        for each in await actions.read_standings(ctx, year)
    ]


@router.get("/workspaces/{workspace}/reports/past", operation_id="list_past_results")
async def list_past(
    ctx: Ctx,
    metric: GoalMetric,
    but: Annotated[UUID | None, Query(description="The campaign that is planned; left out")] = None,
    category: Category | None = None,
    type: CampaignType | None = None,
    channel: TouchpointChannel | None = None,
) -> PastResultsOut:
    """Return what the last 40 campaigns whose results are in reached in a metric, for setting a realistic goal."""
    campaigns, steps = await actions.read_past(ctx, metric, but=but, category=category, type=type, channel=channel)
    found = {key: rules.spread(each.get(key) for each in steps) for key in ("delivered", "clicked", "converted")}
    values = rules.spread(None if each.value is None else float(each.value) for each in campaigns)
    people = rules.spread(each.per_person for each in campaigns)
    return PastResultsOut(
        metric=metric,
        unit=metric.unit,
        campaigns=list(campaigns),
        values=None if values is None else values,
        per_person=None if people is None else people,
        steps={key: each for key, each in found.items() if each is not None},
    )
