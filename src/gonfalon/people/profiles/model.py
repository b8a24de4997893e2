"""What other rooms may know of a person."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gonfalon.people.attributes.model import Value


@dataclass(frozen=True, slots=True)
class Person:
    """One person as listed. `attributes` holds stored values by key; see attributes.model.

    `undeclared` holds what events told and no attribute holds yet, by the key that an attribute would have.
    """

    id: int
    email: str | None
    phone: str | None
    external_id: str | None
    attributes: dict[str, Value]
    tags: list[str]
    created_at: datetime
    updated_at: datetime
    erased_at: datetime | None
    tracking_consent: bool | None
    undeclared: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a person's timeline.

    kind: event, message, hit, consent or created. `name` says what within the kind (the event's name, the message's
    state, open or click, granted or withdrawn); details are the kind's own facts.
    """

    at: datetime
    kind: str
    id: int
    name: str
    details: dict[str, Any] = field(default_factory=dict)
