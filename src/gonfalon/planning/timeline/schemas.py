"""Shapes of tasks and timelines."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from gonfalon.kit.days import Day
from gonfalon.kit.schemas import LongText, Name, Version
from gonfalon.planning.model import Named
from gonfalon.planning.sheets import SheetReading
from gonfalon.planning.timeline.model import Baseline, Hours, TaskKind, TaskLink, TaskState


class TaskSave(BaseModel):
    """The words of a task. Dates, owner and effort are changed through a preview of the timeline."""

    name: Name
    notes: LongText = ""
    touchpoint_id: UUID | None = None
    version: Version


class TaskMove(BaseModel):
    """The state a task is to have; `done_on` is today unless it was earlier."""

    state: TaskState
    done_on: Day | None = None
    version: Version


class TaskPlace(BaseModel):
    """Where a task is to stand: below a parent (null: at the top), behind a sibling (null: first)."""

    parent_id: UUID | None = None
    after_id: UUID | None = None


class TaskRow(BaseModel):
    """A line of a timeline. Days are inclusive; slack in working days (null: done, cancelled or a group)."""

    id: UUID
    parent_id: UUID | None
    depth: int
    group: bool
    kind: TaskKind
    name: str
    owner_id: UUID | None
    state: TaskState
    duration_days: int
    effort_hours: Hours | None
    not_before: date | None
    deadline: date | None
    fixed_on: date | None
    starts_on: date
    ends_on: date
    baseline_starts_on: date | None
    baseline_ends_on: date | None
    slip_days: int | None = Field(description="Working days by which it ends after its baseline; negative: before.")
    done_on: date | None
    slack_days: int | None
    critical: bool
    late_days: int = Field(description="Working days past its deadline or fixed day.")
    recurring: bool
    version: int


class TimelineHead(BaseModel):
    """What a timeline has beside its lines: people, days on which nobody works, baselines.

    `stale`: how many dates would be others if it was planned again, because a working calendar has changed.
    `token`: names this state of the timeline; ask with it for what has changed since.
    """

    people: list[Named]
    starts_on: date | None
    ends_on: date | None
    today: date
    weekdays: list[int] = Field(description="Working weekdays, Monday is 0.")
    days_off: list[date] = Field(description="Free days on working weekdays within the timeline.")
    stale: int
    baselines: list[Baseline]
    token: str


class TimelineOut(TimelineHead):
    """A campaign's whole timeline: lines in the order of the list, and links."""

    tasks: list[TaskRow]
    links: list[TaskLink]


class OrderChange(BaseModel):
    """From the line `at` on (0 is the first), `gone` lines leave the list and those of `ids` come in their place."""

    at: int
    gone: int
    ids: list[UUID]


class LinkEnds(BaseModel):
    """A link by what it ties."""

    predecessor_id: UUID
    successor_id: UUID


class TimelineChanges(TimelineHead):
    """What leads from the timeline with the token `since` to the present one.

    `tasks`: lines that are new or other than they were. `links`: the same, after all `gone_links` have been taken
    away. Lines that leave the order and do not come back are deleted.
    """

    since: str
    tasks: list[TaskRow]
    order: OrderChange
    gone_links: list[LinkEnds]
    links: list[TaskLink]


class TaskOut(BaseModel):
    """One task with what it waits for and what waits for it."""

    id: UUID
    campaign_id: UUID
    campaign_name: str
    parent: Named | None
    kind: TaskKind
    name: str
    notes: str
    owner: Named | None
    state: TaskState
    duration_days: int
    effort_hours: Hours | None
    not_before: date | None
    deadline: date | None
    fixed_on: date | None
    starts_on: date
    ends_on: date
    done_on: date | None
    touchpoint_id: UUID | None
    waits_for: list[Named]
    holds_back: list[Named]
    version: int
    updated_at: datetime
    updated_by: str


class TaskMoved(BaseModel):
    """A task in its new state, and whose turn it is now."""

    task: TaskOut
    handed_over: list[Named]


class WorkRow(BaseModel):
    """A line of somebody's work, in any campaign."""

    id: UUID
    name: str
    kind: TaskKind
    campaign_id: UUID
    campaign_name: str
    state: TaskState
    starts_on: date
    ends_on: date
    deadline: date | None
    done_on: date | None
    effort_hours: Hours | None
    waiting: bool = Field(description="Something before it is not done yet.")
    overdue: bool
    version: int


class TaskFound(BaseModel):
    """A task found by its name, in any campaign."""

    id: UUID
    name: str
    kind: TaskKind
    state: TaskState
    campaign_id: UUID
    campaign_name: str
    owner_name: str | None
    ends_on: date


class PasteIn(BaseModel):
    """Lines of a spreadsheet: name, owner, duration, start, depends on, kind; separated by tabs. `dry`: only look."""

    text: Annotated[str, Field(max_length=4_000_000)]
    parent_id: UUID | None = None
    dry: bool = False


class PasteLine(BaseModel):
    """What was understood of a line."""

    line: int
    depth: int
    name: str
    kind: TaskKind
    owner: str | None
    duration_days: int
    not_before: date | None
    deadline: date | None
    depends: list[int]


class TasksGone(BaseModel):
    """Tasks that are to go."""

    ids: Annotated[list[UUID], Field(min_length=1, max_length=2_000)]


class TasksDeleted(BaseModel):
    """How many tasks went, those below included."""

    count: int


class PasteProblem(BaseModel):
    """What is wrong in a line; `code` names it, `value` is what was written there."""

    line: int
    column: str
    code: str
    value: str


class PasteOut(BaseModel):
    """The lines as understood, what is wrong with them, and how many tasks were made (none while anything is)."""

    lines: list[PasteLine]
    problems: list[PasteProblem]
    created: int
    made: list[UUID]
    reading: SheetReading
