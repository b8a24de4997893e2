"""Changes to a plan, and what they come to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from gonfalon.planning.timeline.capacity.rules import Overload
from gonfalon.planning.timeline.model import Plan, Task
from gonfalon.planning.timeline.schedule import LinkKind

PLANNED = ("kind", "owner_id", "duration_days", "effort_hours", "not_before", "deadline", "fixed_on", "ends_on")


@dataclass(frozen=True, slots=True)
class SetTask:
    """New values of one task, by name (see PLANNED). `ends_on` sets the duration so that it ends on that day."""

    task_id: UUID
    values: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class SetLink:
    """A link between two tasks, new or changed."""

    predecessor_id: UUID
    successor_id: UUID
    kind: LinkKind = LinkKind.FINISH_START
    lag_days: int = 0


@dataclass(frozen=True, slots=True)
class DropLink:
    """The link between two tasks goes."""

    predecessor_id: UUID
    successor_id: UUID


@dataclass(frozen=True, slots=True)
class FromDay:
    """What is not begun begins on this day at the earliest, and what is going on does not end before it."""

    day: date


Change = SetTask | SetLink | DropLink | FromDay


@dataclass(frozen=True, slots=True)
class Move:
    """A task whose dates change, before and after; `days`: working days by which its end moves (later: positive)."""

    task: Task
    starts_before: date
    ends_before: date
    days: int


@dataclass(frozen=True, slots=True)
class Late:
    """A task that misses its deadline or fixed day by so many working days."""

    task: Task
    days: int


@dataclass(frozen=True, slots=True)
class Held:
    """A task that begins later than was asked for, because of these."""

    task: Task
    wanted: date
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What changes come to. `fingerprint` stands for all of it: applied is what was shown, or nothing."""

    fingerprint: str
    plan: Plan
    moves: list[Move]
    late: list[Late]
    held: list[Held]
    critical_before: int
    now_critical: list[Task]
    no_longer_critical: list[Task]
    ends_before: date | None
    ends_on: date | None
    overloads: list[Overload]
