"""Moments, and how `date: "%…"` writes them: the directives of Liquid's own strftime (Ruby's).

Names of days and months are the workspace's language.
"""

from __future__ import annotations

import contextlib
import functools
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from email.utils import parsedate_to_datetime
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale
from liquid.exceptions import FilterArgumentError

from gonfalon.kit.clock import utcnow

_DIRECTIVE: Final = re.compile(r"%([-_0^#]*)(\d*)(:{0,2})(?:E(?=[cCxXyY])|O(?=[deHkIlmMSuUVwWy]))?(.?)", re.DOTALL)
_WIDEST: Final = 20
_EPOCH_DIGITS: Final = re.compile(r"\d{9,12}")
_LAST_SECOND: Final = 253_402_300_799

_LONG: Final = {
    "c": "%a %b %e %H:%M:%S %Y",
    "D": "%m/%d/%y",
    "x": "%m/%d/%y",
    "F": "%Y-%m-%d",
    "T": "%H:%M:%S",
    "X": "%H:%M:%S",
    "R": "%H:%M",
    "r": "%I:%M:%S %p",
    "v": "%e-%^b-%Y",
    "+": "%a %b %e %H:%M:%S %Z %Y",
}
"""Directives that are short for others."""

_NUMBERS: Final[dict[str, tuple[Callable[[datetime], int], int, str]]] = {
    "Y": (lambda m: m.year, 4, "0"),
    "C": (lambda m: m.year // 100, 2, "0"),
    "y": (lambda m: m.year % 100, 2, "0"),
    "m": (lambda m: m.month, 2, "0"),
    "d": (lambda m: m.day, 2, "0"),
    "e": (lambda m: m.day, 2, " "),
    "j": (lambda m: m.timetuple().tm_yday, 3, "0"),
    "H": (lambda m: m.hour, 2, "0"),
    "k": (lambda m: m.hour, 2, " "),
    "I": (lambda m: m.hour % 12 or 12, 2, "0"),
    "l": (lambda m: m.hour % 12 or 12, 2, " "),
    "M": (lambda m: m.minute, 2, "0"),
    "S": (lambda m: m.second, 2, "0"),
    "s": (lambda m: int(m.timestamp()), 1, "0"),
    "u": (lambda m: m.isoweekday(), 1, "0"),
    "w": (lambda m: m.isoweekday() % 7, 1, "0"),
    "G": (lambda m: m.isocalendar().year, 4, "0"),
    "g": (lambda m: m.isocalendar().year % 100, 2, "0"),
    "V": (lambda m: m.isocalendar().week, 2, "0"),
    "U": (lambda m: int(m.strftime("%U")), 2, "0"),
    "W": (lambda m: int(m.strftime("%W")), 2, "0"),
}
"""What each writes, its usual width and what fills it up."""

_WORDS: Final[dict[str, Callable[[datetime, Locale], str]]] = {
    "A": lambda m, locale: locale.days["format"]["wide"][m.weekday()],
    "a": lambda m, locale: locale.days["format"]["abbreviated"][m.weekday()],
    "B": lambda m, locale: locale.months["format"]["wide"][m.month],
    "b": lambda m, locale: locale.months["format"]["abbreviated"][m.month],
    "h": lambda m, locale: locale.months["format"]["abbreviated"][m.month],
    "p": lambda m, locale: _half(m, locale).upper(),
    "P": lambda m, locale: _half(m, locale).lower(),
    "Z": lambda m, locale: m.tzname() or "",
    "n": lambda m, locale: "\n",
    "t": lambda m, locale: "\t",
    "%": lambda m, locale: "%",
}


def moment_of(value: object, zone: ZoneInfo) -> date | datetime | None:
    """Return the moment a value of Liquid means; None for what is none, which is then printed as it is."""
    if isinstance(value, datetime):
        return value.astimezone(zone) if value.tzinfo else value
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        if value.lower() in ("now", "today"):
            return utcnow().astimezone(zone)
        if _EPOCH_DIGITS.fullmatch(value):
            value = int(value)
        else:
            return _parse(str(value), zone)
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool) and 0 <= value <= _LAST_SECOND:
        return datetime.fromtimestamp(float(value), UTC).astimezone(zone)
    return None


