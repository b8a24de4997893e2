"""Shapes of API keys."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from gonfalon.accounts.model import Scope
from gonfalon.accounts.schemas import Name


class KeyIn(BaseModel):
    """A key to be made."""

    name: Name
    scopes: list[Scope]


class KeyMade(BaseModel):
    """A new key; `key` is shown this once."""

    id: UUID
    key: str


class KeyMaker(BaseModel):
    """Who made it; the key ends with their membership."""

    id: UUID
    name: str


class KeyOut(BaseModel):
    """A live key, recognisable by its first characters."""

    id: UUID
    name: str
    prefix: str
    scopes: list[Scope]
    created_at: datetime
    last_used_at: datetime | None
    created_by: KeyMaker | None
