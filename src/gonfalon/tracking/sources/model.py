"""What a source of data is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from gonfalon.kit.schemas import Name, Version, clean_text


class SourceKind(StrEnum):
    """What kind of place data comes from."""

    SITE = "site"
    SHOP = "shop"
    APP = "app"
    CRM = "crm"
    FORM = "form"
    SURVEY = "survey"
    FILE = "file"
    AGENCY = "agency"


class LegalGround(StrEnum):
    """On which ground personal data is processed (GDPR, article 6 (1) a–f)."""

    UNSAID = ""
    CONSENT = "consent"
    CONTRACT = "contract"
    OBLIGATION = "obligation"
    VITAL = "vital"
    PUBLIC = "public"
    INTEREST = "interest"


class BringerKind(StrEnum):
    """What brings data."""

    KEY = "key"
    FORM = "form"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class SourceOwner:
    """The member who answers for a source."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Source:
    """A place that data comes from.

    quiet_hours: after so many hours without a sign its owner is told; None for never. last_at: the last sign, of any
    of its links, None while there was none. silent: whether the silence is longer than that now.
    """

    id: UUID
    name: str
    kind: SourceKind
    owner: SourceOwner | None
    legal_ground: LegalGround
    note: str
    quiet_hours: int | None
    key_id: UUID | None
    last_at: datetime | None
    silent: bool
    told_at: datetime | None
    version: int
    updated_at: datetime
    updated_by: str


@dataclass(frozen=True, slots=True)
class Bringer:
    """A key, form or import that brings data, with the source it belongs to and its last sign."""

    kind: BringerKind
    ref: UUID
    name: str
    source_id: UUID | None
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class Signal:
    """What came by a source's keys from a host; empty for programs, which have no page."""

    host: str
    page: str
    first_at: datetime
    last_at: datetime
    kept: int
    refused: int


@dataclass(frozen=True, slots=True)
class SourceDraft:
    """What is said of a source. quiet_hours: after so many without a sign its owner is told; null for never."""

    name: Name
    kind: SourceKind
    owner_id: UUID | None = None
    legal_ground: LegalGround = LegalGround.UNSAID
    note: Annotated[str, StringConstraints(max_length=2_000, strip_whitespace=True), AfterValidator(clean_text)] = ""
    quiet_hours: Annotated[int | None, Field(ge=1, le=8_760)] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSave(SourceDraft):
    """A source as it is to be saved."""

    version: Version


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source with what brings its data. write_key: its pages' public key, None where none works."""

    source: Source
    links: tuple[Bringer, ...]
    signals: tuple[Signal, ...]
    write_key: str | None
