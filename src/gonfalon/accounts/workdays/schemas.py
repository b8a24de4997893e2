"""Shapes of working calendars."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, PlainSerializer

from gonfalon.kit.days import Day

Weekdays = Annotated[list[Annotated[int, Field(ge=0, le=6)]], Field(min_length=1, max_length=7)]
DayHours = Annotated[Decimal, Field(gt=0, le=24, decimal_places=2), PlainSerializer(float, return_type=float)]
DaysOff = Annotated[list[Day], Field(max_length=1000)]


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
