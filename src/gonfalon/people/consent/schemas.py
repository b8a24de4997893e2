"""Shapes of consent and topics."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from gonfalon.accounts.schemas import Name
from gonfalon.people.consent.model import ConsentProof, ConsentState, Topic
from gonfalon.people.consent.rules import LAST_POSITION
from gonfalon.people.model import Channel


class TopicIn(BaseModel):
    """A topic to be made."""

    name: Name
    description: str = Field(default="", max_length=1000)


class TopicUpdate(TopicIn):
    """A topic's new name, description and place in the order."""

    position: int = Field(default=0, ge=0, le=LAST_POSITION)


class ConsentIn(BaseModel):
    """What a person said about topics on a channel, and under which exact wording."""

    channel: Channel
    topic_ids: Annotated[list[int], Field(min_length=1, max_length=100)]
    state: ConsentState
    wording: str = Field(default="", max_length=10_000)


class TrackingConsentIn(BaseModel):
    """Whether a person's opens and clicks may be measured, and under which exact wording they said so."""

    allowed: bool
    wording: str = Field(default="", max_length=10_000)


class ConsentOut(BaseModel):
    """What a person's consent for a topic stands at."""

    model_config = ConfigDict(from_attributes=True)

    topic: Topic
    channel: Channel
    state: ConsentState | None
    at: datetime | None


class ConsentsOut(BaseModel):
    """Everything a person has said about being contacted: what holds now, and the proofs, the newest first."""

    consents: list[ConsentOut]
    proofs: list[ConsentProof]


class Changed(BaseModel):
    """How many states a statement changed; 0 when all of them were already so."""

    changed: int
