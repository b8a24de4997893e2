"""Goals of campaigns and above them, and the priorities of a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from gonfalon.metrics.catalogue import GoalMetric
from gonfalon.metrics.model import RollUp
from gonfalon.planning.model import CampaignState, Goal, Named, StoredGoal


class PriorityKind(StrEnum):
    """What a priority of the year is after."""

    LEADS = "leads"
    PURCHASES = "purchases"
    LOYALTY = "loyalty"
    SPEND = "spend"
    AWARENESS = "awareness"
    NEW_AUDIENCE = "new_audience"

    @property
    def metrics(self) -> tuple[GoalMetric, ...]:
        """What its goals are usually about, the most usual first."""
        return _USUAL[self]


_USUAL = {
    PriorityKind.LEADS: (GoalMetric.CONVERSIONS, GoalMetric.CONVERSION_RATE, GoalMetric.COST_PER_CONVERSION),
    PriorityKind.PURCHASES: (GoalMetric.CONVERSIONS, GoalMetric.REVENUE, GoalMetric.ROI),
    PriorityKind.LOYALTY: (GoalMetric.CONVERSIONS, GoalMetric.UNSUBSCRIBE_RATE, GoalMetric.OPEN_RATE),
    PriorityKind.SPEND: (GoalMetric.REVENUE, GoalMetric.ROI),
    PriorityKind.AWARENESS: (GoalMetric.DELIVERED, GoalMetric.CLICKERS, GoalMetric.OPEN_RATE),
    PriorityKind.NEW_AUDIENCE: (GoalMetric.CLICKERS, GoalMetric.CONVERSIONS, GoalMetric.COST_PER_CONVERSION),
}


@dataclass(frozen=True, slots=True)
class GoalPlace:
    """Where a goal stands among the others, and who answers for it.

    parent_id: the goal above that a campaign's goal serves. priority_id, starts_on: of a goal above only.
    """

    name: str = ""
    owner_id: UUID | None = None
    parent_id: UUID | None = None
    priority_id: UUID | None = None
    starts_on: date | None = None


@dataclass(frozen=True, slots=True)
class Priority:
    """What marketing is for in a year."""

    id: UUID
    year: int
    name: str
    kind: PriorityKind
    owner: Named | None
    position: int
    version: int

    @property
    def metrics(self) -> tuple[GoalMetric, ...]:
        """What its goals are usually about."""
        return self.kind.metrics


@dataclass(frozen=True, slots=True, kw_only=True)
class BareGoal(Goal):
    """A goal's own row."""

    id: UUID
    name: str
    owner_id: UUID | None
    parent_id: UUID | None
    priority_id: UUID | None
    starts_on: date | None
    version: int
    updated_by: str
    archived_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalAbove(StoredGoal):
    """A goal above campaigns."""

    priority_id: UUID | None
    starts_on: date
    year: int
    archived_at: datetime | None

    @property
    def roll_up(self) -> RollUp:
        """How what campaigns reach makes its number."""
        return self.metric.roll_up


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignGoal(StoredGoal):
    """A campaign's goal, with its campaign."""

    campaign_id: UUID
    campaign_name: str
    campaign_state: CampaignState
    starts_on: date | None


@dataclass(frozen=True, slots=True)
class GoalFound:
    """A goal found by its words, or by the name of its campaign. year: of its priority, else of its deadline."""

    id: UUID
    name: str
    year: int
    campaign_id: UUID | None
    campaign_name: str | None


@dataclass(frozen=True, slots=True)
class Serving:
    """A campaign whose goal hangs on a goal above."""

    id: UUID
    name: str
    leader_id: UUID | None


@dataclass(frozen=True, slots=True)
class Tree:
    """The goals of a year: priorities, goals above, and campaigns' goals."""

    years: list[int]
    priorities: list[Priority]
    goals: list[GoalAbove]
    campaigns: list[CampaignGoal]
