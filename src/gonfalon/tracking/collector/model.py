"""What a sender of events says, after it has been understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gonfalon.people.identities.model import Identified


@dataclass(frozen=True, slots=True)
class Told:
    """One message: who it is about, what happened (None for `identify` and `alias`) and what is known of them."""

    who: Identified
    name: str | None
    at: datetime
    source_key: str
    properties: Mapping[str, Any]
    traits: Mapping[str, Any]
    amount_minor: int | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A message of a batch that says too little; the others are kept."""

    index: int
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a request: events stored now, and how many had been stored before."""

    accepted: int
    duplicates: int
