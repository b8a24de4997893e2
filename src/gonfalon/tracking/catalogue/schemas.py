"""Shapes of the catalogue of events."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from gonfalon.kit.schemas import Version, clean_text
from gonfalon.tracking.catalogue.model import EventShape


class KindOwnerOut(BaseModel):
    """The member who answers for an event."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str


class EventKindOut(BaseModel):
    """An event of the catalogue.

    recent: how often it came in the last 28 days. longest_pause: seconds, in the same time. stopped: whether it is
    silent for twice that. unusual: how many of its properties came as another type than they mostly have.
    """

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    owner: KindOwnerOut | None
    description: str
    first_at: datetime
    last_at: datetime
    count: int
    recent: int
    longest_pause: int | None
    stopped: bool
    unusual: int
    version: int


class EventKindViewOut(EventKindOut):
    """An event with its properties, the commonest first. Of many that came at once, properties of a thousand count."""

    shapes: list[EventShape]


class EventKindSave(BaseModel):
    """What somebody says of an event."""

    version: Version
    owner_id: UUID | None = None
    description: Annotated[str, Field(max_length=2_000), AfterValidator(clean_text)] = ""
