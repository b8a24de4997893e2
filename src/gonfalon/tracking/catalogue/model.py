"""What the catalogue says of an event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gonfalon.kit.schemas import Internal


@dataclass(frozen=True, slots=True)
class KindOwner:
    """The member who answers for an event."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class EventKind:
    """An event by its name.

    count: since it is in the catalogue; recent: in the last 28 days. longest_pause: seconds, in the last 28 days.
    stopped: whether it is silent against its own rhythm. unusual: how many of its properties came as another type.
    """

    id: UUID
    workspace_id: int
    name: str
    owner: KindOwner | None
    description: str
    first_at: datetime
    last_at: datetime
    count: int
    recent: int
    longest_pause: int | None
    stopped: bool
    told_at: datetime | None
    unusual: int
    version: int


@dataclass(frozen=True, slots=True)
class EventShape:
    """A property as one type. unusual: the property mostly has another, and nobody has said that this is right."""

    property: str
    type: str
    count: int
    first_at: datetime
    last_at: datetime
    told_at: Internal[datetime | None]
    unusual: bool


@dataclass(frozen=True, slots=True)
class Learned:
    """Between which ids there are events to learn, and whether more wait behind them."""

    after: int
    upto: int
    more: bool
