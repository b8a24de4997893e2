"""What the manual says of an audience."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ..model import AudienceKind


@dataclass(frozen=True, slots=True)
class DefinitionOwner:
    """A member by their present name."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class AudienceDefinition:
    """An audience with what the manual says of it.

    size: as last counted, None before the first count. uses: how many things need it. due_on: when it is to be
    looked at again. version: 0 where nothing was written yet.
    """

    id: UUID
    kind: AudienceKind
    name: str
    description: str
    rule: dict[str, Any] | None
    size: int | None
    uses: int
    owner: DefinitionOwner | None
    main: bool
    ideal: bool
    source: str
    problem: str
    frustration: str
    pays: str
    evidence: str
    reviewed_on: date | None
    due_on: date
    overdue: bool
    version: int
    created_at: datetime
