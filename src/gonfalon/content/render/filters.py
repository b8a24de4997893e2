"""The filters that speak a workspace's language, and the guard around all others."""

from __future__ import annotations

import functools
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final, cast
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_currency, format_decimal, format_percent
from liquid import Markup
from liquid.exceptions import FilterArgumentError, LiquidError
from liquid.undefined import Undefined

from gonfalon.content.render.dates import moment_of, with_time, write_moment
from gonfalon.content.render.limits import check_length, check_value
from gonfalon.content.render.model import Style
from gonfalon.kit.money import CURRENCIES, to_decimal
from gonfalon.kit.numbers import NotANumber, read_decimal

Filter = Callable[..., Any]

_NAMED: Final = ("short", "medium", "long", "full")


def _replaced(left: object, old: object, new: object = "", **_: Any) -> int:
    text, sought = str(left), str(old)
    return len(text) + text.count(sought) * (len(str(new)) - len(sought))


def _joined(left: object, between: object = " ", **_: Any) -> int:
    items = left if isinstance(left, (list, tuple)) else ()
    return len(items) * len(str(between)) + sum(len(item) for item in items if isinstance(item, str))


_LENGTHS: Final[dict[str, Callable[..., int]]] = {"replace": _replaced, "join": _joined}
"""How long the results of filters become that can multiply what they are given."""


def guarded(name: str, function: Filter) -> Filter:
    """Return the filter `function` with every argument and its result held to the size limits, before it takes the
    memory."""
    length = _LENGTHS.get(name)

    @functools.wraps(function)
    def guard(left: object, *args: Any, **kwargs: Any) -> object:
        check_value(left)
        for argument in args:
            check_value(argument)
        try:
            if length is not None:
                check_length(length(left, *args, **kwargs))
            return check_value(function(left, *args, **kwargs))
        except LiquidError:
            raise
        except TypeError as error:
            if "__init__()" in str(error):  # a slip of the library's, about its own errors
                raise FilterArgumentError("the value does not fit", token=None) from error
            raise
        except (ValueError, ArithmeticError, LookupError, AttributeError, RecursionError) as error:
            raise FilterArgumentError(str(error) or "the value does not fit", token=None) from error

    return guard


def default(value: object, fallback: object = "", *, allow_false: bool = False) -> object:
    """Return `value`, or `fallback` when it is missing, false or empty. Zero is a value."""
    if value.__class__ is str:
        return value or fallback
    if value is None or isinstance(value, Undefined):
        return fallback
    if value is False:
        return value if allow_false is True else fallback
    if isinstance(value, (str, list, dict)) and not value:
        return fallback
    return value


def local_filters(style: Style) -> dict[str, Filter]:
    """Return `date`, `money`, `number` and `percent` as the workspace writes them."""
    locale = Locale.parse(style.locale.replace("-", "_"))
    zone = ZoneInfo(style.timezone)

    def write_date(value: object, form: object = "medium") -> object:
        """A date by locale (`short`, `medium`, `long`, `full`, `time`, `datetime`) or by a pattern of %-directives."""
        if value is None or isinstance(value, Undefined) or value == "":
            return ""
        moment = moment_of(value, zone)
        form = str(form)
        if moment is None or not form:
            return value
        if form in _NAMED:
            return format_date(moment, cast(Any, form), locale)
        if form == "time":
            return format_time(with_time(moment, zone), "short", locale=locale)
        if form == "datetime":
            return format_datetime(with_time(moment, zone), "medium", locale=locale)
        if "%" in form:
            written = write_moment(with_time(moment, zone), form, locale)
            return Markup(written) if isinstance(form, Markup) else written
        raise FilterArgumentError(
            f"“{form}” is not a date form; use short, medium, long, full, time, datetime or a %-pattern", token=None
        )

    def money(value: object, currency: object = style.currency) -> object:
        """An integer of minor units (1999) as an amount (€19.99)."""
        if value is None or isinstance(value, Undefined) or value == "":
            return ""
        code = str(currency).upper()
        if code not in CURRENCIES:
            raise FilterArgumentError(f"“{code}” is not a currency code", token=None)
        return _money(int(_decimal(value)), code, locale)

    def number(value: object, digits: object = None) -> object:
        """A number with the locale's separators, `digits` after the point (as many as it has, at most 3)."""
        if value is None or isinstance(value, Undefined) or value == "":
            return ""
        if digits is None:
            return format_decimal(_decimal(value), locale=locale)
        places = max(0, min(int(_decimal(digits)), 9))
        pattern = "#,##0" + ("." + "0" * places if places else "")
        return format_decimal(_decimal(value), format=pattern, locale=locale)

    def percent(value: object, digits: object = 0) -> object:
        """A share (0.25) as a percentage (25 %)."""
        if value is None or isinstance(value, Undefined) or value == "":
            return ""
        places = max(0, min(int(_decimal(digits)), 9))
        pattern = locale.percent_formats[None].pattern.replace(
            "#,##0", "#,##0" + ("." + "0" * places if places else "")
        )
        return format_percent(_decimal(value), format=pattern, locale=locale)

    return {"date": write_date, "money": money, "number": number, "percent": percent}


@functools.lru_cache(maxsize=8192)
def _money(minor: int, currency: str, locale: Locale) -> str:
    """Prices repeat from message to message, and CLDR formatting takes 20 µs."""
    return format_currency(to_decimal(minor, currency), currency, locale=locale)


def _decimal(value: object) -> Decimal:
    if isinstance(value, bool):
        raise FilterArgumentError("expected a number, found true or false", token=None)
    try:
        return read_decimal(value if isinstance(value, (int, float, Decimal)) else str(value))
    except NotANumber as error:
        raise FilterArgumentError(f"“{str(value)[:40]}” is not a number", token=None) from error
