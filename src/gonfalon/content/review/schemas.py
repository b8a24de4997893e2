"""Shapes of the reviews API."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from gonfalon.approvals.model import Quorum
from gonfalon.content.review.model import (
    ContentKind,
    Importance,
    ReviewAnswer,
    ReviewState,
    ReviewStepKind,
    Seat,
    Step,
    StepResult,
)

_VERSION = Field(ge=1, le=2**31 - 1)


class ReviewSeatIn(BaseModel):
    """A reviewer, and who may answer instead."""

    user_id: UUID
    stand_in_id: UUID | None = None


class ReviewStepIn(BaseModel):
    """A step to come. `days`: working days from its beginning until it is due. Seats belong to review steps."""

    kind: ReviewStepKind
    quorum: Quorum = Quorum.ANY
    days: int | None = Field(default=None, ge=0, le=250)
    seats: list[ReviewSeatIn] = Field(default=[], max_length=50)


class ReviewIn(BaseModel):
    """What is to be reviewed, in which steps, by whom."""

    kind: ContentKind
    content_id: UUID
    importance: Importance = Importance.USUAL
    steps: list[ReviewStepIn] = Field(max_length=50)
    note: str = Field(default="", max_length=2_000)

    def planned(self) -> list[Step]:
        """Return the steps as the room has them."""
        return [
            Step(
                None,
                position,
                each.kind,
                each.quorum,
                each.days,
                seats=tuple(Seat(None, seat.user_id, seat.stand_in_id) for seat in each.seats),
            )
            for position, each in enumerate(self.steps)
        ]


class HandInIn(BaseModel):
    """The open draft step, and the newest version as it was seen."""

    step: int = Field(ge=0, le=32_000)
    version: int = _VERSION


class ReviewAnswerIn(HandInIn):
    """The answer to that version, in the open review step. Changes say in `note` what is to change."""

    answer: ReviewAnswer
    note: str = Field(default="", max_length=2_000)


class ReviewSettings(BaseModel):
    """`required`: no content is launched unless its newest version has passed a review."""

    required: bool


class ReviewSeatOut(BaseModel):
    """Whom a step waits for, and what was answered. `outside`: by a link. `counts`: it is on the newest version."""

    name: str
    user_id: UUID | None
    stand_in: str
    outside: bool
    answer: ReviewAnswer | None
    note: str
    version: int | None
    by: str
    at: datetime | None
    counts: bool


class ReviewStepOut(BaseModel):
    """A step. `round` counts those of its kind; `last` is the last of them. `result` None: open or to come."""

    position: int
    kind: ReviewStepKind
    round: int
    last: bool
    quorum: Quorum
    days: int | None
    begun_at: datetime | None
    due_at: datetime | None
    done_at: datetime | None
    result: StepResult | None
    version: int | None
    by: str
    seats: list[ReviewSeatOut]


class ReviewOut(BaseModel):
    """A review. `version` is the newest of the content; `step` the open step, None where none is.

    `reopened`: it had passed with an earlier version. `may_*`: what you can do now; `own`: you wrote it, so that others
    decide; `alone`: you are the only member, so that you decide on your own.
    """

    id: UUID
    kind: ContentKind
    content_id: UUID
    title: str
    importance: Importance
    note: str
    asked_by: str
    asked_at: datetime
    state: ReviewState
    step: int | None
    version: int
    passed_version: int | None
    reopened: bool
    ended_by: str
    steps: list[ReviewStepOut]
    versions: list[ReviewVersion]
    may_hand_in: bool
    may_answer: bool
    may_end: bool
    own: bool
    alone: bool


class ReviewVersion(BaseModel):
    """A version of the content, by its number."""

    number: int
    by: str
    at: datetime


class ReviewVersionOut(BaseModel):
    """A version as it looks and as it is written. `picture`: the address of an asset, which has no words."""

    number: int
    subject: str
    preheader: str
    html: str
    source: str
    picture: str


class ReviewRow(BaseModel):
    """A review on the board: what it waits for, since when."""

    id: UUID
    kind: ContentKind
    content_id: UUID
    title: str
    importance: Importance
    state: ReviewState
    reopened: bool
    step: int
    step_kind: ReviewStepKind
    round: int
    last: bool
    since: datetime
    due_at: datetime | None
    version: int
    passed_version: int | None
    asked_by: str
    waits_for: list[str]
    mine: bool
