"""What other rooms may know of touchpoints."""

from __future__ import annotations

from enum import StrEnum


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
