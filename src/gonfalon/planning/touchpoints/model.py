"""What other rooms may know of touchpoints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class TouchpointChannel(StrEnum):
    """By which way a touchpoint reaches people."""

    EMAIL = "email"
    SMS = "sms"
    PUSH = "push"
    SOCIAL = "social"
    ADS = "ads"
    WEB = "web"
    PRINT = "print"
    EVENT = "event"
    CALL = "call"
    OTHER = "other"

    @property
    def sent_here(self) -> bool:
        """Whether Gonfalon sends it itself; the others are carried out elsewhere and marked as done."""
        return self is TouchpointChannel.EMAIL

    @property
    def addressed(self) -> bool:
        """Whether it goes to known people, so that an audience has to be chosen."""
        return self in (TouchpointChannel.EMAIL, TouchpointChannel.SMS, TouchpointChannel.PUSH, TouchpointChannel.CALL)


class TouchpointState(StrEnum):
    """Where a touchpoint stands: a draft until it is launched, then what delivery says of it.

    `done`: carried out elsewhere, with a day and the numbers reached.
    """

    DRAFT = "draft"
    PREPARING = "preparing"
    RUNNING = "running"
    PAUSED = "paused"
    HELD = "held"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class TouchpointDraft:
    """What is planned of a touchpoint. channel None: the one it has; utm: own link tags, None for no tags at all."""

    name: str
    channel: TouchpointChannel | None = None
    audience_id: UUID | None = None
    template_id: UUID | None = None
    sender_identity_id: UUID | None = None
    topic_id: int | None = None
    send_at: datetime | None = None
    per_hour: int | None = None
    holdout_percent: int = 0
    utm: Mapping[str, str] | None = field(default_factory=dict[str, str])
    note: str = ""
    budget_line_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What is known of a touchpoint that was carried out elsewhere; None: not known, or as it was.

    reached: people. cost_minor: in the workspace's currency. budget_line_id: what pays for it.
    """

    on: date
    reached: int | None = None
    cost_minor: int | None = None
    budget_line_id: UUID | None = None
