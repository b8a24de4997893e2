"""The metric catalogue over HTTP."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.model import Permission
from gonfalon.metrics.catalogue import METRICS, GoalMetric, behind
from gonfalon.metrics.model import Better, Unit
from gonfalon.metrics.rules import counts_of, formula_of, name_of

router = APIRouter(tags=["insights"])
Language = Literal["en", "fr", "sv", "zh"]


class MetricOut(BaseModel):
    """One metric: how it is called, computed and read."""

    key: str
    name: str
    formula: str
    counts: str
    unit: Unit
    better: Better
    goal: bool
    people: bool
    digits: int = Field(description="How many decimals its value is shown with; of money, those of the currency.")


@router.get("/workspaces/{workspace}/metrics", operation_id="list_metrics")
async def list_metrics(
    ctx: Ctx, language: Annotated[Language | None, Query(description="Without it: the workspace's")] = None
) -> list[MetricOut]:
    """Return every metric. `goal`: a campaign's goal may be set on it; `people`: the people behind it can be listed."""
    ctx.require(Permission.CAMPAIGNS_READ)
    wanted = language or ctx.workspace.language
    goals = {metric.value for metric in GoalMetric}
    return [
        MetricOut(
            key=metric.key,
            name=name_of(metric.key, wanted),
            formula=formula_of(metric, wanted),
            counts=counts_of(metric.key, wanted),
            unit=metric.unit,
            better=metric.better,
            goal=metric.key in goals,
            people=behind(metric.key) is not None,
            digits=metric.digits,
        )
        for metric in METRICS.values()
    ]
