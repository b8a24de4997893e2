"""Shapes of how far consent reaches."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from gonfalon.people.model import Channel

Days = Annotated[int, Field(ge=1, le=365)]


class EndingIn(BaseModel):
    """A list, and whom to put on it: those whose consent to the topic ends within so many days."""

    audience_id: UUID
    topic_id: Annotated[int, Field(ge=1, lt=2**31)]
    channel: Channel
    days: Days = 30


class ListedOut(BaseModel):
    """How many people are new on the list."""

    added: int
