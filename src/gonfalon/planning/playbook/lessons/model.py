"""What a lesson is, in values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from gonfalon.metrics.catalogue import GoalMetric
from gonfalon.metrics.model import Category
from gonfalon.planning.campaigns.model import CampaignType
from gonfalon.planning.model import Named


class LessonState(StrEnum):
    """Where a lesson stands. A published one whose day has come reads as expired."""

    DRAFT = "draft"
    PUBLISHED = "published"
    EXPIRED = "expired"


class EffectUnit(StrEnum):
    """In what an effect is told: a share of what it was before (0.12 is 12 % more), or a difference in the metric's
    own unit: a count, a fraction of one, money in minor units."""

    RELATIVE = "relative"
    COUNT = "count"
    SHARE = "share"
    MONEY = "money"


class EvidenceKind(StrEnum):
    """Where the numbers behind a lesson can be looked at."""

    CAMPAIGN = "campaign"
    REPORT = "report"
    TOUCHPOINT = "touchpoint"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Effect:
    """How much a metric changed: the best guess, and the range it lies in where that is known."""

    metric: GoalMetric
    unit: EffectUnit
    value: Decimal
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A thing of the workspace (`report`: the campaign it is about), or an address on the web."""

    kind: EvidenceKind
    id: UUID | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class LessonDraft:
    """What is said of a lesson. Context left out means: everywhere."""

    title: str
    situation: str = ""
    change: str = ""
    category: Category | None = None
    type: CampaignType | None = None
    channel: str | None = None
    audience_id: UUID | None = None
    campaign_id: UUID | None = None
    effect: Effect | None = None
    evidence: Evidence | None = None
    expires_on: date | None = None
    owner_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson(LessonDraft):
    """A lesson as it stands today, with the names it needs."""

    id: UUID
    expires_on: date
    state: LessonState
    audience: Named | None
    campaign: Named | None
    owner: Named | None
    version: int
    created_at: datetime
    updated_at: datetime
    updated_by: str
    contradicts: tuple[Lesson, ...] = ()
    """The newest that found the opposite for the same context and metric, where they were asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpposedLesson(Lesson):
    """A lesson that contradicts another one."""

    beside_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchingLesson(Lesson):
    """A lesson that fits a campaign, and by what."""

    by_type: bool
    by_category: bool
    by_channel: bool
    by_audience: bool
    by_words: bool

    @property
    def because(self) -> list[str]:
        """What it fits by, in the order it is told."""
        by = {
            "type": self.by_type,
            "category": self.by_category,
            "channel": self.by_channel,
            "audience": self.by_audience,
            "words": self.by_words,
        }
        return [reason for reason, fits in by.items() if fits]


@dataclass(frozen=True, slots=True)
class DueLesson:
    """A published lesson of any workspace that is about to expire."""

    id: UUID
    workspace_id: int
    title: str
    expires_on: date
    owner_id: UUID
