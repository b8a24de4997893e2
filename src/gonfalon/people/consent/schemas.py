"""Shapes of consent and topics."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from gonfalon.accounts.schemas import Name
from gonfalon.kit.days import Moment
from gonfalon.people.consent.model import ConsentProof, LegalBasis, Said, TopicConsent
from gonfalon.people.consent.rules import LAST_POSITION
from gonfalon.people.model import Channel


class TopicIn(BaseModel):
    """A topic to be made."""

    name: Name
    description: str = Field(default="", max_length=1000)


class TopicUpdate(TopicIn):
    """A topic's new name, description and place in the order."""

    position: int = Field(default=0, ge=0, le=LAST_POSITION)
    lasts_months: int | None = Field(
        default=None, ge=1, le=120, description="How long consent to it holds; null: until it is withdrawn"
    )


class ConsentIn(BaseModel):
    """What a person said about topics on a channel, and under which exact wording."""

    channel: Channel
    topic_ids: Annotated[list[int], Field(min_length=1, max_length=100)]
    state: Said
    wording: str = Field(default="", max_length=10_000)
    basis: LegalBasis = LegalBasis.CONSENT
    expires_at: Moment | None = Field(default=None, description="Until when it holds; null: as long as the topic says")


class TrackingConsentIn(BaseModel):
    """Whether a person's opens and clicks may be measured, and under which exact wording they said so."""

    allowed: bool
    wording: str = Field(default="", max_length=10_000)


class ConsentsOut(BaseModel):
    """Everything a person has said about being contacted: what holds now, and the proofs, the newest first."""

    consents: list[TopicConsent]
    proofs: list[ConsentProof]


class Changed(BaseModel):
    """How many states a statement changed; 0 when all of them were already so."""

    changed: int
