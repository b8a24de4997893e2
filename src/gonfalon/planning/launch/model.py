"""The launch check as values: what is known about a touchpoint, and the answers to the questions asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from gonfalon.channels.offers import Price
from gonfalon.channels.questions import Answer, Level


@dataclass(frozen=True, slots=True)
class LaunchReach:
    """Who of the audience would get it now. `withheld` counts the others by reason; it all adds up to `audience`."""

    audience: int
    reachable: int
    withheld: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class AudienceFacts:
    """The chosen audience. `broken` is a sentence when its rule cannot be asked any more."""

    id: UUID
    name: str
    broken: str = ""
    archived: bool = False
    reach: LaunchReach | None = None


class Without(StrEnum):
    """What is read in place of a value that somebody lacks."""

    NOTHING = "nothing"
    DEFAULT = "default"
    CONDITION = "condition"
    """what the template has for those without it"""


@dataclass(frozen=True, slots=True)
class Gap:
    """A field that the template uses, and how many of the audience lack it; fallback: the default they read."""

    field: str
    people: int
    kind: Without = Without.NOTHING
    fallback: str = ""
    everybody: bool = False


@dataclass(frozen=True, slots=True)
class TemplateFacts:
    """The newest version of the chosen template.

    errors: sentences. links: destinations, Liquid ones as written. gaps: fields that it uses and some people of the
    audience lack.
    """

    id: UUID
    name: str
    version: int = 1
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    archived: bool = False


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """The channel that it goes by. addressed: to known people.

    noun: what an address on it is called. quiet: hours from and until which it disturbs people, None: never.
    price: of one message, None: nothing. paid_by: whether a budget line pays for it. answers: to the channel's own
    questions.
    """

    name: str
    sent_here: bool
    addressed: bool = True
    noun: str = "address"
    quiet: tuple[int, int] | None = None
    price: Price | None = None
    paid_by: bool = False
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class ApprovalFacts:
    """How an approval stands that the launch needs. kind: launch or content, of `subject_id`; standing: as approvals
    name it; by: who is asked, as (group, role or part) and its name; given_by: who said yes."""

    kind: str
    subject_id: UUID
    standing: str
    request_id: UUID | None = None
    by: tuple[tuple[str, str], ...] = ()
    given_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """How the review of what is sent stands: `state` open, reopened, passed, ended or none, of `template_id`.

    required: nothing is launched without one. version: the newest; passed_version: of the last yes. waits_for: names.
    """

    template_id: UUID
    state: str
    required: bool
    version: int
    review_id: UUID | None = None
    passed_version: int | None = None
    waits_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LaunchFacts:
    """Everything the launch check asks of one touchpoint, read at `now`. `version`: of the touchpoint."""

    touchpoint_id: UUID
    version: int
    campaign_id: UUID
    now: datetime
    today: date
    local_hour: int
    launched: bool
    campaign_state: str
    starts_on: date | None
    ends_on: date | None
    has_goal: bool
    planned_minor: int
    holdout_percent: int
    channel: ChannelFacts
    send_at: datetime | None = None
    audience: AudienceFacts | None = None
    template: TemplateFacts | None = None
    topic: str | None = None
    same_audience: tuple[str, ...] = ()
    approvals: tuple[ApprovalFacts, ...] = ()
    review: ReviewFacts | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """The whole launch check: answers in the order of the questions, and one sentence that sums up who gets it.

    `version` and `template_version`: of the touchpoint and the template that were looked at.
    """

    version: int
    template_version: int | None
    answers: tuple[Answer, ...]
    reach: LaunchReach | None
    sentence: str

    @property
    def blocking(self) -> tuple[Answer, ...]:
        """What must be put right before a launch."""
        return tuple(answer for answer in self.answers if answer.level is Level.BLOCKING)
