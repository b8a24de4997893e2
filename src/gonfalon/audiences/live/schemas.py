"""Request and response shapes of live audiences."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, Field


class LiveIn(BaseModel):
    """Whether the members of an audience are to be kept."""

    live: bool


class LiveOut(BaseModel):
    """Whether the members of an audience are kept: since when, of which moment they are, who came and went."""

    live: bool
    since: datetime | None = None
    refreshed_at: datetime | None = Field(default=None, description="null: being filled for the first time")
    flows: list[FlowOut] = Field(description="the last 90 days on which somebody entered or left")


class FlowOut(BaseModel):
    """How many entered and left on a day of the workspace's zone."""

    day: date
    entered: int
    left: int


LiveOut.model_rebuild()
