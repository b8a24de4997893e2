"""Shapes of goals and of the priorities of a year."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field
from sqlalchemy import Row

from gonfalon.planning.goals.model import Goal, GoalMetric, Place, PriorityKind, RollUp, Unit
from gonfalon.planning.goals.rules import start_of
from gonfalon.planning.schemas import Amount, Name, Version, clean_text

Words = Annotated[str, Field(max_length=300, description="The goal in words"), AfterValidator(clean_text)]


class _GoalValues(BaseModel):
    metric: GoalMetric
    target: Amount
    deadline: date
    baseline: Amount | None = None
    name: Words = ""
    owner_id: Annotated[UUID | None, Field(description="Who answers for it")] = None

    def goal(self) -> Goal:
        """The number as the actions take it."""
        return Goal(self.metric, self.target, self.deadline, self.baseline)


class GoalIn(_GoalValues):
    """A campaign's goal. `version` is that of the goal read before; leave it out for a first goal."""

    parent_id: Annotated[UUID | None, Field(description="The goal above that it serves")] = None
    version: Annotated[int | None, Field(ge=1)] = None

    def place(self) -> Place:
        """Where it stands."""
        return Place(self.name.strip(), self.owner_id, parent_id=self.parent_id)


class GoalAboveIn(_GoalValues):
    """A goal above campaigns; their goals may hang on it. It needs words, since no campaign names it."""

    name: Name
    priority_id: Annotated[UUID | None, Field(description="The priority of the year that it serves")] = None
    starts_on: Annotated[date | None, Field(description="From when it counts; else from the first day of the year")] = (
        None
    )

    def place(self) -> Place:
        """Where it stands."""
        return Place(self.name.strip(), self.owner_id, priority_id=self.priority_id, starts_on=self.starts_on)


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


class GoalOwner(BaseModel):
    """A member of the workspace."""

    id: UUID
    name: str


class GoalRef(BaseModel):
    """A goal above, by name."""

    id: UUID
    name: str


class GoalOut(BaseModel):
    """A goal. `start`: from where the way to the target is counted. `told`: the team was told of it as it is now."""

    id: UUID
    name: str
    owner: GoalOwner | None
    parent: GoalRef | None
    metric: GoalMetric
    unit: Unit
    lower_is_better: bool
    baseline: Amount | None
    start: Amount | None
    target: Amount
    deadline: date
    told: bool
    told_at: datetime | None
    told_by: str
    version: int


class GoalPriorityOut(BaseModel):
    """A priority of a year. `metrics`: what goals of its kind are usually about."""

    id: UUID
    year: int
    name: str
    kind: PriorityKind
    metrics: list[GoalMetric]
    owner: GoalOwner | None
    position: int
    version: int


class GoalAboveOut(GoalOut):
    """A goal above campaigns. `roll_up`: how what campaigns reach makes its number."""

    priority_id: UUID | None
    starts_on: date
    roll_up: RollUp


class CampaignGoalOut(GoalOut):
    """A campaign's goal, with its campaign."""

    campaign_id: UUID
    campaign_name: str
    campaign_state: str
    starts_on: date | None


class GoalFound(BaseModel):
    """A goal found by its words, or by the name of its campaign. year: of its priority, else of its deadline."""

    id: UUID
    name: str
    year: int
    campaign_id: UUID | None
    campaign_name: str | None


class GoalTreeOut(BaseModel):
    """The goals of a year: priorities, the goals above by priority, the campaigns' goals by the goal they serve."""

    year: int
    years: Annotated[list[int], Field(description="Years that have anything, and this one")]
    priorities: list[GoalPriorityOut]
    goals: list[GoalAboveOut]
    campaigns: Annotated[list[CampaignGoalOut], Field(description="Also those that serve no goal above")]


def goal_values(row: Row[Any], prefix: str = "") -> dict[str, Any]:
    """What every goal's shape has, from a row whose columns begin with `prefix`."""

    def of(name: str) -> Any:
        return getattr(row, prefix + name)

    metric = GoalMetric(of("metric"))
    return {
        "id": of("id"),
        "name": of("name"),
        "owner": GoalOwner(id=of("owner_id"), name=of("owner_name")) if of("owner_id") else None,
        "parent": GoalRef(id=of("parent_id"), name=of("parent_name")) if of("parent_id") else None,
        "metric": metric,
        "unit": metric.unit,
        "lower_is_better": metric.lower_is_better,
        "baseline": of("baseline"),
        "start": start_of(Goal(metric, of("target"), of("deadline"), of("baseline"))),
        "target": of("target"),
        "deadline": of("deadline"),
        "told": of("told_version") == of("version"),
        "told_at": of("told_at"),
        "told_by": of("told_by"),
        "version": of("version"),
    }
