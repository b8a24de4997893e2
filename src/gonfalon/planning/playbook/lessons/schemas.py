"""Shapes of lessons."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from gonfalon.kit.days import Day
from gonfalon.kit.schemas import Amount, Version, clean_text
from gonfalon.metrics.catalogue import GoalMetric
from gonfalon.metrics.model import Category
from gonfalon.planning.campaigns.model import CampaignType
from gonfalon.planning.model import Named
from gonfalon.planning.playbook.lessons.model import (
    Effect,
    EffectUnit,
    Evidence,
    EvidenceKind,
    LessonDraft,
    LessonState,
)

Sentence = Annotated[str, Field(min_length=1, max_length=300), AfterValidator(clean_text)]
Words = Annotated[str, Field(max_length=5_000), AfterValidator(clean_text)]
Channel = Annotated[str, Field(pattern="^[a-z_]{2,16}$")]
Because = Literal["type", "category", "channel", "audience", "words"]


class EffectShape(BaseModel):
    """How much a metric changed. Relative: 0.12 is 12 % more than before; else in the metric's own unit."""

    metric: GoalMetric
    unit: EffectUnit = EffectUnit.RELATIVE
    value: Amount
    low: Amount | None = None
    high: Amount | None = None


class EvidenceShape(BaseModel):
    """Where the numbers can be looked at: `id` of a thing of the workspace, or `url`."""

    kind: EvidenceKind
    id: UUID | None = None
    url: Annotated[str, Field(max_length=2000), AfterValidator(clean_text)] = ""


class LessonIn(BaseModel):
    """A finding. Context left out means: everywhere."""

    title: Sentence
    situation: Words = ""
    change: Words = ""
    category: Category | None = None
    type: CampaignType | None = None
    channel: Channel | None = None
    audience_id: UUID | None = None
    campaign_id: Annotated[UUID | None, Field(description="Where it was learned")] = None
    effect: EffectShape | None = None
    evidence: EvidenceShape | None = None
    expires_on: Annotated[Day | None, Field(description="A year from now unless given")] = None
    owner_id: Annotated[UUID | None, Field(description="Who is told before it expires; the writer unless given")] = None

    def draft(self) -> LessonDraft:
        """Return the values of the action."""
        return LessonDraft(
            title=self.title,
            situation=self.situation,
            change=self.change,
            category=self.category,
            type=self.type,
            channel=self.channel,
            audience_id=self.audience_id,
            campaign_id=self.campaign_id,
            effect=None if self.effect is None else Effect(**dict(self.effect)),
            evidence=None if self.evidence is None else Evidence(**dict(self.evidence)),
            expires_on=self.expires_on,
            owner_id=self.owner_id,
        )


class LessonSave(LessonIn):
    """A lesson's new values."""

    version: Version


class LessonMove(BaseModel):
    """Whether the lesson is shown to others."""

    state: Literal["draft", "published"]
    version: Version


class LessonOut(BaseModel):
    """A lesson."""

    id: UUID
    title: str
    situation: str
    change: str
    category: Category | None
    type: CampaignType | None
    channel: str | None
    audience: Named | None
    campaign: Named | None
    owner: Named | None
    effect: EffectShape | None
    evidence: EvidenceShape | None
    expires_on: date
    state: LessonState
    version: int
    created_at: datetime
    updated_at: datetime
    updated_by: str


class LessonBeside(LessonOut):
    """A lesson with those that found the opposite for the same context and metric."""

    contradicts: Annotated[list[LessonOut], Field(description="The newest three")]


class LessonMatch(LessonBeside):
    """A lesson that fits a campaign, and why."""

    because: list[Because]
