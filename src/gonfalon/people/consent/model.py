"""What other rooms may know of consent."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Literal

from gonfalon.people.model import Channel


class ConsentState(StrEnum):
    """What a person said about a channel and topic. Who never said anything has no state."""

    GRANTED = "granted"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    """They agreed once, and that is too long ago: nobody is written to, and nobody has refused."""


Said = Literal[ConsentState.GRANTED, ConsentState.WITHDRAWN]
"""What somebody can say; the rest comes with time."""


class LegalBasis(StrEnum):
    """On which ground somebody is written to (GDPR Art. 6; the last two where a country's law allows them)."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGITIMATE_INTEREST = "legitimate_interest"
    CUSTOMER = "customer"
    """They bought something similar, and were told that they can refuse (ePrivacy Art. 13(2))."""


class ConsentSource(StrEnum):
    """How a statement reached us."""

    IMPORT = "import"
    FORM = "form"
    PREFERENCE_PAGE = "preference_page"
    ONE_CLICK = "one_click"
    API = "api"
    MEMBER = "member"
    COMPLAINT = "complaint"
    EXPIRY = "expiry"
    """Nobody said anything: the time was up."""


TRACKING: Final = "tracking"
"""In the place of a channel: a statement on being measured (opens and clicks), which belongs to no topic."""


RETRACTED: Final = "retracted"
"""In the place of a state, in the proofs only: an import that had recorded a consent was undone."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What people said and how we know it: everything a proof needs beside the person and the topic.

    at: when they said it (None: now; a time in the future counts as now). wording: the exact text they agreed
    to, "" when unknown. details: JSON facts such as import, message, ip or the member who recorded it. confirmed: False
    when whoever said it has not shown that the address is theirs: it then never brings back somebody who has left.
    expires_at: until when it holds, None for as long as the topic says.
    """

    channel: Channel
    state: ConsentState
    source: ConsentSource
    at: datetime | None = None
    wording: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    confirmed: bool = True
    basis: LegalBasis = LegalBasis.CONSENT
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """Something people can agree to hear about."""

    id: int
    key: str
    name: str
    description: str
    position: int
    archived_at: datetime | None
    lasts_months: int | None = None


@dataclass(frozen=True, slots=True)
class ConsentProof:
    """One line of the proof ledger: what was said when (`at`), and when we wrote it down (`recorded_at`).

    A statement on being measured has the channel TRACKING and no topic.
    """

    id: int
    channel: Channel | Literal["tracking"]
    topic_id: int | None
    topic: str | None
    state: ConsentState | Literal["retracted"]
    at: datetime
    recorded_at: datetime
    source: ConsentSource
    wording: str
    details: dict[str, Any]
    basis: LegalBasis
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class TopicConsent:
    """What a person's consent for a topic stands at; state None: never said anything."""

    topic: Topic
    channel: Channel
    state: ConsentState | None
    at: datetime | None
    basis: LegalBasis = LegalBasis.CONSENT
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a preference page shows of one person: their addresses and each open topic on each channel they have.

    tracking: whether their opens and clicks may be measured; None: never asked.
    """

    person_id: int
    email: str | None
    phone: str | None
    consents: list[TopicConsent]
    tracking: bool | None = None
