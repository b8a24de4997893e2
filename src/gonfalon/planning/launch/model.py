"""The launch check as values: what is known about a touchpoint, and the answers to the questions asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from gonfalon.planning.touchpoints.model import TouchpointChannel


class Level(StrEnum):
    """How an answer counts."""

    OK = "ok"
    LOOK = "look"
    BLOCKING = "blocking"


class Place(StrEnum):
    """Where something is put right."""

    TOUCHPOINT = "touchpoint"
    AUDIENCE = "audience"
    TEMPLATE = "template"
    SENDERS = "senders"
    EMAIL_SETTINGS = "email_settings"
    GOAL = "goal"
    BUDGET = "budget"
    CAMPAIGN = "campaign"
    APPROVAL = "approval"


@dataclass(frozen=True, slots=True)
class Fix:
    """Where to go: a place, and the id of the thing there if it is one of many."""

    place: Place
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One question answered.

    `code` is stable and says question and finding (`audience.empty`); `sentence` is the answer in English,
    `values` what a translation of it needs.
    """

    code: str
    level: Level
    sentence: str
    values: Mapping[str, Any] = field(default_factory=dict)
    fix: Fix | None = None

    @property
    def question(self) -> str:
        """What was asked: the part of the code before the dot."""
        return self.code.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Reach:
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
    reach: Reach | None = None


@dataclass(frozen=True, slots=True)
class TemplateFacts:
    """The newest version of the chosen template.

    errors: sentences. links: destinations, Liquid ones as written. gaps: people of the audience without a value,
    by the field the template takes without a default. size: bytes of the HTML.
    """

    id: UUID
    name: str
    version: int = 1
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    unsubscribe: bool = True
    gaps: Mapping[str, int] = field(default_factory=dict)
    size: int = 0
    archived: bool = False


@dataclass(frozen=True, slots=True)
class SenderFacts:
    """Who the mail is from and how it leaves. signing_domain "": not signed. sandbox: nothing leaves the machine."""

    id: UUID
    address: str
    sandbox: bool
    signing_domain: str = ""
    archived: bool = False


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
    send_at: datetime | None = None
    audience: AudienceFacts | None = None
    template: TemplateFacts | None = None
    sender: SenderFacts | None = None
    topic: str | None = None
    same_audience: tuple[str, ...] = ()
    approvals: tuple[ApprovalFacts, ...] = ()
    channel: TouchpointChannel = TouchpointChannel.EMAIL


@dataclass(frozen=True, slots=True)
class Check:
    """The whole launch check: answers in the order of the questions, and one sentence that sums up who gets it.

    `version` and `template_version`: of the touchpoint and the template that were looked at.
    """

    version: int
    template_version: int | None
    answers: tuple[Answer, ...]
    reach: Reach | None
    sentence: str

    @property
    def blocking(self) -> tuple[Answer, ...]:
        """What must be put right before a launch."""
        return tuple(answer for answer in self.answers if answer.level is Level.BLOCKING)
