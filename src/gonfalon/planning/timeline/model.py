"""Values of the timeline that may cross its door."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field, PlainSerializer

from gonfalon.accounts.workdays.model import Week
from gonfalon.kit.days import Day
from gonfalon.kit.schemas import LongText, Name, PlainNumber
from gonfalon.planning.timeline.schedule import LinkKind

LONGEST_DURATION = 2_500
Hours = Annotated[Decimal, Field(ge=0, le=100_000, decimal_places=2), PlainSerializer(float, return_type=float)]
Duration = Annotated[int, Field(ge=0, le=LONGEST_DURATION, description="Working days; 0 for milestones.")]


class TaskKind(StrEnum):
    """What a line of the timeline is."""

    TASK = "task"
    DELIVERABLE = "deliverable"
    MILESTONE = "milestone"


class TaskState(StrEnum):
    """Where a task stands."""

    TODO = "todo"
    DOING = "doing"
    REVIEW = "review"
    DONE = "done"
    CANCELLED = "cancelled"

    @property
    def ended(self) -> bool:
        """Whether nobody works on it any more."""
        return self in (TaskState.DONE, TaskState.CANCELLED)


class Unit(StrEnum):
    """The steps in which a task comes again."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Task:
    """One task as it is stored. Days are inclusive; durations are working days; effort is hours of work."""

    id: UUID
    name: str
    kind: TaskKind = TaskKind.TASK
    parent_id: UUID | None = None
    owner_id: UUID | None = None
    state: TaskState = TaskState.TODO
    duration_days: int = 1
    effort_hours: Decimal | None = None
    not_before: date | None = None
    deadline: date | None = None
    fixed_on: date | None = None
    starts_on: date = date.min
    ends_on: date = date.min
    done_on: date | None = None
    position: int = 0


@dataclass(frozen=True, slots=True)
class TaskLink:
    """The successor waits for the predecessor; lag in working days."""

    predecessor_id: UUID
    successor_id: UUID
    kind: LinkKind = LinkKind.FINISH_START
    lag_days: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """All that decides a campaign's dates: its tasks by id in their order, links, and the weeks of those who work.

    `begins_on`: nothing is planned before this day. `weeks` has an entry for every owner who differs from `week`.
    """

    begins_on: date
    tasks: dict[UUID, Task]
    links: tuple[TaskLink, ...]
    week: Week = field(default_factory=Week)
    weeks: dict[UUID, Week] = field(default_factory=dict)

    def groups(self) -> set[UUID]:
        """Return the tasks that have children."""
        return {task.parent_id for task in self.tasks.values() if task.parent_id is not None}


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """A new task. `after_id`: the sibling it comes behind; without it, it comes last."""

    name: Name
    kind: TaskKind = TaskKind.TASK
    parent_id: UUID | None = None
    owner_id: UUID | None = None
    duration_days: Duration = 1
    effort_hours: Hours | None = None
    not_before: Day | None = None
    deadline: Day | None = None
    fixed_on: Day | None = None
    notes: LongText = ""
    touchpoint_id: UUID | None = None
    after_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class OverdueTask:
    """An open task over its day, and how many there are in all of its campaign."""

    campaign_id: UUID
    id: UUID
    name: str
    due: date
    all: int


@dataclass(frozen=True, slots=True)
class MissedDeadline:
    """An open task that is planned to end so many days after its deadline."""

    campaign_id: UUID
    id: UUID
    name: str
    days: int


@dataclass(frozen=True, slots=True)
class Baseline:
    """A snapshot of a campaign's dates, without them."""

    id: UUID
    name: str
    chosen: bool
    created_at: datetime
    created_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineOfCampaign(Baseline):
    """A snapshot with the campaign it is of."""

    campaign_id: UUID


@dataclass(frozen=True, slots=True)
class AskedTask:
    """Something that a person is asked for."""

    id: UUID
    name: str
    campaign_id: UUID
    campaign_name: str
    state: TaskState
    starts_on: date
    ends_on: date
    effort_hours: PlainNumber | None
