"""Values of relays that may cross the door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from gonfalon.channels.email.model import Security


class Purpose(StrEnum):
    """What a relay carries."""

    EVERYTHING = "everything"
    CAMPAIGNS = "campaigns"
    """What is launched, never mail to members."""
    MEMBERS = "members"
    """Mail to members, which never queues behind a campaign then."""


@dataclass(frozen=True, slots=True)
class StoredRelay:
    """A further way out, as stored. weight: its share of connections beside the others'. per_minute None: no limit."""

    id: UUID
    workspace_id: int
    name: str
    provider: str
    host: str = ""
    port: int = 587
    security: Security = Security.STARTTLS
    username: str = ""
    password_sealed: bytes | None = field(default=None, repr=False)
    options: Mapping[str, str] = field(default_factory=dict)
    events_key_sealed: bytes | None = field(default=None, repr=False)
    heard_at: datetime | None = None
    connections: int = 20
    weight: int = 1
    per_minute: int | None = None
    purpose: Purpose = Purpose.EVERYTHING
    paused: bool = False

    @property
    def by_api(self) -> bool:
        """Whether it is a provider's API, which signs mail, too."""
        return self.provider != "smtp"

    @property
    def has_password(self) -> bool:
        """Whether a password or key is stored."""
        return bool(self.password_sealed)

    @property
    def has_events_key(self) -> bool:
        """Whether the key is stored by which its provider signs events."""
        return bool(self.events_key_sealed)
