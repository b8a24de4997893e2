"""Reading a sentence piece by piece: phrases, names, numbers, days, periods, numbers of times.

Whatever could have stood at the farthest place that was reached is remembered: it is both what an error names and
what is offered for completion.
"""

from __future__ import annotations

import calendar as months
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from gonfalon.kit.numbers import NotANumber, read_decimal

from ..segments.language import MAX_DAYS, Calendar
from .tokens import Token, tokens_of
from .words import Expected, Unclear, Words

T = TypeVar("T")

MONTHS = {name.casefold(): number for number, name in enumerate(months.month_name) if number}
MONTHS |= {name.casefold(): number for number, name in enumerate(months.month_abbr) if number}
UNITS = {"day": 1, "week": 7, "month": 30, "year": 365}
TIMES = {"once": 1, "twice": 2, "thrice": 3}
PERIODS = {each.value.replace("_", " "): each for each in Calendar}
STOPS = frozenset(
    {
        "and", "or", "then", "with", "since", "until", "before", "after", "in", "during", "within", "today",
        "yesterday", "this", "last", "next", "from", "between", "at", "for", "by", "exactly", "once", "twice",
        "thrice", "but", "counting", "of", "worth",
    }
)  # fmt: skip
"""Words that end a value or name written without quotes."""


class Miss(Exception):
    """What was looked for does not stand here."""


