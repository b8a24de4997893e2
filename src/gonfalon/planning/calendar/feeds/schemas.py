"""Shapes of calendar feeds."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from gonfalon.kit.schemas import Name
from gonfalon.planning.calendar.model import Filters, ItemKind

_Ids = Annotated[list[UUID], Field(max_length=200)]


class FeedFilters(BaseModel):
    """What a feed shows; an empty list is no filter."""

    kinds: Annotated[list[ItemKind], Field(max_length=20)] = []
    campaigns: _Ids = []
    channels: Annotated[list[Annotated[str, Field(max_length=16)]], Field(max_length=50)] = []
    audiences: _Ids = []
    owners: _Ids = []

    def filters(self) -> Filters:
        """Return the same as the rules know it."""
        return Filters(
            frozenset(self.kinds),
            frozenset(self.campaigns),
            frozenset(self.channels),
            frozenset(self.audiences),
            frozenset(self.owners),
        )


class FeedIn(BaseModel):
    """A feed to be made."""

    name: Name
    filters: FeedFilters = FeedFilters()


class FeedOut(BaseModel):
    """A feed of yours. Its address was shown when it was made."""

    id: UUID
    name: str
    filters: FeedFilters
    created_at: datetime


class FeedMade(BaseModel):
    """A new feed's address: whoever knows it can read your calendar. It is not shown again."""

    id: UUID
    address: str
