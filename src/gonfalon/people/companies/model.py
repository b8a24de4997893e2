"""What other rooms may know of companies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

PropertyValue = str | int | float | bool
"""A value of a company: what a message or a member said, of no declared type."""


@dataclass(frozen=True, slots=True)
class Company:
    """A company: the key by which its source names it, what it is called, and what is known of it."""

    id: int
    key: str
    name: str
    properties: Mapping[str, PropertyValue]
    people: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Employer:
    """A company of a person."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class KnownProperty:
    """A property that companies have: the type of its values, and how many of the newest have it."""

    name: str
    type: str
    companies: int


@dataclass(frozen=True, slots=True)
class Joined:
    """What a message says of a company: its key, its name ("" unsaid), its properties, and who belongs to it."""

    key: str
    name: str
    properties: Mapping[str, PropertyValue]
    person_id: int
