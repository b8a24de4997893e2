"""Days and moments as people, spreadsheets and programs write them. Pure.

Imports, budgets, tasks, bills and events read with the same readers, so that the same text is the same day everywhere.
What cannot be read, or could be two days, raises Unreadable, whose code says why.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from typing import Final, Literal
from zoneinfo import ZoneInfo

from babel.dates import get_day_names, get_month_names

from gonfalon.kit.cells import MOST, Unreadable, bare

Order = Literal["ymd", "dmy", "mdy"]

FIRST_YEAR, LAST_YEAR = 1600, 2199
"""Other years are those of another calendar, or stand for no day."""
_MONTH_FIRST = frozenset({"US", "PH", "FM", "MH", "PW", "GU", "AS", "PR", "VI", "MP"})
_AT = re.compile(
    r"(?:(?<=\d)[Tt_]|[,\s]\s*(?:(?:at|kl|klo|à|um|a las|às|alle|ore|ora|о|в|o|saat)\.?\s+)?|(?<=日)|(?<=일))"
    r"(?P<clock>\d{1,2}(?:[:h時时点點]|시\s?|\.(?=\d{2}(?!\d)))(?:\d{2}|$).*)$"
)
"""Where the time of day begins, behind the day."""
_CLOCK = re.compile(
    r"(?P<h>\d{1,2})(?:[:.h時时点點]|시\s?)(?P<m>\d{2})?[分분]?\s?(?:[:.]?(?P<s>\d{2})[秒초]?(?:[.,](?P<part>\d{1,9}))?)?"
    r"\s*(?P<half>[ap]\.?\s?m\.?)?(?P<zone>.*)",
    re.IGNORECASE,
)
_CTIME = re.compile(r"([^\W\d_]+\s+\d{1,2}) (\d{2}:\d{2}:\d{2})(?: ([A-Z]{1,5}))? (\d{4})")
"""What C's ctime and Unix's date say: Jan  5 10:00:00 UTC 2026."""
_COMPACT = re.compile(
    r"(?P<a>(?:19|20)\d{2})(?P<b>[01]\d)(?P<c>[0-3]\d)(?:[Tt]?(?P<time>\d{4}(?:\d{2})?)(?P<rest>\D.*)?)?"
)
_YEAR_FIRST = re.compile(r"(?P<a>\d{4})\s?[-/.年년]\s?(?P<b>\d{1,2})\s?[-/.月월]\s?(?P<c>\d{1,2})[日일]?\.?")
_YEAR_LAST = re.compile(r"(?P<a>\d{1,2})(?:[-/]|\.\s?)(?P<b>\d{1,2})(?:[-/]|\.\s?)(?P<c>\d{4}|\d{2})")
_ORDINAL = r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|e|[ºª°])?\.?"
_MONTH = r"(?P<m>[^\W\d_]+)\.?"
_WORDED = (
    re.compile(
        rf"(?:the )?{_ORDINAL}[\s/.-]*(?:(?:of|de|del|d') ?)?{_MONTH},?[\s/.-]+(?:del? )?(?P<y>\d{{4}}|\d{{2}})"
    ),
    re.compile(rf"{_MONTH}[\s-]+{_ORDINAL},?[\s-]+(?P<y>\d{{4}})"),
    re.compile(rf"(?P<y>\d{{4}})[.,]?[\s/.-]+{_MONTH}[\s/.-]+{_ORDINAL}"),
)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:$|[T ]\d{2}:\d{2})")
_YEARS = re.compile(r"\s?\b(?:г|год|года|р|року|r|roku|m|gada)\.?$")
"""The word “year” behind one."""
_WEEKDAY = re.compile(r"([^\W\d_]+)\.?,?\s+(?=\S)|\(([^\W\d_]+)\.?\)")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_UNITS: Final = ((10**11, 1), (10**14, 1_000), (10**17, 1_000_000), (10**20, 1_000_000_000))
"""Numbers below the first are seconds, then milli-, micro- and nanoseconds: each has its own range since 1973."""
_NUMBER: Final = re.compile(r"\d{9,19}(?:\.\d{1,9})?")
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})?")
_BRACKETS = re.compile(r"\([^)]*\)|\[([^\]]*)\]")
_ZONES: Final = {
    "": None, "uhr": None, "h": None, "z": 0, "utc": 0, "gmt": 0, "ut": 0, "edt": -4, "est": -5, "cdt": -5, "cst": -6,
    "mdt": -6, "mst": -7, "pdt": -7, "pst": -8, "wet": 0, "west": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2,
    "eet": 2, "eest": 3, "msk": 3, "jst": 9, "kst": 9, "aest": 10, "aedt": 11,
}  # fmt: skip
"""Hours from UTC that a name stands for (RFC 5322 and Europe's): others mean several zones, and are refused."""
_LANGUAGES = (
    "en", "fr", "sv", "de", "es", "it", "nl", "da", "nb", "pt", "fi", "pl", "cs", "sk", "tr", "el", "hu", "ro", "ru",
    "uk", "bg", "et", "lv", "lt", "sl", "id",
)  # fmt: skip
"""In which files come. No two of them call two months by one name, unlike Croatian and Czech."""


def month_first(country: str) -> bool:
    """Return whether people of a country (ISO 3166) write 3/4 for the fourth of March."""
    return country.upper() in _MONTH_FIRST


def read_day(text: str, order: Order | Literal[""] = "") -> date:
    """Return a day: 2026-11-24, 2026年11月24日, 24 Nov 2026, and with an order also 24/11/2026 or 11/24/26. A time is
    dropped.

    Without an order those that can be read in two ways are refused (`day_ambiguous`). Two-digit years are of 1970–2069.
    Raises `day_unreadable`, `day_unknown` (30 February, the year 9999) or `day_ambiguous`.
    """
    found = bare(text)
    if len(found) == 10 and _ISO.match(found):
        return _made(found[:4], found[5:7], found[8:])
    return _day(found, order)[0]


def read_moment(given: object, zone: tzinfo, order: Order | Literal[""] = "") -> datetime:
    """Return a moment, aware: as `read_day` with a time of day, else the day's beginning; zone: where none is written.

    Also what programs write: ISO 8601, mails and HTTP (RFC 5322, 9110), JavaScript's and C's dates, and seconds,
    milli-, micro- or nanoseconds since 1970 as number or text. Raises as `read_day`.
    """
    if isinstance(given, int | float) and not isinstance(given, bool):
        return _of_number(float(given))
    if not isinstance(given, str) or len(given) > 100:
        raise Unreadable("day_unreadable")
    text = bare(given)
    if _NUMBER.fullmatch(text) and not (len(text) == 14 and _COMPACT.fullmatch(text)):
        return _of_number(float(text))
    if _ISO.match(text):
        with suppress(ValueError):  # what nearly every program writes, and much quicker
            exact = datetime.fromisoformat(text)
            if FIRST_YEAR <= exact.year <= LAST_YEAR:
                return exact if exact.tzinfo else exact.replace(tzinfo=zone)
    day, clock = _day(text, order)
    return _at(day, clock, zone) if clock else datetime.combine(day, time(), zone)


def day_orders(cells: Iterable[str]) -> list[Order]:
    """Return the orders in which every filled cell is a day: one decides, two leave it to the workspace, none are no
    days."""
    left: list[Order] = ["ymd", "dmy", "mdy"]
    filled = False
    for cell in cells:
        if found := bare(cell):
            filled = True
            left = [order for order in left if _reads(found, order)]
            if not left:
                return []
    return left if filled else []


def _reads(text: str, order: Order) -> bool:
    try:
        _day(text, order)
    except Unreadable:
        return False
    return True


def _day(text: str, order: str) -> tuple[date, str]:
    """The day and the time of day written behind it ("" for none)."""
    if len(text) > MOST + 40:
        raise Unreadable("day_unreadable")
    found = _plain_day(text, order)
    if found is None and (named := _WEEKDAY.search(text)) and (days := _weekdays().get(_folded(named[1] or named[2]))):
        # Only then: “mar” is Tuesday in French, and March in English.
        rest = f"{text[: named.start()]}{text[named.end() :]}".strip()
        found = _plain_day(rest, _told(rest, order, days))
    if found is None:
        raise Unreadable("day_unreadable")
    return found


def _told(text: str, order: str, weekdays: frozenset[int]) -> str:
    """The order of a day whose weekday is written beside it: "Mon 3/8/27" is in March. Raises Unreadable for another.

    A weekday that fits no order says nothing.
    """
    at = _AT.search(text)
    parts = _YEAR_LAST.fullmatch((text[: at.start()] if at else text).rstrip(" ,"))
    if parts is None:
        return order
    fitting = []
    for each in ("dmy", "mdy", "ymd"):
        with suppress(Unreadable):
            if _ordered(parts["a"], parts["b"], parts["c"], each).weekday() in weekdays:
                fitting.append(each)
    if not fitting or order in fitting:
        return order
    if order:
        raise Unreadable("day_unreadable")
    return fitting[0] if set(fitting) != {"dmy", "mdy"} else order


def _plain_day(text: str, order: str) -> tuple[date, str] | None:
    if said := _CTIME.fullmatch(" ".join(text.split())):
        text = f"{said[1]} {said[4]} {said[2]} {said[3] or ''}".strip()
    if found := _COMPACT.fullmatch(text):
        clock = found["time"] or ""
        parts = ":".join(clock[at : at + 2] for at in range(0, len(clock), 2))
        return _made(found["a"], found["b"], found["c"]), f"{parts}{found['rest'] or ''}"
    at = _AT.search(text)
    clock = at["clock"] if at else ""
    said_day = _YEARS.sub("", text[: at.start()] if at else text).rstrip(" ,")
    if found := _YEAR_FIRST.fullmatch(said_day):
        return _made(found["a"], found["b"], found["c"]), clock
    if found := _YEAR_LAST.fullmatch(said_day):
        return _ordered(found["a"], found["b"], found["c"], order), clock
    for pattern in _WORDED:
        if (found := pattern.fullmatch(said_day)) and (month := _months().get(_folded(found["m"]))):
            return _made(found["y"], str(month), found["d"]), clock
    return None


def _ordered(a: str, b: str, c: str, order: str) -> date:
    if order == "ymd":
        if len(c) == 4:
            raise Unreadable("day_unreadable")
        return _made(a, b, c)
    if order == "dmy":
        return _made(c, b, a)
    if order == "mdy":
        return _made(c, a, b)
    first, second = int(a), int(b)
    if first == second or first > 12 >= second:
        return _made(c, b, a)
    if second > 12 >= first:
        return _made(c, a, b)
    raise Unreadable("day_ambiguous" if first <= 12 else "day_unknown")


def _made(year: str, month: str, day: str) -> date:
    full = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 70 else 1900)
    try:
        if FIRST_YEAR <= full <= LAST_YEAR:
            return date(full, int(month), int(day))
    except ValueError:
        pass
    raise Unreadable("day_unknown")


