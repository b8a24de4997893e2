"""Shapes of measured goals and of the past."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from gonfalon.insights.goals.model import PastResult, ValueSpread
from gonfalon.insights.report.model import Missing
from gonfalon.metrics.catalogue import GoalMetric
from gonfalon.metrics.model import Unit


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class GoalPartOut(_Out):
    """What one campaign contributes, in the metric of the goal it serves."""

    campaign_id: UUID
    value: float | int | None
    missing: Missing | None


class GoalStandingOut(BaseModel):
    """Where a goal stands.

    `now`: null where nobody knows (`missing` says why), and where the parts don't add up, because the same people may
    be counted in several campaigns. `share`: of the way from the start to the target. `expected`: on a straight line.
    """

    goal_id: UUID
    now: float | int | None
    missing: Missing | None
    expected: float | None
    share: float | None
    reached: bool
    parts: list[GoalPartOut]


class PastResultsOut(BaseModel):
    """What past campaigns reached in a metric. Nothing is made up: without any there is no spread."""

    metric: GoalMetric
    unit: Unit
    campaigns: list[PastResult]
    values: ValueSpread | None
    per_person: ValueSpread | None = Field(
        description="Of what is counted: how much one reachable person brings. People needed = target ÷ this."
    )
    steps: dict[str, ValueSpread] = Field(
        description="Shares on the way: `delivered` of those meant, `clicked` of those reached, `converted` of clickers"
    )
