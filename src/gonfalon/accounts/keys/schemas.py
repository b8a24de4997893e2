"""Shapes of API keys."""

from __future__ import annotations

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
