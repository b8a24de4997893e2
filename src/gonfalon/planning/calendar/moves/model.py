"""Values of moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from datetime import time as clock_time
from enum import StrEnum
from typing import Any
from uuid import UUID

from gonfalon.planning.timeline.replan.model import Change


class MoveKind(StrEnum):
    """What can be moved."""

    TOUCHPOINT = "touchpoint"
    TASK = "task"
    CAMPAIGN = "campaign"


class Edge(StrEnum):
    """What of a campaign is moved: its first day with all the others, or one of its ends."""

    WHOLE = "whole"
    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class Wish:
    """A move that somebody wants.

    day: the day a touchpoint goes out (None takes its day away), the first day of a task, the first or last day of a
    campaign. time: the touchpoint's clock time where the workspace is, None for the one it has. touchpoints, tasks:
    whether what is planned in a campaign moves with it by as many days.
    """

    kind: MoveKind
    id: UUID
    day: date | None
    time: clock_time | None = None
    edge: Edge = Edge.WHOLE
    touchpoints: bool = True
    tasks: bool = True


class MoveLevel(StrEnum):
    """How bad it is."""

    LOOK = "look"
    BLOCKING = "blocking"


@dataclass(frozen=True, slots=True)
class Break:
    """Something that a move breaks or leaves behind: a code with how many things, their first names, and values."""

    code: str
    names: tuple[str, ...] = ()
    level: MoveLevel = MoveLevel.LOOK
    values: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class MoveShift:
    """One thing that gets another day; `at`: the instant a touchpoint goes out then."""

    kind: MoveKind
    id: UUID
    name: str
    before: date | None
    after: date | None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MovePlan:
    """A move in all its parts. `shifts` begins with what was asked for; the rest is what goes with it.

    fingerprint: stands for everything that is written and everything that was said to break.
    campaign: new first and last day. tasks: changes of its timeline with the fingerprint of their preview.
    """

    name: str
    campaign_id: UUID
    shifts: Sequence[MoveShift]
    breaks: Sequence[Break]
    fingerprint: str = ""
    campaign: tuple[date | None, date | None] | None = None
    tasks: tuple[tuple[Change, ...], str] | None = None
    versions: dict[UUID, int] = field(default_factory=dict)

    @property
    def blocked(self) -> list[Break]:
        """Why it cannot be done, if so."""
        return [each for each in self.breaks if each.level is MoveLevel.BLOCKING]