def with_time(moment: date | datetime, zone: ZoneInfo) -> datetime:
    """Return the moment with its time and zone; a day begins at midnight."""
    if not isinstance(moment, datetime):
        return datetime(moment.year, moment.month, moment.day, tzinfo=zone)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def write_moment(moment: datetime, pattern: str, locale: Locale) -> str:
    """Return the moment as a pattern of %-directives writes it; raises FilterArgumentError for one that does not
    exist."""
    return "".join(piece if isinstance(piece, str) else piece(moment, locale) for piece in _pieces(pattern))


@functools.lru_cache(maxsize=512)
def _pieces(pattern: str) -> tuple[str | Callable[[datetime, Locale], str], ...]:
    pieces: list[str | Callable[[datetime, Locale], str]] = []
    position = 0
    for match in _DIRECTIVE.finditer(pattern):
        pieces += [pattern[position : match.start()], _piece(match[1], match[2], match[3], match[4], match[0])]
        position = match.end()
    return (*pieces, pattern[position:])


def _piece(flags: str, width: str, colons: str, name: str, written: str) -> Callable[[datetime, Locale], str]:
    size = int(width[:3] or 0)
    if size > _WIDEST or (colons and name != "z"):
        name = ""
    if name in _NUMBERS:
        number, usual, fill = _NUMBERS[name]
        return lambda moment, locale: _filled(str(number(moment)), flags, size or usual, fill)
    if name in _WORDS:
        word = _WORDS[name]
        return lambda moment, locale: _filled(_cased(word(moment, locale), flags), flags, size, " ")
    if name in _LONG:
        rest = _LONG[name]
        return lambda moment, locale: _filled(_cased(write_moment(moment, rest, locale), flags), flags, size, " ")
    if name in ("L", "N"):
        digits = size or (3 if name == "L" else 9)
        return lambda moment, locale: f"{moment.microsecond:06d}".ljust(digits, "0")[:digits]
    if name == "z":
        return lambda moment, locale: _offset(moment, colons)
    raise FilterArgumentError(f"“{written[:3]}” is not a date directive", token=None)


def _filled(text: str, flags: str, width: int, fill: str) -> str:
    if "-" in flags:
        return text
    fill = "0" if "0" in flags else " " if "_" in flags else fill
    return text.rjust(width, fill)


def _cased(text: str, flags: str) -> str:
    if "^" in flags:
        return text.upper()
    return text.swapcase() if "#" in flags and text.isupper() else text.upper() if "#" in flags else text


def _offset(moment: datetime, colons: str) -> str:
    seconds = int((moment.utcoffset() or moment - moment).total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("+", seconds)
    parts = [f"{seconds // 3600:02d}", f"{seconds // 60 % 60:02d}"]
    if len(colons) == 2:
        parts.append(f"{seconds % 60:02d}")
    return sign + (":" if colons else "").join(parts)


def _half(moment: datetime, locale: Locale) -> str:
    return str(locale.day_periods["format"]["abbreviated"]["am" if moment.hour < 12 else "pm"])


@functools.lru_cache(maxsize=2048)
def _parse(text: str, zone: ZoneInfo) -> date | datetime | None:
    """ISO 8601, as attributes and the API have it, and forms without a doubt; anything else is printed as it is."""
    moment: date | datetime | None = None
    for read in (_iso, _of_mails, *_SPOKEN):
        with contextlib.suppress(ValueError, IndexError, OverflowError):
            moment = read(text.strip())
            break
    return moment.astimezone(zone) if isinstance(moment, datetime) and moment.tzinfo else moment


def _iso(text: str) -> date | datetime:
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(re.sub(r" (?:UTC|GMT)$", "Z", text))


def _of_mails(text: str) -> datetime:
    if not re.match(r"[A-Z][a-z]{2}, \d", text):
        raise ValueError(text)
    return parsedate_to_datetime(text)


def _spoken(form: str) -> Callable[[str], date]:
    return lambda text: datetime.strptime(re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|,", "", text), form).date()  # noqa: DTZ007


_SPOKEN: Final = tuple(map(_spoken, ("%Y/%m/%d", "%B %d %Y", "%b %d %Y", "%d %B %Y", "%d %b %Y")))
