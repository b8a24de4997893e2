"""Write a calendar as iCalendar (RFC 5545).

Instants are written in UTC, which every calendar shows in its reader's zone; days without a time as DATE, with the day
behind the last one as their end. The same things give the same bytes, so that an unchanged feed has an unchanged ETag.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import icalendar

from gonfalon.planning.calendar.model import Calendar, CalendarBar, CalendarItem, ItemKind

LASTS = timedelta(minutes=30)
"""How long a touchpoint is on a reader's calendar."""
_DAY = timedelta(days=1)


def write_calendar(found: Calendar, *, name: str, zone: str, base: str, made_at: datetime) -> bytes:
    """Return the calendar as a file. base: the address of the workspace's pages; made_at: stands for what has no own
    time.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Gonfalon//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", zone)
    calendar.add("x-published-ttl", "PT1H")
    campaigns = {bar.id: bar for bar in found.campaigns}
    for bar in found.campaigns:
        if bar.shown:
            calendar.add_component(_campaign(bar, base))
    for item in found.items:
        calendar.add_component(_item(item, campaigns[item.campaign_id], base))
    for moment in found.moments:
        uid = f"moment-{moment.id}-{moment.starts_on.isoformat()}"
        calendar.add_component(_days(uid, moment.name, moment.starts_on, moment.ends_on, moment.updated_at, "moment"))
    for holiday in found.holidays:
        uid = f"holiday-{holiday.place}-{holiday.day.isoformat()}"
        calendar.add_component(
            _days(uid, f"{holiday.name} ({holiday.place})", holiday.day, holiday.day, made_at, "holiday")
        )
    written: bytes = calendar.to_ical()
    return written


def _campaign(bar: CalendarBar, base: str) -> icalendar.Event:
    first = bar.starts_on or bar.ends_on
    last = bar.ends_on or bar.starts_on
    assert first is not None
    assert last is not None
    event = _days(f"campaign-{bar.id}", bar.name, first, last, bar.updated_at, "campaign")
    event.add("url", f"{base}/campaigns/{bar.id}")
    return event


def _item(item: CalendarItem, campaign: CalendarBar, base: str) -> icalendar.Event:
    words = f"{item.name} · {campaign.name}"
    changed = item.updated_at or campaign.updated_at
    if item.kind is ItemKind.TOUCHPOINT and item.at is not None:
        event = _event(f"touchpoint-{item.id}", words, changed, "touchpoint", item.channel or "")
        event.add("dtstart", item.at.astimezone(UTC))
        event.add("dtend", (item.at + LASTS).astimezone(UTC))
        event.add("status", "TENTATIVE" if item.state == "draft" else "CONFIRMED")
        event.add("url", f"{base}/touchpoints/{item.id}")
        return event
    assert item.starts_on is not None
    assert item.ends_on is not None
    if item.kind is ItemKind.TOUCHPOINT:  # carried out elsewhere, on a day
        event = _days(f"touchpoint-{item.id}", words, item.starts_on, item.ends_on, changed, "touchpoint")
        event.add("url", f"{base}/touchpoints/{item.id}")
        return event
    event = _days(f"task-{item.id}", words, item.starts_on, item.ends_on, changed, item.kind.value)
    event.add("url", f"{base}/campaigns/{item.campaign_id}?tab=timeline&task={item.id}")
    return event


def _days(uid: str, words: str, first: date, last: date, changed: datetime, *kinds: str) -> icalendar.Event:
    event = _event(uid, words, changed, *kinds)
    event.add("dtstart", first)
    event.add("dtend", last + _DAY)
    event.add("transp", "TRANSPARENT")
    return event


def _event(uid: str, words: str, changed: datetime, *kinds: str) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{uid}@gonfalon")
    event.add("summary", words)
    event.add("dtstamp", changed.astimezone(UTC))
    event.add("last-modified", changed.astimezone(UTC))
    event.add("categories", [kind for kind in kinds if kind])
    return event
