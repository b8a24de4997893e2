"""Pure decisions on templates: relative days become dates and back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from gonfalon.kit.errors import Invalid
from gonfalon.planning.playbook.templates.schemas import MOST_DAYS, PlanDocument, PlanTouchpoint
from gonfalon.planning.timeline.model import TaskKind


@dataclass(frozen=True, slots=True)
class Span:
    """A campaign's days, inclusive, and how long its template was."""

    first: date
    last: date
    days: int

    def on(self, day: int) -> date:
        """Return the date of a relative day. Days within the campaign are stretched with it; what lies before or after
        keeps its distance to the end it lies beyond.
        """
        if day < 0 or self.days == 1:
            return self.first + timedelta(days=day)
        if day >= self.days:
            return self.last + timedelta(days=day - self.days + 1)
        length = (self.last - self.first).days
        return self.first + timedelta(days=round(day * length / (self.days - 1)))


def launch_day(document: PlanDocument) -> int | None:
    """Return the relative day that all is about: that of the first milestone with a fixed day, such as the launch."""
    return min(
        (task.fixed_day for task in document.tasks if task.kind is TaskKind.MILESTONE and task.fixed_day is not None),
        default=None,
    )


def span(document: PlanDocument, starts_on: date | None, ends_on: date | None, launches_on: date | None = None) -> Span:
    """Return the days of a campaign that begins, ends or launches on a day, or begins and ends on two.

    Raises Invalid for days that make no sense.
    """
    if launches_on is not None:
        at = launch_day(document)
        if at is None or starts_on is not None or ends_on is not None:
            raise Invalid(
                "launch_day", "Choose the launch day alone, for a template that has a milestone on a fixed day."
            )
        if 1990 <= launches_on.year <= 2150:
            starts_on = launches_on - timedelta(days=at)
    for day in (starts_on, ends_on, launches_on):
        if day is not None and not 1990 <= day.year <= 2150:
            raise Invalid("day_out_of_range", f"{day.isoformat()} is not a day that can be planned for.")
    length = timedelta(days=document.days - 1)
    if starts_on is None and ends_on is None:
        raise Invalid("dates_missing", "Choose the campaign's first or last day.")
    first = starts_on if starts_on is not None else ends_on - length if ends_on is not None else date.min
    last = ends_on if ends_on is not None else first + length
    if last < first:
        raise Invalid("campaign_dates", "The campaign ends before it begins; move one of the two dates.")
    if (last - first).days >= MOST_DAYS:
        raise Invalid("campaign_long", "A campaign made from a template lasts at most ten years.")
    return Span(first, last, document.days)


def moment(days: Span, touchpoint: PlanTouchpoint, zone: ZoneInfo) -> datetime | None:
    """Return when a touchpoint goes out, None where the template leaves it open."""
    if touchpoint.day is None:
        return None
    at = touchpoint.at
    hour, minute = (at.hour, at.minute) if at is not None else (9, 0)
    on = days.on(touchpoint.day)
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=zone)
