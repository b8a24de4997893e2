"""Shapes of the email channel's API."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from gonfalon.channels.contract import Fault
from gonfalon.channels.email.model import SandboxMail, Security
from gonfalon.channels.email.providers.every import PROVIDERS
from gonfalon.channels.email.providers.model import Authenticity
from gonfalon.kit.domains import BadDomain, ascii_domain

Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=255, pattern=r"^[^\x00-\x1f\x7f]*$")]


def _domain(name: str) -> str:
    """Return the name in ASCII; one with a dot, since bare names mean nothing to others' servers."""
    found = ascii_domain(name)
    if "." not in found:
        raise BadDomain(f"“{name}” is not a domain; write it like mail.example.com.")
    return found


Domain = Annotated[str, StringConstraints(strip_whitespace=True, max_length=253), AfterValidator(_domain)]
MaybeDomain = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=253), AfterValidator(lambda name: name and _domain(name))
]


def _way(name: str) -> str:
    """Return the name of a way out."""
    if name not in ("sandbox", "smtp", *PROVIDERS):
        raise ValueError(f"use one of sandbox, smtp, {', '.join(PROVIDERS)}")
    return name


Way = Annotated[str, StringConstraints(max_length=16), AfterValidator(_way)]


class WayIn(BaseModel):
    """A way out of mail. `password` absent: the stored one is kept; empty: it is removed.

    A password belongs to host, port and user name: who changes one of them enters it again.
    """

    provider: Way
    host: Line = Field(default="", description="The mail server; of a provider with an API empty: its own address.")
    port: int = Field(default=587, ge=1, le=65535)
    security: Security = Security.STARTTLS
    username: Line = ""
    password: str | None = Field(default=None, max_length=1000, description="Or the key of a provider's API.")
    options: dict[Line, Line] = Field(
        default_factory=dict, max_length=10, description="What a provider with an API wants to know besides."
    )
    events_key: str | None = Field(
        default=None, max_length=1000, description="The key by which a provider signs its events; absent: as stored."
    )
    connections: int = Field(default=20, ge=1, le=100, description="Connections each sender process opens at most.")
    weight: int = Field(default=1, ge=1, le=100, description="Its share of connections beside other ways out.")
    per_minute: int | None = Field(
        default=None, ge=1, le=1_000_000, description="Messages a minute, of all senders; null: no limit."
    )


class EmailSettingsIn(WayIn):
    """How the workspace's mail leaves: its first way out, and what holds for all."""

    return_path_domain: MaybeDomain = Field(
        default="", description="Domain that takes bounces; empty: the From address."
    )
    hello: MaybeDomain = Field(
        default="",
        description=(
            "Our name to the mail server (EHLO); empty: the host of the base address, else the domain mail is from."
        ),
    )
    domain_rates: dict[Domain, Annotated[int, Field(ge=1, le=1_000_000)]] = Field(
        default_factory=dict, max_length=50, description="Messages a minute to receivers' domains."
    )


class DnsRecordOut(BaseModel):
    """A DNS record to publish."""

    type: Literal["TXT"] = "TXT"
    name: str
    value: str


class EmailSettingsOut(BaseModel):
    """How the workspace's mail leaves. The password is never shown."""

    provider: str = Field(description="sandbox, smtp or the name of a provider with an API.")
    host: str
    port: int
    security: Security
    username: str
    has_password: bool
    options: dict[str, str]
    has_events_key: bool
    connections: int
    weight: int
    per_minute: int | None
    domain_rates: dict[str, int]
    return_path_domain: str
    hello: str
    greets_as: str = Field(description="The name in EHLO as it is now; empty: the address of this machine.")
    dkim_domain: str
    dkim_selector: str
    hears_back: bool = Field(description="Whether mail that comes back after it was accepted is heard of.")
    dkim_record: DnsRecordOut | None = Field(description="What to publish so that receivers can check signatures.")
    updated_at: datetime | None


class ProviderSettingOut(BaseModel):
    """What a provider wants to know of an account. choices: what it may be; none: any text."""

    name: str
    choices: tuple[str, ...]
    default: str
    optional: bool


class ProviderOut(BaseModel):
    """A provider that takes mail by its API."""

    name: str
    label: str
    keyed_by: bool = Field(description="Its keys have a name, the user name.")
    authenticity: Authenticity = Field(description="How its events show that they are its own.")
    settings: tuple[ProviderSettingOut, ...]


class ConnectionTest(BaseModel):
    """Whether a mail server can be used with these settings; `sentence` says what to do when not, in English."""

    ok: bool
    fault: Fault | None = Field(default=None, description="Why not, as a stable code; null: it can.")
    said: str = Field(default="", description="What the other side said, or the system; empty: nothing.")
    sentence: str
    encrypted: bool = False
    pipelining: bool = False
    max_size: int = Field(default=0, description="Largest mail the server takes in bytes; 0: it does not say.")


class DkimIn(BaseModel):
    """The domain to sign for; a new key is made."""

    domain: Domain
    selector: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")] = "gonfalon"


class SenderIn(BaseModel):
    """Who mails are from. reply_to "": answers go to the From address."""

    from_name: Line
    from_address: Line
    reply_to: Line = ""


class HeaderOut(BaseModel):
    """One header field, decoded."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class SandboxMailFull(SandboxMail):
    """A mail with its parts. `html` is shown in a sandboxed frame only; `raw` is the mail as it came."""

    headers: list[HeaderOut]
    text: str
    html: str
    raw: str
