"""Shapes of capacity."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from gonfalon.planning.timeline.model import AskedTask, Hours


class WeekLoad(BaseModel):
    """One person's week, in hours."""

    week: date = Field(description="Its Monday.")
    capacity: Hours
    load: Hours


class PersonLoad(BaseModel):
    """One person's weeks; `unestimated`: open tasks of the time that nobody has estimated and that count nothing."""

    id: UUID
    name: str
    unestimated: int
    weeks: list[WeekLoad]


class CapacityOut(BaseModel):
    """Everybody's load across campaigns, week by week."""

    people: list[PersonLoad]
    first: date
    last: date


class AskedOut(BaseModel):
    """What a person is asked for, the first 200 by their beginning."""

    items: list[AskedTask]
    more: Annotated[bool, Field(description="Whether there are more")] = False