class Reader:
    """A sentence being read. ``at`` is the number of the next token."""

    def __init__(self, sentence: str, words: Words) -> None:
        self.sentence = sentence
        self.words = words
        self.tokens = tokens_of(sentence)
        self.at = 0
        self._farthest = 0
        self._expected: dict[Expected, None] = {}
        self.unfinished: tuple[int, Expected] | None = None
        """Where a name was written without quotes to the very end, so that it may still be going on."""

    # what stands here

    @property
    def token(self) -> Token | None:
        """The next token; None at the end."""
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def miss(self, expected: Expected, at: int | None = None) -> Miss:
        """Note what could have stood here (or at a later token) and return the exception to raise."""
        at = self.at if at is None else at
        if at > self._farthest:
            self._farthest, self._expected = at, {}
        if at == self._farthest:
            self._expected[expected] = None
        return Miss()

    def unclear(self) -> Unclear:
        """Return the error at the farthest place that was reached."""
        token = self.tokens[self._farthest] if self._farthest < len(self.tokens) else None
        at, end = (token.at, token.end) if token else (len(self.sentence), len(self.sentence))
        return Unclear(at, end, self.sentence[at:end], tuple(self._expected))

    @contextmanager
    def _back(self) -> Iterator[None]:
        """Go back to where it began if the reading within misses."""
        start = self.at
        try:
            yield
        except Miss:
            self.at = start
            raise

    def maybe(self, read: Callable[[], T]) -> T | None:
        """Return what the reading gives; None where it misses."""
        try:
            with self._back():
                return read()
        except Miss:
            return None

    def either(self, *readings: Callable[[], T]) -> T:
        """Return what the first reading gives that does not miss."""
        for read in readings[:-1]:
            try:
                with self._back():
                    return read()
            except Miss:
                continue
        with self._back():
            return readings[-1]()

    # words

    def phrase(self, phrase: str) -> str:
        """Return these words, one after the other."""
        wanted = phrase.split()
        for number, word in enumerate(wanted):
            at = self.at + number
            token = self.tokens[at] if at < len(self.tokens) else None
            if token is None or token.kind not in ("word", "sign") or token.folded != word:
                raise self.miss(Expected("word", " ".join(wanted[number:])), at)
        self.at += len(wanted)
        return phrase

    def one_of(self, phrases: Mapping[str, T]) -> T:
        """Return what the longest of these phrases that stands here stands for."""
        for phrase in sorted(phrases, key=lambda each: -len(each.split())):
            with suppress(Miss), self._back():
                return phrases[self.phrase(phrase)]
        raise Miss

    def has(self, *phrases: str) -> bool:
        """Return whether one of these phrases stands here; it is read."""
        return self.maybe(lambda: self.one_of(dict.fromkeys(phrases, True))) is not None

    def name(
        self,
        kind: str,
        names: Mapping[str, T],
        other: Callable[[str], T] | None = None,
        offered: tuple[str, ...] | None = None,
    ) -> T:
        """Return a thing by its name, in quotes or not, whatever the case; ``other`` makes one of a name nobody
        knows."""
        token = self.token
        expected = Expected(kind, "", tuple(names) if offered is None else offered)
        if token is None or token.kind == "open":
            raise self.miss(expected)
        folded = {name.casefold(): value for name, value in reversed(list(names.items()))}
        if token.kind == "quoted":
            found = names.get(token.text, folded.get(token.folded))
            if found is None and other is not None and token.text:
                found = other(token.text)
            if found is None:
                raise self.miss(expected)
            self.at += 1
            return found
        longest = max((len(name.split()) for name in folded), default=0)
        for length in range(min(longest, len(self.tokens) - self.at), 0, -1):
            parts = self.tokens[self.at : self.at + length]
            text = " ".join(self.sentence[parts[0].at : parts[-1].end].casefold().split())
            if text in folded:
                self.at += length
                return folded[text]
        if other is not None and (text := self._plain()):
            if self.token is None:
                self.unfinished = token.at, expected
            return other(text)
        raise self.miss(expected)

    def _plain(self) -> str:
        """Words without quotes, up to one that goes on with the sentence."""
        start = self.at
        while (token := self.token) is not None and token.kind == "word" and token.folded not in STOPS:
            self.at += 1
        parts = self.tokens[start : self.at]
        return self.sentence[parts[0].at : parts[-1].end] if parts else ""

    def text(self, names: Iterable[str] = ()) -> str:
        """Return a text: in quotes, or words up to one that goes on with the sentence."""
        token = self.token
        if token is not None and token.kind == "quoted":
            self.at += 1
            return token.text
        known = {name: name for name in names}
        if token is not None and token.kind in ("number", "day"):
            self.at += 1
            return token.text
        return self.name("value", known, lambda text: text)

    # numbers and days

    def number(self) -> int | float:
        """Return a number."""
        value = self._decimal()
        whole = "." not in self.tokens[self.at - 1].text and value == value.to_integral_value()
        return int(value) if whole else float(value)

    def _decimal(self) -> Decimal:
        token = self.token
        if token is None or token.kind != "number":
            raise self.miss(Expected("number"))
        try:
            value = read_decimal(token.text.replace("−", "-"))
        except (NotANumber, InvalidOperation):
            raise self.miss(Expected("number")) from None
        self.at += 1
        return value

    def whole(self, least: int = 0, most: int = 1_000_000) -> int:
        """Return a whole number within these limits."""
        token = self.token
        if token is None or token.kind != "number" or not token.text.isdigit() or len(token.text) > 12:
            raise self.miss(Expected("whole"))
        if not least <= int(token.text) <= most:
            raise self.miss(Expected("whole", f"{least}–{most}"))
        self.at += 1
        return int(token.text)

    def money(self) -> int:
        """Return an amount in the workspace's currency, as minor units."""
        start = self.at
        value = self._decimal() * 10**self.words.digits
        if value != value.to_integral_value() or abs(value) > 2**53:
            raise self.miss(Expected("number"), start)
        return int(value)

    def days(self) -> int:
        """Return so many days, weeks, months or years, as days."""
        number = self.maybe(self.whole)
        number = 1 if number is None else number
        unit = self.one_of({form: size for name, size in UNITS.items() for form in (name, f"{name}s")})
        if number * unit > MAX_DAYS:
            raise self.miss(Expected("whole", f"0–{MAX_DAYS}"), self.at - 1)
        return number * unit

    def day(self) -> date:
        """Return a day: 2026-06-01, 1 June 2026, today, yesterday; a month alone is its first day."""
        return self.span()[0]

    def span(self) -> tuple[date, date]:
        """Return a day, month or year by its name, as first and last day; without a year the latest one that has
        begun."""
        token = self.token
        if token is not None and token.kind == "day":
            try:
                day = date.fromisoformat(token.text)
            except ValueError:
                raise self.miss(Expected("day")) from None
            if not 1000 <= day.year <= 9000:
                raise self.miss(Expected("day"))
            self.at += 1
            return day, day
        return self.either(self._named_day, self._month, self._year, self._no_day)

    def _no_day(self) -> tuple[date, date]:
        raise self.miss(Expected("day"))

    def _named_day(self) -> tuple[date, date]:
        today = self.words.today
        if self.has("today"):
            return today, today
        if self.has("yesterday"):
            return today - timedelta(days=1), today - timedelta(days=1)
        number = self.whole(1, 31)
        first, _ = self._month()
        try:
            day = first.replace(day=number)
        except ValueError:
            raise self.miss(Expected("day")) from None
        return day, day

    def _month(self) -> tuple[date, date]:
        token = self.token
        month = MONTHS.get(token.folded.rstrip(".,")) if token is not None and token.kind == "word" else None
        if month is None:
            raise Miss
        self.at += 1
        today = self.words.today
        year = self.maybe(lambda: self.whole(1000, 9000))
        year = (today.year if month <= today.month else today.year - 1) if year is None else year
        return date(year, month, 1), date(year, month, months.monthrange(year, month)[1])

    def _year(self) -> tuple[date, date]:
        year = self.whole(1000, 9000)
        return date(year, 1, 1), date(year, 12, 31)

    # periods and times

    def period(self) -> dict[str, Any]:
        """Return when, as members of a condition; empty where nothing is said of it."""
        return self.maybe(lambda: self.either(self._within, self._calendar, self._edges, self._in_span)) or {}

    def _within(self) -> dict[str, Any]:
        self.one_of(dict.fromkeys(("in the last", "within the last", "during the last", "in the past"), 0))
        return {"within_days": self.days()}

    def _calendar(self) -> dict[str, Any]:
        return {"calendar": self.one_of(PERIODS)}

    def _edges(self) -> dict[str, Any]:
        kind = self.one_of({each: each for each in ("since", "until", "before", "after", "from", "between")})
        if kind in ("from", "between"):
            first = self.day()
            self.phrase("to" if kind == "from" else "and")
            return {"since": first, "until": self.span()[1]}
        start = self.at
        first, last = self.span()
        try:
            match kind:
                case "until":
                    return {"until": last}
                case "before":
                    return {"until": first - timedelta(days=1)}
                case "after":
                    return {"since": last + timedelta(days=1)}
        except OverflowError:
            raise self.miss(Expected("day"), start) from None
        until = self.maybe(lambda: (self.phrase("until"), self.span()[1])[1])
        return {"since": first} if until is None else {"since": first, "until": until}

    def _in_span(self) -> dict[str, Any]:
        self.one_of({"in": 0, "on": 0, "during": 0})
        first, last = self.span()
        return {"since": first, "until": last}

    def times(self) -> dict[str, int]:
        """Return how often, as members of a condition; empty where nothing is said of it."""
        return self.maybe(lambda: self.either(self._between_times, self._compared_times, self._so_often)) or {}

    def _between_times(self) -> dict[str, int]:
        self.phrase("between")
        least = self.whole()
        self.phrase("and")
        most = self.whole()
        self.phrase("times")
        return {"at_least": least, "at_most": most}

    def _compared_times(self) -> dict[str, int]:
        how = self.one_of(
            {
                "at least": ("at_least",),
                "at most": ("at_most",),
                "exactly": ("at_least", "at_most"),
                "more than": (">",),
                "less than": ("<",),
                "fewer than": ("<",),
            }
        )
        number = self._often()
        if how == (">",):
            return {"at_least": number + 1}
        if how == ("<",):
            return {"at_most": max(0, number - 1)}
        return dict.fromkeys(how, number)

    def _so_often(self) -> dict[str, int]:
        return {"at_least": self._often()}

    def _often(self) -> int:
        word = self.maybe(lambda: self.one_of(TIMES))
        if word is not None:
            return word
        number = self.whole()
        self.one_of({"times": 0, "time": 0})
        return number
