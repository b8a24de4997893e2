"""Shapes of the delivery API."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from gonfalon.delivery.model import DispatchState, MessageState


class ContactLimitBody(BaseModel):
    """At most `messages` to one person on one channel within any `days`."""

    model_config = ConfigDict(from_attributes=True)

    messages: int = Field(ge=1, le=1000)
    days: int = Field(ge=1, le=365)


class ContactLimits(BaseModel):
    """How often one person may be written to."""

    limit: ContactLimitBody | None = Field(description="Null: as often as one likes.")


class ReasonOut(BaseModel):
    """How many messages are in a state for a reason."""

    state: MessageState
    reason: str
    count: int


class ProgressOut(BaseModel):
    """How a launched touchpoint stands. queued + deferred + accepted + rejected + unknown + withheld = total."""

    touchpoint_id: UUID
    state: DispatchState
    state_reason: str = Field(description="A stable code; empty when there is nothing to say.")
    state_detail: str = Field(description="The reason as an English sentence, where it is held.")
    send_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    per_hour: int | None
    frozen: bool = Field(description="Its audience is the one of the launch, else that of the moment sending begins.")
    planned: int | None = Field(description="How many people would have got it when it was launched.")
    total: int = Field(description="The audience.")
    queued: int
    sending: int = Field(description="The part of queued and deferred that a sender has in hand now.")
    deferred: int = Field(description="Refused for now by the receiving server; tried again later.")
    accepted: int
    rejected: int
    unknown: int = Field(
        description="The connection broke before the answer: nobody can know. Sent again only when somebody says so."
    )
    withheld: int = Field(description="Not sent, each for the reason below.")
    bounced: int | None = Field(
        description="Accepted messages that came back later. Null: mails that come back don't reach Gonfalon, so "
        "nobody here can know."
    )
    reasons: list[ReasonOut]
    blocked_until: datetime | None = Field(description="The provider fails; the next try is at this time.")
    blocked_code: str = Field(description="Why, as a stable code; empty while it takes messages.")
    blocked_reason: str = Field(description="Why, in English, or what the server said.")


class MessagesExportIn(BaseModel):
    """Which messages: those in a state, for a reason, to an address that contains `search`."""

    state: MessageState | None = None
    reason: Annotated[str | None, Field(max_length=32)] = None
    search: Annotated[str, Field(max_length=254)] = ""


class SuppressionIn(BaseModel):
    """An address that is to get nothing."""

    channel: Annotated[
        str | None, StringConstraints(pattern="^[a-z_]{2,16}$"), Field(description="Left out: the first that is sent")
    ] = None
    address: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=254)]
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""
