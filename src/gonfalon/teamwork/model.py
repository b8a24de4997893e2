"""The door of teamwork: what a thing is, what members are told, and what rooms above register here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context


class ThingKind(StrEnum):
    """What can be talked about, followed and looked at together."""

    CAMPAIGN = "campaign"
    TASK = "task"
    TOUCHPOINT = "touchpoint"
    TEMPLATE = "template"
    AUDIENCE = "audience"
    BRIEF = "brief"
    BUDGET = "budget"
    GOAL = "goal"
    APPROVAL = "approval"
    LESSON = "lesson"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing as rooms name it to each other. `kind` may be given as its plain word."""

    kind: ThingKind
    id: UUID

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", ThingKind(self.kind))


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody who may see a thing learns of it. campaign_id: None for things of no campaign."""

    title: str
    campaign_id: UUID | None = None


Look = Callable[[Context, AsyncConnection, UUID], Awaitable[Seen]]
"""Finds a thing for somebody; raises NotFound (nobody's, another workspace's) or Forbidden (not theirs to read)."""

Guard = Callable[[Context, AsyncConnection, UUID], Awaitable[Any]]
"""Raises NotFound when the context's member may not see the campaign of this id."""

THINGS: dict[ThingKind, Look] = {}
"""How each kind is found; the entry room fills it from the rooms that own them. A kind without one is not there yet."""

VISIBLE: list[Guard] = []
"""Who may see a campaign; the entry room fills it from planning. While it is empty, guests see none."""


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
    BUDGET_OVERRUN = "budget_overrun"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    SCHEDULE_MOVED = "schedule_moved"
    CAMPAIGN_CHANGED = "campaign_changed"
    LESSON_DUE = "lesson_due"


@dataclass(frozen=True, slots=True)
class NoticeRule:
    """How a kind of notice goes out unless the member chose otherwise, and the values its sentence needs.

    Values: `on` an ISO date, `amount_minor` with `currency`, `decision` one of DECISIONS, `note` a line of plain text.
    `note` may be given with every kind.
    """

    delivery: Delivery
    needs: frozenset[str] = frozenset()


DECISIONS = ("approved", "changes", "refused")

NOTICES: dict[NoticeKind, NoticeRule] = {
    NoticeKind.MENTIONED: NoticeRule(Delivery.NOW),
    NoticeKind.COMMENTED: NoticeRule(Delivery.DAILY),
    NoticeKind.ASSIGNED: NoticeRule(Delivery.NOW),
    NoticeKind.HANDED_OVER: NoticeRule(Delivery.NOW),
    NoticeKind.APPROVAL_ASKED: NoticeRule(Delivery.NOW),
    NoticeKind.APPROVAL_DECIDED: NoticeRule(Delivery.NOW, frozenset({"decision"})),
    NoticeKind.APPROVAL_VOID: NoticeRule(Delivery.NOW),
    NoticeKind.BUDGET_OVERRUN: NoticeRule(Delivery.NOW, frozenset({"amount_minor", "currency"})),
    NoticeKind.DUE_SOON: NoticeRule(Delivery.DAILY, frozenset({"on"})),
    NoticeKind.OVERDUE: NoticeRule(Delivery.DAILY, frozenset({"on"})),
    NoticeKind.SCHEDULE_MOVED: NoticeRule(Delivery.DAILY, frozenset({"on"})),
    NoticeKind.CAMPAIGN_CHANGED: NoticeRule(Delivery.DAILY),
    NoticeKind.LESSON_DUE: NoticeRule(Delivery.DAILY, frozenset({"on"})),
}
"""Every kind with its rule. The sentences: `notice.<kind>` in the interface, `mail/words.py` in mails."""
