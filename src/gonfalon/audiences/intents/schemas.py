"""Request and response shapes of families of intent."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from ..segments.language import Family

EventName = Annotated[str, Field(min_length=1, max_length=200, pattern="^[^\\x00]+$")]
EventNames = Annotated[list[EventName], Field(max_length=500)]


class Intents(BaseModel):
    """Which events tell of which intent; an event belongs to one family at most."""

    awareness: EventNames = []
    consideration: EventNames = []
    purchase: EventNames = []

    def by_family(self) -> dict[Family, list[str]]:
        """Return the names of every family."""
        return {family: getattr(self, family.value) for family in Family}
