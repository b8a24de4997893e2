"""What is known of a mail that came back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from gonfalon.channels.email.model import Security

MOST_BYTES = 1024 * 1024
"""Bytes of one mail that the intake takes."""
READ_BYTES = 256 * 1024
"""Bytes of one mail that are looked at; bounces that return all of a large mail say why in their beginning."""


class ReturnKind(StrEnum):
    """What a mail that came back says."""

    BOUNCE = "bounce"
    """A message that had been accepted could not be delivered (RFC 3464)."""
    DELAY = "delay"
    """It is late; the other side goes on trying."""
    COMPLAINT = "complaint"
    """Somebody called it spam (RFC 5965)."""
    UNSUBSCRIBE = "unsubscribe"
    """Somebody unsubscribed at the provider."""
    DELIVERED = "delivered"
    """It arrived; nobody keeps that of messages that are known to be accepted."""
    AUTO_REPLY = "auto_reply"
    """A machine answered for somebody who is away (RFC 3834)."""
    OTHER = "other"
    """Anything else: a person's answer, a receipt."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one mail says, before anybody has looked up which message it is about.

    code, status, detail: why it came back, in the other side's words. addresses: return paths found in it. tokens:
    what unsubscribe links of the returned message may hold.
    """

    kind: ReturnKind
    code: int = 0
    status: str = ""
    detail: str = ""
    addresses: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Returned:
    """A mail that came back. code 0, status "": not said. address, touchpoint: of the message it is about; null: of
    none that we know, so nothing follows.
    """

    id: int
    kind: ReturnKind
    code: int
    status: str
    detail: str
    address: str | None
    touchpoint_id: UUID | None
    touchpoint: str | None
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A mailbox (IMAP) that is read for mail that came back.

    validity, read_to: up to which message it has been read; a mailbox that was made anew has another validity.
    checked_at, problem: when it was last looked into, and why that failed; "" when it did not.
    """

    workspace_id: int
    host: str
    port: int = 993
    security: Security = Security.TLS
    username: str = ""
    password_sealed: bytes | None = field(default=None, repr=False)
    folder: str = "INBOX"
    validity: int | None = None
    read_to: int = 0
    checked_at: datetime | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a mailbox brought: new mails, up to which message it is read, and whether there is more."""

    validity: int
    read_to: int
    mails: tuple[bytes, ...]
    more: bool
