"""What other rooms may know of audiences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal
from uuid import UUID


class AudienceKind(StrEnum):
    """How an audience is defined: by a rule (live) or by its members (fixed)."""

    SEGMENT = "segment"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a rule cannot be asked: a stable ``reason`` with its ``values``, and the English sentence of both."""

    reason: str
    values: Mapping[str, str | int]
    sentence: str


@dataclass(frozen=True, slots=True)
class AudienceUser:
    """Something that needs an audience: another ``audience``, or a ``touchpoint`` (then with its campaign).

    ``waiting``: it has not been launched yet, so it still needs the audience.
    """

    kind: Literal["audience", "touchpoint"]
    id: UUID
    name: str
    campaign_id: UUID | None = None
    campaign: str = ""
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class Audience:
    """A named set of people. ``rule`` is the tree's JSON form (None for a list).

    ``fault`` says why the rule can no longer be asked (an attribute was deleted …); None when all is well.
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
    fault: Fault | None = None
    archived_at: datetime | None = None

    @property
    def broken(self) -> str:
        """The fault as a sentence; empty when all is well."""
        return self.fault.sentence if self.fault else ""


@dataclass(frozen=True, slots=True)
class StoredAudience:
    """An audience as it is stored. references: what its rule speaks of, see `references_of`."""

    id: UUID
    kind: AudienceKind
    name: str
    description: str
    rule: dict[str, Any] | None
    references: tuple[str, ...]
    version: int
    created_by: str
    created_at: datetime
    updated_at: datetime
    archived_at: datetime | None


@dataclass(frozen=True, slots=True)
class ListedAudience(StoredAudience):
    """The same with what lists are sorted by."""

    sort_name: str


@dataclass(frozen=True, slots=True)
class AudienceMember:
    """A person of an audience, in short."""

    id: int
    email: str | None
    external_id: str | None
    attributes: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ChannelReach:
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
    reach: tuple[ChannelReach, ...]
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
