"""What became of a message, for whoever looks on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field


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
    kind: Annotated[
        str, Field(description="The type of message: track, identify, page, screen, group, alias, or batch")
    ]
    name: Annotated[str, Field(description="Of the event; empty where it has none")]
    outcome: Outcome
    code: Annotated[str, Field(description="Why it was refused")]
    details: dict[str, Any]
    changes: Annotated[list[str], Field(description="What was understood otherwise than it was said")]
    message: Annotated[
        dict[str, Any] | None, Field(description="As it came; null for what could not be read, or was large")
    ]
    understood: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class ReceiptFilter:
    """What is looked for among receipts; None and empty are anything."""

    words: str = ""
    kind: str | None = None
    outcome: Outcome | None = None
    source_id: UUID | None = None
