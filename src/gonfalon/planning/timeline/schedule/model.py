"""Values of the scheduling engine.

A *point* in time is an integer: `2 * day` is the beginning of a day, `2 * day + 1` its end, where `day` is the date's
proleptic ordinal. So "after Friday's end" and "before Monday's beginning" are different points in the right order, and
a milestone behind a task stands on the day the task ends, though it lasts no time.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Key = Hashable


class LinkKind(StrEnum):
    """Which end of the predecessor holds which end of the successor: finish or start."""

    FINISH_START = "fs"
    START_START = "ss"
    FINISH_FINISH = "ff"
    START_FINISH = "sf"

    @property
    def from_finish(self) -> bool:
        """Whether the predecessor's end counts."""
        return self[0] == "f"

    @property
    def to_finish(self) -> bool:
        """Whether the successor's end is held."""
        return self[1] == "f"


@dataclass(frozen=True, slots=True)
class Job:
    """One thing to be scheduled. Those that are somebody's `parent` span their children and have no length.

    `duration` counts working days of its calendar (an index into the calendars given to `schedule`); 0 is a milestone.
    `fixed` holds inclusive dates that nothing moves (a launch day, work that is done). `dropped` jobs take no time and
    bind nobody but hand on what holds them.
    """

    key: Key
    name: str
    duration: int = 0
    parent: Key | None = None
    calendar: int = 0
    not_before: date | None = None
    deadline: date | None = None
    fixed: tuple[date, date] | None = None
    done: bool = False
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """The successor waits for the predecessor, `lag` working days of its own calendar (negative: it may overlap)."""

    predecessor: Key
    successor: Key
    kind: LinkKind = LinkKind.FINISH_START
    lag: int = 0


@dataclass(frozen=True, slots=True)
class Dated:
    """Where a job comes to lie: inclusive dates.

    `slack` is how many working days it can slip without moving the end, a deadline or a fixed day (negative: one is
    already missed by so many); None for what is done, dropped or a group. `late` counts working days past its own
    deadline or, at a fixed day, of what should have ended before it.
    """

    starts_on: date
    ends_on: date
    slack: int | None
    late: int = 0

    @property
    def critical(self) -> bool:
        """Whether slipping by a day moves the end, a deadline or a fixed day."""
        return self.slack is not None and self.slack <= 0


@dataclass(frozen=True, slots=True)
class Schedule:
    """Every job's dates, and the first and last day of all (None without jobs)."""

    dates: dict[Key, Dated] = field(default_factory=dict)
    starts_on: date | None = None
    ends_on: date | None = None
