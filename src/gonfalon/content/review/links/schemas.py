"""Shapes of links for reviewers from outside."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class ReviewLinkIn(BaseModel):
    """Whom the link is for, and for how many days it opens the review."""

    name: str = Field(min_length=1, max_length=100)
    days: int = Field(default=14, ge=1, le=90)


class ReviewLinkOut(BaseModel):
    """A link as it was made. `visitor`: the name that its user gave; empty: it was not opened yet."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    visitor: str
    made_by: str
    expires_at: datetime
    used_at: datetime | None


class ReviewLinkMade(BaseModel):
    """A new link. `url` is shown this once; only a hash of it is kept."""

    id: UUID
    url: str
    expires_at: datetime
