"""What the DNS says of a domain that mail is from, and what it should say."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum

Ask = Callable[[str, str], Awaitable["tuple[str, ...] | None"]]
"""Asks the DNS for a name's records of a type (TXT, MX); () when there are none, None when nobody answered."""


class RecordKind(StrEnum):
    """What a record is for."""

    SPF = "spf"
    """Which servers may send for the domain (RFC 7208)."""
    DKIM = "dkim"
    """The key that mails are signed with (RFC 6376)."""
    DMARC = "dmarc"
    """What receivers do with mail that neither of the two proves (RFC 9989)."""
    MX = "mx"
    """Where mail to the domain goes, bounces among them."""


class RecordStanding(StrEnum):
    """How a record stands."""

    GOOD = "good"
    LOOK = "look"
    """It works, and could be better."""
    WRONG = "wrong"
    MISSING = "missing"
    UNKNOWN = "unknown"
    """Nobody answered."""


class Why(StrEnum):
    """What there is to say of a record."""

    RESERVED = "reserved"
    SPF_MISSING = "spf_missing"
    SPF_SEVERAL = "spf_several"
    SPF_EVERYBODY = "spf_everybody"
    SPF_LACKS = "spf_lacks"
    SPF_LOOKUPS = "spf_lookups"
    SPF_OWN = "spf_own"
    DKIM_MISSING = "dkim_missing"
    DKIM_OTHER = "dkim_other"
    DMARC_MISSING = "dmarc_missing"
    DMARC_WATCHING = "dmarc_watching"
    DMARC_POLICY = "dmarc_policy"
    DMARC_SEVERAL = "dmarc_several"
    MX_MISSING = "mx_missing"


@dataclass(frozen=True, slots=True)
class RecordCheck:
    """One record of a domain.

    why: None where there is nothing to say. name: where it stands or is to be published. found: what is there.
    wanted: what to publish instead; "" where nothing is to be changed or nobody can say.
    """

    kind: RecordKind
    standing: RecordStanding
    name: str
    why: Why | None = None
    found: tuple[str, ...] = ()
    wanted: str = ""


@dataclass(frozen=True, slots=True)
class DomainCheck:
    """What was found of one domain."""

    domain: str
    records: tuple[RecordCheck, ...]
