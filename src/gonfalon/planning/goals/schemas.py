"""Shapes of goals and of the priorities of a year."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from gonfalon.kit.days import Day
from gonfalon.kit.schemas import Amount, Name, Version, clean_text
from gonfalon.metrics.catalogue import GoalMetric
from gonfalon.metrics.model import RollUp
from gonfalon.planning.goals.model import GoalPlace, PriorityKind
from gonfalon.planning.model import Goal, Named
from gonfalon.planning.schemas import GoalOut, Words


class _GoalValues(BaseModel):
    metric: GoalMetric
    target: Amount
    deadline: Day
    baseline: Amount | None = None
    name: Words = ""
    owner_id: Annotated[UUID | None, Field(description="Who answers for it")] = None

    def goal(self) -> Goal:
        """Return the number as the actions take it."""
        return Goal(self.metric, self.target, self.deadline, self.baseline)


class GoalIn(_GoalValues):
    """A campaign's goal. `version` is that of the goal read before; leave it out for a first goal."""

    parent_id: Annotated[UUID | None, Field(description="The goal above that it serves")] = None
    version: Annotated[int | None, Field(ge=1)] = None

    def place(self) -> GoalPlace:
        """Return where it stands."""
        return GoalPlace(self.name.strip(), self.owner_id, parent_id=self.parent_id)


class GoalAboveIn(_GoalValues):
    """A goal above campaigns; their goals may hang on it. It needs words, since no campaign names it."""

    name: Name
    priority_id: Annotated[UUID | None, Field(description="The priority of the year that it serves")] = None
    starts_on: Annotated[Day | None, Field(description="From when it counts; else from the first day of the year")] = (
        None
    )

    def place(self) -> GoalPlace:
        """Return where it stands."""
        return GoalPlace(self.name.strip(), self.owner_id, priority_id=self.priority_id, starts_on=self.starts_on)


class GoalAboveSave(GoalAboveIn):
    """A goal's new values."""

    version: Version


class GoalPriorityIn(BaseModel):
    """A priority of a year."""

    year: Annotated[int, Field(ge=2000, le=2100)]
    name: Name
    kind: PriorityKind
    owner_id: UUID | None = None
    position: Annotated[int, Field(ge=0, le=1000)] = 0


class GoalPrioritySave(GoalPriorityIn):
    """A priority's new values."""

    version: Version


class GoalTell(BaseModel):
    """What the team is told of a goal."""

    note: Annotated[str, Field(max_length=1000), AfterValidator(clean_text)] = ""


class GoalToldOut(BaseModel):
    """Who was told."""

    people: list[str]


class GoalPriorityOut(BaseModel):
    """A priority of a year. `metrics`: what goals of its kind are usually about."""

    id: UUID
    year: int
    name: str
    kind: PriorityKind
    metrics: list[GoalMetric]
    owner: Named | None
    position: int
    version: int


class GoalAboveOut(GoalOut):
    """A goal above campaigns. `roll_up`: how what campaigns reach makes its number."""

    priority_id: UUID | None
    starts_on: date
    roll_up: RollUp
    archived_at: datetime | None


class CampaignGoalOut(GoalOut):
    """A campaign's goal, with its campaign."""

    campaign_id: UUID
    campaign_name: str
    campaign_state: str
    starts_on: date | None


class GoalTreeOut(BaseModel):
    """The goals of a year: priorities, the goals above by priority, the campaigns' goals by the goal they serve."""

    year: int
    years: Annotated[list[int], Field(description="Years that have anything, and this one")]
    priorities: list[GoalPriorityOut]
    goals: list[GoalAboveOut]
    campaigns: Annotated[list[CampaignGoalOut], Field(description="Also those that serve no goal above")]
