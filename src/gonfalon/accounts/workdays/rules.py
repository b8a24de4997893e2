"""Make the working days of a week and its holidays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from gonfalon.accounts.workdays.model import Week, WorkingDays


def holidays_in(country: str, region: str, years: Iterable[int], language: str) -> dict[date, str]:
    """The public holidays of a country or of a region of it, named in this language; in English where it has no names.

    Without a language, the package would take the machine's.
    """
    import holidays  # a tenth of a second, and not everybody chooses a country

    known = holidays.country_holidays(country).supported_languages
    named = [one for wanted in (language, "en") for one in known if one.split("_")[0] == wanted]
    chosen = named[0] if named else None
    return dict(holidays.country_holidays(country, subdiv=region or None, years=years, language=chosen))


@lru_cache(maxsize=4096)
def _holidays(country: str, region: str, year: int) -> frozenset[date]:
    return frozenset(holidays_in(country, region, (year,), "en"))


def working_days(begin: date, week: Week) -> WorkingDays:
    """The calendar of somebody's week."""

    def days_off(year: int) -> frozenset[date]:
        free = frozenset(day for day in week.days_off if day.year == year)
        return free | _holidays(week.country, week.region, year) if week.country else free

    return WorkingDays(begin, week.weekdays, days_off)
