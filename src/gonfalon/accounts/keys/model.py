"""API keys as they are stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gonfalon.accounts.model import Scope, Workspace


@dataclass(frozen=True, slots=True)
class KeyMaker:
    """Who made a key, which ends with their membership."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key that works, recognisable by its first characters."""

    id: UUID
    name: str
    prefix: str
    scopes: tuple[Scope, ...]
    created_at: datetime
    last_used_at: datetime | None
    created_by: KeyMaker | None


@dataclass(frozen=True, slots=True)
class LiveKey:
    """What a request by a key acts as."""

    id: UUID
    name: str
    scopes: tuple[Scope, ...]
    last_used_at: datetime | None
    workspace: Workspace
