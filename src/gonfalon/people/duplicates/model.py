"""What is shown of people who may be one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final


class DuplicateKind(StrEnum):
    """Why two people may be one, the surest first."""

    EMAIL = "email"
    """One mailbox written in two ways: dots of Gmail, what follows a plus."""
    EXTERNAL_ID = "external_id"
    """One id with other punctuation, letters or leading zeros."""
    NAME_BIRTHDAY = "name_birthday"
    PHONE = "phone"
    """The same last nine digits behind another country code."""
    NAME_COMPANY = "name_company"
    NAME_POSTCODE = "name_postcode"


SURE: Final = frozenset({DuplicateKind.EMAIL, DuplicateKind.NAME_BIRTHDAY})
"""Kinds that may be accepted all at once."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people who may be one, by their ids, and why."""

    low_id: int
    high_id: int
    kind: DuplicateKind


@dataclass(frozen=True, slots=True)
class Search:
    """When duplicates were looked for: asked_at None for never, done_at None while it runs or when it failed."""

    asked_at: datetime
    done_at: datetime | None
