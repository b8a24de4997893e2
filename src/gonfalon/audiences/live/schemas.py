"""Request and response shapes of live audiences."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field

from .model import Cause


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


class MembershipChangeOut(BaseModel):
    """Somebody entered or left, because of what they did, because time passed, or because the rule is another one."""

    id: int
    person_id: int
    email: str | None
    external_id: str | None
    attributes: dict[str, Any]
    entered: bool
    cause: Cause
    at: datetime


LiveOut.model_rebuild()
