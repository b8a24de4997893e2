"""Shapes of relays over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from gonfalon.channels.email.model import Security
from gonfalon.channels.email.relays.model import Purpose
from gonfalon.channels.email.returns.source import EventsSource
from gonfalon.channels.email.schemas import Line, WayIn


class RelayIn(WayIn):
    """A further way out. `provider` is smtp or a provider with an API."""

    name: Annotated[Line, Field(min_length=1)]
    purpose: Purpose = Purpose.EVERYTHING
    paused: bool = False


class RelayOut(BaseModel):
    """A further way out. Passwords and keys are never shown."""

    id: UUID
    name: str
    provider: str
    host: str
    port: int
    security: Security
    username: str
    has_password: bool
    options: dict[str, str]
    has_events_key: bool
    connections: int
    weight: int
    per_minute: int | None
    purpose: Purpose
    paused: bool
    events: EventsSource | None = Field(
        default=None, description="How its provider tells of mail; null for a mail server."
    )
