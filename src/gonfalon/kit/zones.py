"""What a time zone tells of where somebody is."""

from __future__ import annotations

from babel.core import get_global


def country_of_zone(time_zone: str) -> str:
    """Return the country a time zone lies in (CLDR), "" when it is none's: whose numbers, days and holidays are
    meant."""
    return str(get_global("zone_territories").get(time_zone, ""))
