"""What is shown of how far consent reaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gonfalon.people.consent.model import ConsentState
from gonfalon.people.model import Channel


@dataclass(frozen=True, slots=True)
class Demands:
    """What would be asked of a consent beyond what is.

    proof: its exact wording is known. months: it is no older. confirmed: by the person, from their own mailbox.
    """

    proof: bool = False
    months: int | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class ConsentStanding:
    """How many people stand where with a topic on a channel.

    reached: agreed, have an address that is not blocked. blocked: agreed, and aren't reached. soon: of the reached,
    whose consent ends within the days asked for. without_proof, old, unconfirmed: of the reached, who would not meet
    each of the demands; lost: who would not meet all those that are made.
    """

    topic_id: int
    channel: Channel
    reached: int
    blocked: int
    withdrawn: int
    expired: int
    soon: int
    without_proof: int
    old: int
    unconfirmed: int
    lost: int


@dataclass(frozen=True, slots=True)
class PastStanding:
    """How many people agreed to a topic on a channel at the end of a past day, and had withdrawn, by the log alone."""

    topic_id: int
    channel: Channel
    granted: int
    withdrawn: int
    expired: int


@dataclass(frozen=True, slots=True)
class PastConsent:
    """What a person's consent stood at, at the end of a past day, by the log alone.

    A statement on being measured has the channel `tracking` and no topic. said_at: when they had said it.
    """

    topic_id: int | None
    topic: str | None
    channel: str
    state: ConsentState
    said_at: datetime
