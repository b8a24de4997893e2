"""What a live audience is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class Cause(StrEnum):
    """Why somebody entered or left: something of theirs changed, time passed, or the rule (or what it needs) did."""

    PERSON = "person"
    TIME = "time"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class LiveAudience:
    """An audience whose members are kept. filled: for which question and version of the rule; None: not yet."""

    id: UUID
    version: int
    rule: dict[str, Any] | None
    filled_question: str | None
    filled_version: int | None


@dataclass(frozen=True, slots=True)
class Live:
    """Since when an audience's members are kept, and of which moment they are (None: not filled yet)."""

    created_at: datetime
    refreshed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Filling:
    """An audience whose members are to be compared with those found; cause: None on the first filling."""

    audience_id: UUID
    cause: Cause | None
    question: str
    version: int


@dataclass(frozen=True, slots=True)
class MembershipChange:
    """Somebody entered or left a live audience."""

    id: int
    person_id: int
    email: str | None
    external_id: str | None
    attributes: dict[str, Any]
    entered: bool
    cause: Cause
    at: datetime


@dataclass(frozen=True, slots=True)
class Flow:
    """How many entered and left on a day of the workspace's zone."""

    day: date
    entered: int
    left: int
