"""What became of a message, for whoever looks on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class Outcome(StrEnum):
    """What became of a message."""

    KEPT = "kept"
    TWICE = "twice"
    """Its messageId had come before."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Receipt:
    """A message that came, and what became of it.

    code and details: why it was refused. changes: what was understood otherwise than said, by collector.model.CHANGES.
    message: as it came, without its key; None for a body that could not be read, or that was large.
    """

    id: int
    at: datetime
    key_id: UUID
    key_name: str
    source_id: UUID | None
    source_name: str | None
    kind: str
    name: str
    outcome: Outcome
    code: str
    details: dict[str, Any]
    changes: list[str]
    message: dict[str, Any] | None
    understood: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class ReceiptFilter:
    """What is looked for among receipts; None and empty are anything."""

    words: str = ""
    kind: str | None = None
    outcome: Outcome | None = None
    source_id: UUID | None = None
