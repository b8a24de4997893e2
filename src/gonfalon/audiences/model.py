"""What other rooms may know of audiences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class AudienceKind(StrEnum):
    """How an audience is defined: by a rule (live) or by its members (fixed)."""

    SEGMENT = "segment"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Audience:
    """A named set of people. ``rule`` is the tree's JSON form (None for a list).

    ``broken`` is a sentence when the rule can no longer be asked (an attribute was deleted …),
    empty when all is well.
    """

    id: UUID
    kind: AudienceKind
    name: str
    description: str
    rule: dict[str, Any] | None
    version: int
    created_by: str
    created_at: datetime
    updated_at: datetime
    broken: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """How many members one channel and topic reach now, and why not the others.

    Every member counts once, in the first that applies: ``no_address``, ``suppressed``,
    ``unsubscribed``, ``no_consent`` (never gave it), ``reachable``. The five add up to the total.
    """

    channel: str
    topic: str
    reachable: int
    no_address: int
    suppressed: int
    unsubscribed: int
    no_consent: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many people a rule means now, whom each channel and topic reaches, and some of them.

    ``engine`` says who answered: ``copy`` (analytics copy) or ``postgresql``.
    """

    total: int
    reach: tuple[Reach, ...]
    sample: tuple[int, ...]
    engine: str


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many people are only in the first, in both, only in the second."""

    first_only: int
    both: int
    second_only: int


@dataclass(frozen=True, slots=True)
class Taken:
    """A membership that was written down: its id, size and moment."""

    id: int
    audience_id: UUID
    size: int
    taken_at: datetime
