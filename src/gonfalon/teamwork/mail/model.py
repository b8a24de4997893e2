"""Mails of notices as they wait, and whom they go to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class WaitingMail:
    """A mail that was taken to be handed over. digest_on: the day it sums up, None for one of its own."""

    id: int
    user_id: UUID
    digest_on: date | None
    created_at: datetime
    tries: int


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a mail goes to."""

    email: str
    language: str
