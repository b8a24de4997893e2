"""The time a review is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from gonfalon.kit.errors import Invalid

MOST_DAYS = 731


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both included, in the workspace's zone. `today` is the present day there."""

    first: date
    last: date
    zone: ZoneInfo
    today: date

    def __post_init__(self) -> None:
        if not MOST_DAYS >= (self.last - self.first).days >= 0:
            raise Invalid(
                "days_invalid", "The last day must not be before the first, nor more than two years after it."
            )

    @property
    def since(self) -> datetime:
        """Its first instant."""
        return datetime.combine(self.first, time(), self.zone)

    @property
    def until(self) -> datetime:
        """The first instant after it."""
        return datetime.combine(self.last + timedelta(days=1), time(), self.zone)

    @property
    def seen_from(self) -> date:
        """The day from which a review looks at what is open: the last one, or today while it goes on."""
        return min(self.last, self.today)
