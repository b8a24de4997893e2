"""Values of the delivery room that may cross its door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from gonfalon.tracking.links.utm import Utm


class DispatchState(StrEnum):
    """Where a launched touchpoint stands."""

    PREPARING = "preparing"
    RUNNING = "running"
    PAUSED = "paused"
    HELD = "held"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class MessageState(StrEnum):
    """Where one message stands. All but QUEUED and DEFERRED are final."""

    QUEUED = "queued"
    DEFERRED = "deferred"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNKNOWN = "unknown"
    WITHHELD = "withheld"


class Trouble(StrEnum):
    """Why a provider gets nothing for a while."""

    UNREACHABLE = "unreachable"
    SETTINGS = "settings"
    """It will not do with these settings: password, certificate, encryption."""
    REFUSED = "refused"
    """It turns connections away."""
    CONNECTION_LOST = "connection_lost"
    POLICY = "policy"
    """It refuses the messages for who sends them or what is in them."""
    PROVIDER = "provider"
    INTERNAL = "internal"
    """Gonfalon itself fails with it."""


class SuppressionReason(StrEnum):
    """Why an address gets nothing on a channel."""

    HARD_BOUNCE = "hard_bounce"
    COMPLAINT = "complaint"
    MANUAL = "manual"
    ERASED = "erased"
    OBJECTION = "objection"


RESTORED = "restored"
"""The state_reason of a dispatch that was under way when the database turned out to be a restored or copied one."""


@dataclass(frozen=True, slots=True)
class NewDispatch:
    """What planning launches: one touchpoint with everything that is needed to send it, frozen.

    per_hour: the pace, None for as fast as the provider takes it. holdout_percent: 0 to 100, sticky per campaign.
    utm: what its links are tagged with.
    frozen: its audience is the one of the launch, else that of the moment it begins. planned: how many people would
    get it at the launch.
    snapshot_id, link_set_id: its audience and links where they are written down already, else see `write_messages`;
    a template without links has no link set.
    """

    touchpoint_id: UUID
    campaign_id: UUID
    channel: str
    template_id: UUID
    template_version: int
    sender_identity_id: UUID | None
    topic_id: int
    launched_by: str
    utm: Utm = field(default_factory=Utm)
    snapshot_id: int | None = None
    link_set_id: int | None = None
    send_at: datetime | None = None
    per_hour: int | None = None
    holdout_percent: int = 0
    frozen: bool = False
    planned: int | None = None


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A dispatch as it is stored: what was frozen at the launch, and how it stands."""

    id: UUID
    workspace_id: int
    touchpoint_id: UUID
    campaign_id: UUID
    channel: str
    template_id: UUID
    template_version: int
    sender_identity_id: UUID | None
    sender: Mapping[str, str]
    link_set_id: int | None
    utm: Mapping[str, str]
    state: DispatchState
    state_reason: str
    state_detail: str
    send_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    per_hour: int | None
    frozen: bool
    planned: int | None


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """One person's copy as the ledger has it."""

    id: int
    person_id: int
    address: str | None
    state: MessageState
    reason: str
    attempts: int
    ended_at: datetime | None
    reply: Annotated[str | None, Field(description="The receiving server's last answer.")]


@dataclass(frozen=True, slots=True)
class SendingTrouble:
    """A touchpoint whose sending needs somebody. trouble: held, blocked, stalled, fewer or failed; reason: a code.

    once: the name of the event. sent, planned: people, where it is known.
    """

    workspace_id: int
    touchpoint_id: UUID
    campaign_id: UUID
    trouble: str
    reason: str
    once: str
    sent: int | None = None
    planned: int | None = None


@dataclass(frozen=True, slots=True)
class Suppression:
    """An address that gets nothing on a channel; None once the person was erased."""

    id: int
    channel: str
    address: str | None
    reason: SuppressionReason
    note: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class DomainOutcomes:
    """How messages to one domain fared."""

    domain: str
    accepted: int
    rejected: int
    deferred: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Expansion:
    """What expanding wrote: the audience's size and how many of it are queued; the others are withheld."""

    audience: int
    queued: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A touchpoint that is under way: sent, paused, held, or waiting for its hour.

    begun: its messages are written and `waiting` counts them, else it is what was planned at the launch, if known.
    """

    touchpoint_id: UUID
    name: str
    state: DispatchState
    begun: Annotated[bool, Field(description="Its messages are written.")]
    waiting: Annotated[
        int | None, Field(description="Messages; before they are written, the people planned at the launch.")
    ]
    send_at: datetime


@dataclass(frozen=True, slots=True)
class Outbox:
    """What a workspace has waiting. About how many: a batch in hand counts whole until each of it has an outcome.

    per_minute: messages that got their outcome in the last minute. queue: the touchpoints under way, the next first.

    blocked_until: when a failing provider is tried again, None while it takes messages. blocked_code: why, as one of
    `Trouble`; blocked_reason: the same in English, or what the server said.
    """

    waiting: int
    per_minute: Annotated[int, Field(description="Messages that got their outcome in the last minute.")] = 0
    queue: Annotated[tuple[Waiting, ...], Field(description="Touchpoints under way, the next first; at most 50.")] = ()
    blocked_until: Annotated[
        datetime | None, Field(description="The provider fails; the next try is at this time.")
    ] = None
    blocked_code: Annotated[str, Field(description="Why, as a stable code; empty while it takes messages.")] = ""
    blocked_reason: Annotated[str, Field(description="Why, in English, or what the server said.")] = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How a dispatch stands. `total` = the audience = the sum of all states.

    frozen: its audience is that of the launch, else of the moment it begins. planned: how many would have got it then.
    `sending` is the part of `queued` and `deferred` that a sender has in hand. `reasons` counts rejected, unknown and
    withheld messages by state and reason.
    """

    dispatch_id: UUID
    touchpoint_id: UUID
    campaign_id: UUID
    state: DispatchState
    state_reason: str
    state_detail: str
    send_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    per_hour: int | None
    frozen: bool
    planned: int | None
    total: int
    sending: int
    by_state: dict[MessageState, int] = field(default_factory=dict)
    reasons: dict[MessageState, dict[str, int]] = field(default_factory=dict)
    blocked_until: datetime | None = None
    blocked_code: str = ""
    blocked_reason: str = ""
