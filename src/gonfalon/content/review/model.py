"""What a review is: steps of drafting and looking, the people who look, and what they answered on which version."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from gonfalon.approvals.model import Quorum


class ContentKind(StrEnum):
    """What can be reviewed."""

    TEMPLATE = "template"
    ASSET = "asset"
    """a picture; it has one version"""


class Importance(StrEnum):
    """How much looking a content is worth; it proposes the steps."""

    SMALL = "small"
    USUAL = "usual"
    IMPORTANT = "important"


class ReviewStepKind(StrEnum):
    """Whether a step is the author's turn or the reviewers'."""

    DRAFT = "draft"
    REVIEW = "review"


class ReviewAnswer(StrEnum):
    """What a reviewer says of a version."""

    YES = "yes"
    CHANGES = "changes"


class ReviewState(StrEnum):
    """How a review stands as a whole."""

    OPEN = "open"
    PASSED = "passed"
    """for one version; a later one opens it again"""
    ENDED = "ended"
    """by hand, or by the next review of the content"""


class StepResult(StrEnum):
    """What a step came to."""

    HANDED_IN = "handed_in"
    YES = "yes"
    CHANGES = "changes"


@dataclass(frozen=True, slots=True)
class Content:
    """What is reviewed, in its newest version."""

    kind: ContentKind
    id: UUID
    name: str
    version: int


@dataclass(frozen=True, slots=True)
class Seat:
    """Whom a step waits for, and the answer. id None: not stored yet. answered_by: they, or who spoke for them."""

    id: UUID | None
    user_id: UUID | None
    stand_in_id: UUID | None = None
    link_id: UUID | None = None
    answer: ReviewAnswer | None = None
    note: str = ""
    version: int | None = None
    answered_by: UUID | None = None
    answered_by_name: str = ""
    answered_at: datetime | None = None
    step_id: UUID | None = None

    def said_yes(self, version: int) -> bool:
        """Return whether the answer is a yes to exactly this version."""
        return self.answer is ReviewAnswer.YES and self.version == version


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a review. id None: not stored yet."""

    id: UUID | None
    position: int
    kind: ReviewStepKind
    quorum: Quorum = Quorum.ANY
    days: int | None = None
    begun_at: datetime | None = None
    due_at: datetime | None = None
    done_at: datetime | None = None
    result: StepResult | None = None
    version: int | None = None
    done_by: str = ""
    reminded: int = 0
    seats: tuple[Seat, ...] = ()

    def waits_for(self, version: int) -> tuple[Seat, ...]:
        """Return the members' seats that have not said yes to this version."""
        return tuple(each for each in self.seats if each.link_id is None and not each.said_yes(version))


@dataclass(frozen=True, slots=True)
class Course:
    """How far a review has come: what its rules look at and change."""

    state: ReviewState
    steps: tuple[Step, ...]
    step: int = 0
    passed_version: int | None = None

    @property
    def current(self) -> Step:
        """The step that is open, or was the last."""
        return self.steps[self.step]


@dataclass(frozen=True, slots=True)
class Review:
    """A review as it was asked for."""

    id: UUID
    kind: ContentKind
    content_id: UUID
    title: str
    importance: Importance
    note: str
    asked_by: UUID | None
    asked_by_name: str
    state: ReviewState
    step: int
    from_version: int
    passed_version: int | None
    ended_by: str
    changed_at: datetime
    created_at: datetime


@dataclass(frozen=True, slots=True)
class PassedReview:
    """A passed review of which a later version was saved."""

    workspace_id: int
    id: UUID


@dataclass(frozen=True, slots=True)
class DueStep:
    """An open step that its people are to be reminded of. id: of the review."""

    workspace_id: int
    id: UUID
    title: str
    step_id: UUID
    due_at: datetime
    overdue: bool
    people: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class ReviewStanding:
    """How the review of a content stands, for whoever wants to use it.

    required: the workspace uses no content without one. state None: nobody has asked. passed_version: of the last yes,
    which holds only where it is the newest version.
    """

    required: bool
    version: int
    review_id: UUID | None = None
    state: ReviewState | None = None
    passed_version: int | None = None
    waits_for: tuple[str, ...] = field(default=())

    @property
    def passed(self) -> bool:
        """Whether the newest version has its last yes."""
        return self.state is ReviewState.PASSED and self.passed_version == self.version
