"""Shapes of the live page."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from gonfalon.tracking.live.model import Outcome


class ReceiptOut(BaseModel):
    """A message that came to the collector, and what became of it."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    at: datetime
    key_id: UUID
    key_name: str
    source_id: UUID | None
    source_name: str | None
    kind: str = Field(description="The type of message: track, identify, page, screen, group, alias, or batch")
    name: str = Field(description="Of the event; empty where it has none")
    outcome: Outcome
    code: str = Field(description="Why it was refused")
    details: dict[str, Any]
    changes: list[str] = Field(description="What was understood otherwise than it was said")
    message: dict[str, Any] | None = Field(description="As it came; null for what could not be read, or was large")
    understood: dict[str, Any] | None
