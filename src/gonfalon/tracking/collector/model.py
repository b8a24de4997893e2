"""What a sender of events says, after it has been parsed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gonfalon.people.identities.model import Identified
from gonfalon.people.traits.model import Trait


@dataclass(frozen=True, slots=True)
class ParsedMessage:
    """One message: who it is about, what happened (None for `identify` and `alias`) and what is known of them."""

    who: Identified
    name: str | None
    at: datetime
    source_key: str
    properties: Mapping[str, Any]
    traits: Mapping[str, Any]
    amount_minor: int | None = None
    currency: str | None = None
    arrival: Mapping[str, str] | None = None
    unread: tuple[Trait, ...] = ()
    """Addresses and numbers that could not be read."""
    company: tuple[str, Mapping[str, Any]] | None = None
    """The company that a `group` message puts the person into: its key and what it says of it."""
    changes: tuple[str, ...] = ()
    """What was understood otherwise than it was said, by CHANGES."""


STAGE_REACHED = "Score Stage Reached"
"""The event that Gonfalon raises for who rises into a stage of a score: nothing that they did themselves."""

CHANGES = ("time_corrected", "time_limited", "address_unread", "id_ignored", "amount_summed", "bot")


@dataclass(frozen=True, slots=True)
class Rejected:
    """A message of a batch that says too little; the others are kept."""

    index: int
    code: str
    sentence: str
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a message that could be understood is not kept: a code, and a sentence for people."""

    code: str
    sentence: str
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CollectResult:
    """What became of a request: messages stored now, how many had been stored before, and those refused by place."""

    accepted: int
    duplicates: int
    refused: tuple[tuple[int, Refused], ...] = ()
    twice: frozenset[int] = frozenset()
    """Places of the messages that had been stored before."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, as stored; `amount_minor` is in minor units of `currency`."""

    id: int
    person_id: int
    name: str
    at: datetime
    received_at: datetime
    properties: Mapping[str, Any]
    amount_minor: int | None
    currency: str | None
