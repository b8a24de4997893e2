"""Values of the email channel that may cross its door."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

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
