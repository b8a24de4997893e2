"""What a lesson is, in values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field

from gonfalon.kit.days import Day
from gonfalon.kit.schemas import Amount, Internal, Version, clean_text
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


Sentence = Annotated[str, Field(min_length=1, max_length=300), AfterValidator(clean_text)]
Words = Annotated[str, Field(max_length=5_000), AfterValidator(clean_text)]
Channel = Annotated[str, Field(pattern="^[a-z_]{2,16}$")]
Because = Literal["type", "category", "channel", "audience", "words"]


@dataclass(frozen=True, slots=True)
class LessonEffect:
    """How much a metric changed: the best guess, and the range it lies in where that is known. Relative: 0.12 is 12 %
    more than before; else in the metric's own unit."""

    metric: GoalMetric
    value: Amount
    unit: EffectUnit = EffectUnit.RELATIVE
    low: Amount | None = None
    high: Amount | None = None


@dataclass(frozen=True, slots=True)
class LessonEvidence:
    """Where the numbers can be looked at: `id` of a thing of the workspace (`report`: the campaign it is about), or
    `url`."""

    kind: EvidenceKind
    id: UUID | None = None
    url: Annotated[str, Field(max_length=2000), AfterValidator(clean_text)] = ""


@dataclass(frozen=True, slots=True)
class LessonDraft:
    """What is said of a lesson. Context left out means: everywhere."""

    title: Sentence
    situation: Words = ""
    change: Words = ""
    category: Category | None = None
    type: CampaignType | None = None
    channel: Channel | None = None
    audience_id: Internal[UUID | None] = None
    campaign_id: Annotated[Internal[UUID | None], Field(description="Where it was learned")] = None
    effect: LessonEffect | None = None
    evidence: LessonEvidence | None = None
    expires_on: Annotated[Day | None, Field(description="A year from now unless given")] = None
    owner_id: Annotated[
        Internal[UUID | None], Field(description="Who is told before it expires; the writer unless given")
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonSave(LessonDraft):
    """A lesson's new values."""

    version: Version


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


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonBeside(Lesson):
    """A lesson with those that found the opposite for the same context and metric, where they were asked for."""

    contradicts: Annotated[tuple[Lesson, ...], Field(description="The newest three")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpposedLesson(Lesson):
    """A lesson that contradicts another one."""

    beside_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonMatch(LessonBeside):
    """A lesson that fits a campaign, and by what."""

    because: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class DueLesson:
    """A published lesson of any workspace that is about to expire."""

    id: UUID
    workspace_id: int
    title: str
    expires_on: date
    owner_id: UUID
