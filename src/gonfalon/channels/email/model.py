"""Values of the email channel that may cross its door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from gonfalon.kit.network import Reach

_EVERYWHERE = Reach()


class Security(StrEnum):
    """How a connection to a mail server is protected."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds to wait for each kind of reply; RFC 5321 §4.5.3.2 gives the long ones.

    `accept` is the wait after the final dot. A shorter one makes duplicates: the server accepts the message,
    the client has left and sends it again (RFC 1047).
    """

    connect: float = 30.0
    command: float = 300.0
    accept: float = 600.0


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """Where and how mail is handed over, and which addresses of the host it may go to.

    hello: the name given in EHLO; "": the connection's own address.
    """

    host: str
    port: int
    security: Security = Security.STARTTLS
    user: str = ""
    password: str = field(default="", repr=False)
    verify: bool = True
    hello: str = ""
    reach: Reach = _EVERYWHERE
    timeouts: Timeouts = Timeouts()


@dataclass(frozen=True, slots=True)
class EmailSettings:
    """How a workspace's mail leaves, as stored. Where nothing is: the sandbox, nothing leaves the machine."""

    workspace_id: int
    provider: str = "sandbox"
    host: str = ""
    port: int = 587
    security: Security = Security.STARTTLS
    username: str = ""
    password_sealed: bytes | None = field(default=None, repr=False)
    connections: int = 20
    return_path_domain: str = ""
    hello: str = ""
    dkim_domain: str = ""
    dkim_selector: str = ""
    dkim_key_sealed: bytes | None = field(default=None, repr=False)
    options: Mapping[str, str] = field(default_factory=dict)
    events_key_sealed: bytes | None = field(default=None, repr=False)
    heard_at: datetime | None = None
    weight: int = 1
    per_minute: int | None = None
    domain_rates: Mapping[str, int] = field(default_factory=dict)
    updated_at: datetime | None = None

    @property
    def sandbox(self) -> bool:
        """Whether nothing leaves the machine."""
        return self.provider == "sandbox"

    @property
    def by_api(self) -> bool:
        """Whether mail leaves by a provider's API, which signs it, too."""
        return self.provider not in ("sandbox", "smtp")

    @property
    def has_events_key(self) -> bool:
        """Whether the key is stored by which a provider signs its events."""
        return bool(self.events_key_sealed)

    @property
    def has_password(self) -> bool:
        """Whether a password is stored."""
        return bool(self.password_sealed)


@dataclass(frozen=True, slots=True)
class SenderIdentity:
    """Whom mails can be from. reply_to "": answers go to the From address."""

    id: UUID
    from_name: str
    from_address: str
    reply_to: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class SandboxMail:
    """A mail that the sandbox received. test: a test message, no part of a send."""

    id: int
    received_at: datetime
    mail_from: str
    rcpt_to: str
    subject: str
    size: int
    test: Annotated[bool, Field(description="A test message, no part of a send.")]


@dataclass(frozen=True, slots=True)
class StoredMail(SandboxMail):
    """The same whole. private: it lets somebody in, so few may read it."""

    private: bool
    raw: bytes
