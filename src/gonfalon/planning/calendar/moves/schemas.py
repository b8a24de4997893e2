"""Shapes of moves."""

from __future__ import annotations

from datetime import time as clock_time
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field

from gonfalon.kit.days import Day
from gonfalon.planning.calendar.collisions.model import Collision
from gonfalon.planning.calendar.moves.model import Edge, MoveKind, MoveLevel, MovePlan, MoveShift, Wish

MOST_NAMED = 50


class CalendarMoveIn(BaseModel):
    """A move. `day`: when a touchpoint goes out (null takes its day away), a task's or a campaign's first day.

    `time`: a touchpoint's clock time in the workspace's zone; without it, it keeps the one it has. `edge`: what of a
    campaign is moved. `touchpoints`, `tasks`: what is planned in a campaign moves with it by as many days.
    """

    kind: MoveKind
    id: UUID
    day: Day | None
    time: clock_time | None = None
    edge: Edge = Edge.WHOLE
    touchpoints: bool = True
    tasks: bool = True

    def wish(self) -> Wish:
        """Return the same as the rules know it."""
        clock = None if self.time is None else self.time.replace(tzinfo=None, fold=0)
        return Wish(self.kind, self.id, self.day, clock, self.edge, self.touchpoints, self.tasks)


class CalendarMoveApply(CalendarMoveIn):
    """The same move with the fingerprint of the preview that showed what it breaks."""

    fingerprint: Annotated[str, Field(max_length=64)]


class MoveBreak(BaseModel):
    """Something a move breaks or leaves behind. `code` is stable; `names` are the first few things it is about."""

    code: str
    level: MoveLevel
    names: list[str]
    values: dict[str, Any]


class MoveCollision(BaseModel):
    """A pair of touchpoints that hits `people` of the same people, `days` days apart."""

    one: str
    other: str
    days: int
    people: int


class CalendarMoveOut(BaseModel):
    """What a move comes to: the first shift is what was asked for, the others go with it (the first 50 are named).

    `made`, `solved`: collisions, those with most people first; `counted` is false while people are still being counted.
    """

    fingerprint: str
    name: str
    shifts: list[MoveShift]
    shifted: int
    breaks: list[MoveBreak]
    blocked: bool
    made: list[MoveCollision]
    solved: list[MoveCollision]
    counted: bool

    @classmethod
    def of(
        cls,
        plan: MovePlan,
        made: list[Collision] | None = None,
        solved: list[Collision] | None = None,
        counted: bool = True,
    ) -> CalendarMoveOut:
        """Return the move as the API shows it."""
        return cls(
            fingerprint=plan.fingerprint,
            name=plan.name,
            shifts=list(plan.shifts[:MOST_NAMED]),
            shifted=len(plan.shifts),
            breaks=[
                MoveBreak(code=each.code, level=each.level, names=list(each.names), values=dict(each.values))
                for each in plan.breaks
            ],
            blocked=bool(plan.blocked),
            made=[_pair(pair) for pair in (made or [])[:MOST_NAMED]],
            solved=[_pair(pair) for pair in (solved or [])[:MOST_NAMED]],
            counted=counted,
        )


def _pair(pair: Collision) -> MoveCollision:
    return MoveCollision(one=pair.one.name, other=pair.other.name, days=pair.days, people=pair.people)
