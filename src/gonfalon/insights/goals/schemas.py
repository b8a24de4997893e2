"""Shapes of measured goals and of the past."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

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


class PastOut(_Out):
    """A campaign whose results are in. `per_person`: how much of the metric one reachable person brought."""

    id: UUID
    name: str
    category: str
    type: str
    starts_on: date | None
    channels: list[str]
    last: datetime = Field(description="Its last launch")
    value: float | int | None
    base: float | int | None
    missing: Missing | None
    per_person: float | None


class SpreadOut(_Out):
    """How values lie: the median, and the middle half of four or more, all of fewer."""

    low: float
    usual: float
    high: float
    campaigns: int


class PastResultsOut(BaseModel):
    """What past campaigns reached in a metric. Nothing is made up: without any there is no spread."""

    metric: GoalMetric
    unit: Unit
    campaigns: list[PastOut]
    values: SpreadOut | None
    per_person: SpreadOut | None = Field(
        description="Of what is counted: how much one reachable person brings. People needed = target ÷ this."
    )
    steps: dict[str, SpreadOut] = Field(
        description="Shares on the way: `delivered` of those meant, `clicked` of those reached, `converted` of clickers"
    )
