"""Shapes of capacity and working calendars."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, PlainSerializer

from gonfalon.planning.timeline.model import TaskState
from gonfalon.planning.timeline.schemas import Hours

Weekdays = Annotated[list[Annotated[int, Field(ge=0, le=6)]], Field(min_length=1, max_length=7)]
DayHours = Annotated[Decimal, Field(gt=0, le=24, decimal_places=2), PlainSerializer(float, return_type=float)]
DaysOff = Annotated[list[date], Field(max_length=1000)]


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


class AskedRow(BaseModel):
    """One thing a person is asked for."""

    id: UUID
    name: str
    campaign_id: UUID
    campaign_name: str
    state: TaskState
    starts_on: date
    ends_on: date
    effort_hours: Hours | None


class AskedOut(BaseModel):
    """What a person is asked for, the first 200 by their beginning."""

    items: list[AskedRow]


class WorkCalendarIn(BaseModel):
    """When the workspace works. `country` and `region` (as in the holidays package) say whose holidays are free."""

    weekdays: Weekdays
    hours_per_day: DayHours
    country: Annotated[str, Field(max_length=2)] = ""
    region: Annotated[str, Field(max_length=8)] = ""
    days_off: DaysOff = []


class MemberCalendarIn(BaseModel):
    """How a member differs: null is as the workspace; days off come on top of everybody's."""

    weekdays: Weekdays | None = None
    hours_per_day: DayHours | None = None
    days_off: DaysOff = []


class MemberCalendarOut(MemberCalendarIn):
    """A member's own calendar."""

    id: UUID
    name: str


class HolidayOut(BaseModel):
    """A free day by name."""

    day: date
    name: str


class CountryOut(BaseModel):
    """A country whose holidays are known, with its regions."""

    code: str
    regions: list[str]


class WorkCalendarOut(WorkCalendarIn):
    """When the workspace works, who differs, which holidays are next, and the countries to choose from."""

    members: list[MemberCalendarOut]
    holidays: list[HolidayOut]
    countries: list[CountryOut]
