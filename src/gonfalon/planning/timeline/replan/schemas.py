"""Shapes of changes to a timeline and of what they move."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from gonfalon.kit.days import Day
from gonfalon.planning.model import Named
from gonfalon.planning.timeline.model import Duration, Hours, TaskKind
from gonfalon.planning.timeline.replan.model import PLANNED, Change, DropLink, FromDay, Preview, SetLink, SetTask
from gonfalon.planning.timeline.schedule import LinkKind


class TaskChange(BaseModel):
    """New values of one task; what is left out stays. `ends_on` sets the duration so that it ends on that day."""

    op: Literal["set"]
    task_id: UUID
    kind: TaskKind = TaskKind.TASK
    owner_id: UUID | None = None
    duration_days: Duration = 1
    effort_hours: Hours | None = None
    not_before: Day | None = None
    deadline: Day | None = None
    fixed_on: Day | None = None
    ends_on: Day | None = None

    def change(self) -> Change:
        """Return the same as the rules know it."""
        given = self.model_fields_set
        return SetTask(self.task_id, tuple((name, getattr(self, name)) for name in PLANNED if name in given))


class LinkChange(BaseModel):
    """A link between two tasks, new or with another kind or lag."""

    op: Literal["link"]
    predecessor_id: UUID
    successor_id: UUID
    kind: LinkKind = LinkKind.FINISH_START
    lag_days: Annotated[int, Field(ge=-1000, le=1000)] = 0

    def change(self) -> Change:
        """Return the same as the rules know it."""
        return SetLink(self.predecessor_id, self.successor_id, self.kind, self.lag_days)


class UnlinkChange(BaseModel):
    """The link between two tasks goes."""

    op: Literal["unlink"]
    predecessor_id: UUID
    successor_id: UUID

    def change(self) -> Change:
        """Return the same as the rules know it."""
        return DropLink(self.predecessor_id, self.successor_id)


class FromDayChange(BaseModel):
    """What is not begun begins on this day at the earliest; what is going on does not end before it."""

    op: Literal["from_day"]
    day: Day

    def change(self) -> Change:
        """Return the same as the rules know it."""
        return FromDay(self.day)


AnyChange = Annotated[TaskChange | LinkChange | UnlinkChange | FromDayChange, Field(discriminator="op")]


class ChangesIn(BaseModel):
    """Changes to a timeline, in their order. None at all plans again, e.g. after a calendar has changed."""

    changes: Annotated[list[AnyChange], Field(max_length=2000)] = []


class ApplyIn(ChangesIn):
    """The same changes with the fingerprint of the preview in which they were shown."""

    fingerprint: Annotated[str, Field(max_length=64)]


class MoveOut(BaseModel):
    """A task whose dates change; `days`: working days by which its end moves (later: positive)."""

    id: UUID
    name: str
    starts_before: date
    ends_before: date
    starts_on: date
    ends_on: date
    days: int


class LateOut(BaseModel):
    """A task that would newly miss its deadline or fixed day, or by more than before."""

    id: UUID
    name: str
    days: int


class HeldOut(BaseModel):
    """A task that would begin later than asked for, because it waits for these."""

    id: UUID
    name: str
    wanted: date
    starts_on: date
    by: list[str]


class OverloadOut(BaseModel):
    """A week in which somebody would be asked for more hours than they have."""

    owner_id: UUID
    week: date
    capacity: Hours
    load: Hours
    load_before: Hours


class PreviewOut(BaseModel):
    """What the changes would move. Apply them with the fingerprint: what happens is what is shown here, or nothing."""

    fingerprint: str
    moves: list[MoveOut]
    late: list[LateOut]
    held: list[HeldOut]
    overloads: list[OverloadOut]
    now_critical: list[Named]
    no_longer_critical: list[Named]
    ends_before: date | None
    ends_on: date | None

    @classmethod
    def of(cls, found: Preview) -> PreviewOut:
        """Return the preview as the API shows it."""
        return cls(
            fingerprint=found.fingerprint,
            moves=[
                MoveOut(
                    id=move.task.id,
                    name=move.task.name,
                    starts_before=move.starts_before,
                    ends_before=move.ends_before,
                    starts_on=move.task.starts_on,
                    ends_on=move.task.ends_on,
                    days=move.days,
                )
                for move in found.moves
            ],
            late=[LateOut(id=late.task.id, name=late.task.name, days=late.days) for late in found.late],
            held=[
                HeldOut(
                    id=held.task.id,
                    name=held.task.name,
                    wanted=held.wanted,
                    starts_on=held.task.starts_on,
                    by=list(held.by),
                )
                for held in found.held
            ],
            overloads=[
                OverloadOut(
                    owner_id=over.owner_id,
                    week=over.week,
                    capacity=over.capacity,
                    load=over.load,
                    load_before=over.before,
                )
                for over in found.overloads
            ],
            now_critical=[Named(id=task.id, name=task.name) for task in found.now_critical],
            no_longer_critical=[Named(id=task.id, name=task.name) for task in found.no_longer_critical],
            ends_before=found.ends_before,
            ends_on=found.ends_on,
        )
