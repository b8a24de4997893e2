"""Pictures as they are stored, without their bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Asset:
    """A picture in the library, or one that was taken out of it."""

    id: UUID
    name: str
    media_type: str
    size: int
    width: int | None
    height: int | None
    created_at: datetime
    archived_at: datetime | None
