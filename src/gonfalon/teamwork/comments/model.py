"""Comments as they are stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gonfalon.teamwork.model import Thing


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment; the first of a thread has no parent. author: their present name."""

    id: UUID
    thing: Thing
    campaign_id: UUID | None
    parent_id: UUID | None
    author_id: UUID | None
    author: str
    body: str
    created_at: datetime
    edited_at: datetime | None
    removed_at: datetime | None
    resolved_at: datetime | None
    resolved_by: str
    version: int


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody who writes or is mentioned. member: still in the workspace."""

    id: UUID
    name: str
    member: bool
