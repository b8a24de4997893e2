"""Shapes of the calendar."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field

from gonfalon.planning.calendar.model import (
    Calendar,
    CalendarBar,
    CalendarHoliday,
    CalendarItem,
    CalendarMoment,
    CalendarSettings,
    HolidayRegion,
)
from gonfalon.planning.calendar.settings import MOST_DAYS_APART, MOST_PLACES
from gonfalon.planning.model import Named


class CalendarOut(BaseModel):
    """What stands between two days, and the drafts that have no day yet (the newest 500)."""

    first: date
    last: date
    today: date
    campaigns: list[CalendarBar]
    items: list[CalendarItem]
    undated: list[CalendarItem]
    moments: list[CalendarMoment]
    holidays: list[CalendarHoliday]
    audiences: list[Named]
    people: list[Named]
    weekdays: list[int] = Field(description="The weekdays on which the workspace works; Monday is 0.")
    days_off: list[date] = Field(description="Free days on working weekdays: holidays and days off.")
    truncated: bool = Field(description="There is more than can be shown; narrow it down.")

    @classmethod
    def of(cls, found: Calendar, today: date) -> CalendarOut:
        """Return the calendar as the API shows it."""
        return cls.model_construct(
            first=found.first,
            last=found.last,
            today=today,
            campaigns=found.campaigns,
            items=found.items,
            undated=found.undated,
            moments=found.moments,
            holidays=list(found.holidays),
            audiences=[Named(id=id, name=name) for id, name in found.audiences.items()],
            people=[Named(id=id, name=name) for id, name in found.people.items()],
            weekdays=found.weekdays,
            days_off=found.days_off,
            truncated=found.truncated,
        )


class HolidayPlace(BaseModel):
    """A country by its two letters, and a region of it with holidays of its own."""

    country: Annotated[str, Field(min_length=2, max_length=2)]
    region: Annotated[str, Field(max_length=8)] = ""


class ChannelsApart(BaseModel):
    """How many days touchpoints on two channels should be apart; 0: they never collide."""

    one: Annotated[str, Field(min_length=1, max_length=16)]
    other: Annotated[str, Field(min_length=1, max_length=16)]
    days: Annotated[int, Field(ge=0, le=MOST_DAYS_APART)]


class CalendarSettingsIn(BaseModel):
    """Touchpoints to the same people fewer than `days` days apart collide, unless `pairs` says otherwise.

    `places`: whose holidays are shown beside those of the working calendar.
    """

    days: Annotated[int, Field(ge=1, le=MOST_DAYS_APART)]
    pairs: Annotated[list[ChannelsApart], Field(max_length=50)] = []
    places: Annotated[list[HolidayPlace], Field(max_length=MOST_PLACES)] = []

    def settings(self) -> CalendarSettings:
        """Return the same as the rules know it."""
        return CalendarSettings(
            self.days,
            {(min(pair.one, pair.other), max(pair.one, pair.other)): pair.days for pair in self.pairs},
            tuple(HolidayRegion(place.country, place.region) for place in self.places),
        )


class CalendarSettingsOut(CalendarSettingsIn):
    """The settings, with the place whose holidays come from the working calendar, if it has one."""

    own: HolidayPlace | None


class PriorityIn(BaseModel):
    """1: goes first, 2: usual, 3: gives way."""

    priority: Annotated[int, Field(ge=1, le=3)]
