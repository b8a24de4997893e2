"""Make the working days of a week and its holidays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from gonfalon.accounts.workdays.model import Week, WorkingDays
from gonfalon.kit.zones import country_of_zone


def holidays_in(country: str, region: str, years: Iterable[int], language: str) -> dict[date, str]:
    """Return the public holidays of a country or of a region of it, named in this language; in English where it has no
    names.

    Without a language, the package would take the machine's.
    """
    import holidays  # a tenth of a second, and not everybody chooses a country

    known = holidays.country_holidays(country).supported_languages
    named = [one for wanted in (language, "en") for one in known if one.split("_")[0] == wanted]
    chosen = named[0] if named else None
    return dict(holidays.country_holidays(country, subdiv=region or None, years=years, language=chosen))


def usual_week(time_zone: str) -> Week:
    """Return when a workspace works that has not said so: Monday to Friday, but for its country's holidays."""
    return Week(country=_country_with_holidays(country_of_zone(time_zone)))


@lru_cache(maxsize=256)
def _country_with_holidays(country: str) -> str:
    import holidays

    return country if country in holidays.list_supported_countries() else ""


@lru_cache(maxsize=4096)
def _holidays(country: str, region: str, year: int) -> frozenset[date]:
    return frozenset(holidays_in(country, region, (year,), "en"))


def working_days(begin: date, week: Week) -> WorkingDays:
    """Return the calendar of somebody's week."""

    def days_off(year: int) -> frozenset[date]:
        free = frozenset(day for day in week.days_off if day.year == year)
        return free | _holidays(week.country, week.region, year) if week.country else free

    return WorkingDays(begin, week.weekdays, days_off)


def free_days(calendar: WorkingDays, first: date, last: date, weekdays: Iterable[int]) -> list[date]:
    """Return the days between two (inclusive) that are free although their weekday is not: holidays and days off."""
    working, usual = set(calendar.listed(first, last)), set(weekdays)
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in every if day.weekday() in usual and day not in working]
