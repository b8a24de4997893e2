"""What every channel promises to delivery: messages, a connection that takes one at a time, an outcome for each.

Delivery drives a connection without knowing the channel behind it. The promise it builds on: `deliver` is the
only call that can make the other side responsible for a message, and a message whose `deliver` was never called
was certainly not sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

import msgspec


class Verdict(StrEnum):
    """What is known about one message after a connection had it."""

    ACCEPTED = "accepted"
    """The other side took responsibility."""
    DEFERRED = "deferred"
    """Refused for now (SMTP 4xx); try again later."""
    REJECTED = "rejected"
    """Refused for good (SMTP 5xx)."""
    THROTTLED = "throttled"
    """Refused for now because of how much came: certainly not sent. The connection rests by itself and goes on."""
    NOT_SENT = "not_sent"
    """The connection ended before the message was handed over: certainly not sent, safe to try again."""
    UNKNOWN = "unknown"
    """The connection ended between handing over and the answer: nobody can know."""


class Blame(StrEnum):
    """Whom a refusal speaks about; it decides whether the address is suppressed and whether the breaker counts it."""

    RECIPIENT = "recipient"
    """This address does not exist or takes no mail: never try it again."""
    MAILBOX = "mailbox"
    """This mailbox, for now: full, disabled for a while, greylisted."""
    POLICY = "policy"
    """The sender or the content was refused (5.7, spam, authentication); the address is fine."""
    PROVIDER = "provider"
    """The system behind the connection: down, busy, not speaking the protocol."""


class Outcome(msgspec.Struct, frozen=True):
    """What became of one message.

    code is the channel's number (SMTP: 250, 550 …) or 0 when there was no answer; status the finer one
    (RFC 3463 "5.1.1") or ""; detail the other side's words, one line, at most 500 characters.
    """

    verdict: Verdict
    code: int = 0
    status: str = ""
    detail: str = ""
    blame: Blame | None = None


class Envelope(msgspec.Struct, frozen=True):
    """From whom and to whom, as the channel addresses them, and the payload's size in bytes (0: not known yet).

    wide: the payload's head has addresses with letters beyond ASCII before the @, whatever these two have.
    reference: what proves to us which message somebody speaks of; "": nobody will.
    """

    sender: str
    recipient: str
    size: int = 0
    wide: bool = False
    reference: str = ""


class Message(msgspec.Struct, frozen=True, gc=False):
    """One person's copy, ready for a connection."""

    envelope: Envelope
    payload: Sequence[bytes]


class BadAddress(ValueError):
    """An address that the channel cannot write to: the message is withheld."""


class Fault(StrEnum):
    """Why a connection could not be made ready. What the other side said goes with it."""

    TIMEOUT = "timeout"
    NOT_ALLOWED = "not_allowed"
    UNREACHABLE = "unreachable"
    TLS = "tls"
    CERTIFICATE = "certificate"
    REFUSED = "refused"
    GREETING = "greeting"
    NO_STARTTLS = "no_starttls"
    STARTTLS = "starttls"
    UNPROTECTED = "unprotected"
    NO_SIGN_IN = "no_sign_in"
    SIGN_IN = "sign_in"
    FOLDER = "folder"
    FULL = "full"
    LOST = "lost"


class ChannelUnavailable(Exception):
    """A connection could not be made ready. `detail` is a sentence that says what to do; `code` the channel's number.

    `permanent` means that trying again without changing the settings is pointless (wrong password, bad certificate).
    `fault` and `said` are the same for whoever reads another language.
    """

    def __init__(
        self, detail: str, *, code: int = 0, permanent: bool = False, fault: Fault = Fault.LOST, said: str = ""
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code
        self.permanent = permanent
        self.fault = fault
        self.said = said


class Connection(Protocol):
    """One open line to a provider. Not for use by two tasks at once, except `close`."""

    @property
    def usable(self) -> bool:
        """Whether another message can be offered."""
        ...

    def offer(self, envelope: Envelope) -> None:
        """Announce the next message without waiting. Nothing is handed over yet."""
        ...

    async def offered(self) -> Outcome | None:
        """Return the answer to the last `offer`: None when the body may follow, else what became of the message."""
        ...

    async def deliver(self, payload: Sequence[bytes], following: Envelope | None = None) -> Outcome:
        """Hand over the offered message and wait for the answer; `following` is offered on the way, at no cost."""
        ...

    def withdraw(self) -> None:
        """Take back what was offered and not delivered. The connection may have to close for that."""
        ...

    async def close(self) -> None:
        """End the conversation politely; never raises."""
        ...


class Provider(Protocol):
    """A workspace's way out on a channel, as it was set when it was loaded."""

    @property
    def connections(self) -> int:
        """How many connections it takes at once."""
        ...

    async def connect(self) -> Connection:
        """Make a connection ready for messages. Raises ChannelUnavailable."""
        ...


class Composition(Protocol):
    """What one dispatch sends: everything that is the same for all people is prepared already."""

    def message(self, row: Any, at: datetime) -> Message:
        """Compose one person's copy, from a row of load_batch. Pure: same row and time, same bytes.

        Raises TemplateError, BadAddress.
        """
        ...