def _at(day: date, clock: str, zone: tzinfo) -> datetime:
    found = _CLOCK.fullmatch(clock)
    if found is None:
        raise Unreadable("day_unreadable")
    hour, minute, second = int(found["h"]), int(found["m"] or 0), min(int(found["s"] or 0), 59)
    if half := found["half"]:
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    after = timedelta(days=1 if (hour, minute, second) == (24, 0, 0) else 0)  # ISO 8601 ends days so
    part = int((found["part"] or "").ljust(6, "0")[:6])
    try:
        at = time(0 if after else hour, minute, second, part)
        return datetime.combine(day, at, _zone(found["zone"], zone)) + after
    except (ValueError, OverflowError, KeyError, OSError) as error:  # zoneinfo raises the last two for unknown names
        raise Unreadable("day_unreadable") from error


def _zone(written: str, home: tzinfo) -> tzinfo:
    """The zone behind a time of day; raises ValueError for a name that means none, or several."""
    named = _BRACKETS.search(written)
    rest = _BRACKETS.sub("", written).strip()
    if offset := _OFFSET.search(rest):
        rest = f"{rest[: offset.start()]}{rest[offset.end() :]}".strip()
    hours = _ZONES.get(rest.casefold(), "?")
    if isinstance(hours, str):
        raise ValueError(rest)
    if offset:
        away = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        return timezone(-away if offset[1] == "-" else away)
    if hours is not None:
        return timezone(timedelta(hours=hours))
    return ZoneInfo(named[1]) if named and named[1] else home


