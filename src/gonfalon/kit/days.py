"""Days and moments from outside: between 1900 and 2200, so that a few years more or less never leave the calendar."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, TypeVar

from pydantic import AfterValidator, AwareDatetime
from pydantic_core import PydanticCustomError

FIRST_YEAR = 1900
LAST_YEAR = 2200
OUT_OF_RANGE = "day_out_of_range"
"""The code of a day that nobody plans for."""

D = TypeVar("D", date, datetime)


def check_day(value: D) -> D:
    """Return the day or moment itself; raises an error that says which years there are."""
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise PydanticCustomError(OUT_OF_RANGE, "Choose a day between the years 1900 and 2200")
    return value


Day = Annotated[date, AfterValidator(check_day)]
"""A day that somebody sends; every request takes days as this type (`tests/architecture`)."""
Moment = Annotated[AwareDatetime, AfterValidator(check_day)]
"""A moment that somebody sends, with its offset from UTC."""
