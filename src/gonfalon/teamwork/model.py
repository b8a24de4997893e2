"""The door of teamwork: what a thing is, what members are told, and what rooms above register here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID


class ThingKind(StrEnum):
    """What can be talked about, followed and looked at together."""

    CAMPAIGN = "campaign"
    TASK = "task"
    TOUCHPOINT = "touchpoint"
    TEMPLATE = "template"
    ASSET = "asset"
    REVIEW = "review"
    AUDIENCE = "audience"
    BRIEF = "brief"
    BUDGET = "budget"
    GOAL = "goal"
    APPROVAL = "approval"
    LESSON = "lesson"
    PAGE = "page"
    EVENT = "event"
    SOURCE = "source"
    PERSONA = "persona"
    SCORE = "score"


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing as rooms name it to each other. `kind` may be given as its plain word."""

    kind: ThingKind
    id: UUID

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", ThingKind(self.kind))


@dataclass(frozen=True, slots=True)
class Piece:
    """A thing that somebody is told of, with its name and the values of the sentence (see NoticeRule)."""

    thing: Thing
    title: str
    values: Mapping[str, Any] = field(default_factory=dict)
    once: str | None = None
    """A member is told the same (kind, thing, once) a single time."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody who may see a thing learns of it. campaign_id: None for things of no campaign."""

    title: str
    campaign_id: UUID | None = None


class Delivery(StrEnum):
    """How a notice reaches its member besides the list in the product."""

    NOW = "now"
    DAILY = "daily"
    OFF = "off"


class NoticeKind(StrEnum):
    """What a member is told."""

    MENTIONED = "mentioned"
    COMMENTED = "commented"
    ASSIGNED = "assigned"
    HANDED_OVER = "handed_over"
    APPROVAL_ASKED = "approval_asked"
    APPROVAL_DECIDED = "approval_decided"
    APPROVAL_VOID = "approval_void"
    REVIEW_ASKED = "review_asked"
    REVIEW_ANSWERED = "review_answered"
    REVIEW_REOPENED = "review_reopened"
    BUDGET_OVERRUN = "budget_overrun"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    SCHEDULE_MOVED = "schedule_moved"
    CAMPAIGN_CHANGED = "campaign_changed"
    LESSON_DUE = "lesson_due"
    SENDING_TROUBLE = "sending_trouble"
    SENT_FEWER = "sent_fewer"
    EVENT_STOPPED = "event_stopped"
    EVENT_CHANGED = "event_changed"
    SOURCE_SILENT = "source_silent"
    PERSONA_DRIFTED = "persona_drifted"
    STAGE_REACHED = "stage_reached"


@dataclass(frozen=True, slots=True)
class NoticeRule:
    """How a kind of notice goes out unless the member chose otherwise, and the values its sentence needs.

    Values: `on` an ISO date, `amount_minor` with `currency`, `decision` one of DECISIONS, `trouble` one of
    TROUBLES, `sent` and `planned` numbers of people, `risen` how many are newly in a `stage`, `note` a line of plain
    text; `subject` and `people`, what an approval is about and how many it would reach; `count` and `first` of several
    things (`notify_of_many`).
    `note`, `on` and an amount may be given with every kind.
    """

    delivery: Delivery
    needs: frozenset[str] = frozenset()


TROUBLES = ("held", "restored", "blocked", "stalled", "failed")
DECISIONS = ("approved", "changes", "refused")

NOTICES: dict[NoticeKind, NoticeRule] = {
    NoticeKind.MENTIONED: NoticeRule(Delivery.NOW),
    NoticeKind.COMMENTED: NoticeRule(Delivery.DAILY),
    NoticeKind.ASSIGNED: NoticeRule(Delivery.NOW),
    NoticeKind.HANDED_OVER: NoticeRule(Delivery.NOW),
    NoticeKind.APPROVAL_ASKED: NoticeRule(Delivery.NOW),
    NoticeKind.APPROVAL_DECIDED: NoticeRule(Delivery.NOW, frozenset({"decision"})),
    NoticeKind.APPROVAL_VOID: NoticeRule(Delivery.NOW),
    NoticeKind.REVIEW_ASKED: NoticeRule(Delivery.NOW),
    NoticeKind.REVIEW_ANSWERED: NoticeRule(Delivery.NOW, frozenset({"decision"})),
    NoticeKind.REVIEW_REOPENED: NoticeRule(Delivery.NOW),
    NoticeKind.BUDGET_OVERRUN: NoticeRule(Delivery.NOW, frozenset({"amount_minor", "currency"})),
    NoticeKind.DUE_SOON: NoticeRule(Delivery.DAILY, frozenset({"on"})),
    NoticeKind.OVERDUE: NoticeRule(Delivery.DAILY, frozenset({"on"})),
    NoticeKind.SCHEDULE_MOVED: NoticeRule(Delivery.DAILY, frozenset({"on"})),
    NoticeKind.CAMPAIGN_CHANGED: NoticeRule(Delivery.DAILY),
    NoticeKind.LESSON_DUE: NoticeRule(Delivery.DAILY, frozenset({"on"})),
    NoticeKind.SENDING_TROUBLE: NoticeRule(Delivery.NOW, frozenset({"trouble"})),
    NoticeKind.SENT_FEWER: NoticeRule(Delivery.NOW, frozenset({"sent", "planned"})),
    NoticeKind.EVENT_STOPPED: NoticeRule(Delivery.NOW),
    NoticeKind.EVENT_CHANGED: NoticeRule(Delivery.DAILY),
    NoticeKind.SOURCE_SILENT: NoticeRule(Delivery.NOW),
    NoticeKind.PERSONA_DRIFTED: NoticeRule(Delivery.DAILY),
    NoticeKind.STAGE_REACHED: NoticeRule(Delivery.NOW, frozenset({"stage", "risen"})),
}
"""Every kind with its rule. The sentences: `notice.<kind>` in the interface, `mail/words.py` in mails."""

OF_MANY = frozenset(
    {
        NoticeKind.ASSIGNED,
        NoticeKind.HANDED_OVER,
        NoticeKind.DUE_SOON,
        NoticeKind.OVERDUE,
        NoticeKind.SCHEDULE_MOVED,
        NoticeKind.BUDGET_OVERRUN,
    }
)
"""Kinds that can tell of several things at once; their sentences end in `.many`."""


@dataclass(frozen=True, slots=True)
class MemberName:
    """A member by their present name."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class ThingRef:
    """A thing with its name, and the campaign it belongs to."""

    kind: ThingKind
    id: UUID
    title: str
    campaign_id: UUID | None