def _of_number(given: float) -> datetime:
    for beyond, fraction in _UNITS:
        if 10**8 <= given < beyond:
            return _EPOCH + timedelta(seconds=given / fraction)
    raise Unreadable("day_unreadable")


def _folded(name: str) -> str:
    """A name without accents, case and points: as it is typed in a hurry."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).strip(". ")


@cache
def _weekdays() -> dict[str, frozenset[int]]:
    """Names of weekdays, long and short (CLDR), and which day each is (0 is Monday): in two languages some are two."""
    widths: tuple[Literal["wide", "abbreviated"], ...] = ("wide", "abbreviated")
    names = [get_day_names(width, "format", language) for language in _LANGUAGES for width in widths]
    found: dict[str, frozenset[int]] = {}
    for each in (*names, *(dict(enumerate(letters)) for letters in ("月火水木金土日", "월화수목금토일"))):
        for number, name in each.items():
            found[_folded(name)] = found.get(_folded(name), frozenset()) | {number}
    return found


@cache
def _months() -> dict[str, int]:
    """Names of months, long and short, of the same languages (CLDR)."""
    found = {"sept": 9}
    contexts: tuple[Literal["format", "stand-alone"], ...] = ("format", "stand-alone")
    widths: tuple[Literal["wide", "abbreviated"], ...] = ("wide", "abbreviated")
    for language in _LANGUAGES:
        for context in contexts:
            for width in widths:
                for number, name in get_month_names(width, context, language).items():
                    found.setdefault(_folded(name), number)
    return found
