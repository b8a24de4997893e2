"""Amounts of events: what was paid, in which currency. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_EVEN
from typing import Any, Final

from gonfalon.kit.cells import Mark, Unreadable, read_amount, read_currency
from gonfalon.kit.errors import Invalid
from gonfalon.kit.money import minor_digits, to_minor
from gonfalon.kit.numbers import NotANumber, read_decimal
from gonfalon.people.identities.rules import is_nobody
from gonfalon.tracking.orders import AMOUNTS

_CURRENCIES: Final = ("currency", "currencyCode", "currency_code")
_MOST_MINOR: Final = 2**53
_PROGRAMS: Final = re.compile(r"-?[0-9]{1,18}\.[0-9]{1,18}")
_EITHER: Final = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")
"""A program's decimals, or a reader's thousands: nobody can tell which."""


def plain(given: str) -> str:
    """Return it without what PostgreSQL cannot keep: NUL and halves of surrogate pairs."""
    return given.replace("\0", "").encode("utf-8", "ignore").decode()


def money_of(
    properties: Mapping[str, Any], currency: str, amounts: Sequence[str] = AMOUNTS
) -> tuple[int | None, str | None]:
    """Return the amount of an event in minor units and its currency: `revenue`, else `total`, else `value`.

    Texts may be written as people write amounts (“1,234.56”, “12,50 €”). The currency is `currency` of the properties,
    else the one written beside the amount, else the given one. Raises Invalid for an amount that cannot be read: an
    order without its money would be missed by nobody. `value` is money only where it can be read, or has a currency.
    """
    unit = _unit(properties, currency)
    for key in amounts:
        given = properties.get(key)
        if given is None or (isinstance(given, str) and is_nobody(given) and not any(map(str.isdigit, given))):
            continue
        try:
            return _money(given, unit, currency)
        except Invalid as error:
            if key != "value" or unit is not None:
                raise Invalid("amount_invalid", f"“{key}”: {error.sentence}") from error
    return None, None


def _unit(properties: Mapping[str, Any], home: str) -> str | None:
    """The currency that the properties name, by code, sign or name; None where they don't."""
    said = next((properties[key] for key in _CURRENCIES if properties.get(key)), None)
    if not isinstance(said, str) or is_nobody(said):
        return None
    try:
        return read_currency(said, home)
    except Unreadable as error:
        raise Invalid(
            "currency_unknown",
            f"“{plain(said)[:40]}” is not a currency; use a code such as EUR, USD or SEK.",
            currency=plain(said)[:40],
        ) from error


def sum_of(properties: Mapping[str, Any], home: str) -> tuple[int | None, str | None]:
    """Return what the products of an order cost, where the order doesn't say: only if each of them has a price."""
    products = properties.get("products")
    if not isinstance(products, list) or not products:
        return None, None
    unit = _unit(properties, home)
    total = 0
    for each in products:
        try:
            count = read_decimal(each.get("quantity") or 1)
            price, unit = _money(each.get("price"), unit, home)
        except (AttributeError, Invalid, NotANumber, TypeError):
            return None, None
        total += int((price * count).to_integral_value(ROUND_HALF_EVEN))
    return (total, unit) if abs(total) < _MOST_MINOR else (None, None)


def _money(given: object, unit: str | None, home: str) -> tuple[int, str]:
    found = unit or home
    if isinstance(given, str):
        try:
            # A program's "12.5" and "0.125" are decimals, however a reader writes them.
            mark: Mark = "point" if _PROGRAMS.fullmatch(given.strip()) else ""
            amount, written = read_amount(given, found, mark)
        except Unreadable as error:
            raise Invalid(
                "amount_invalid", f"“{plain(given)[:40]}” is not an amount that can be read.", value=plain(given)[:40]
            ) from error
        if unit is not None and written != unit:
            raise Invalid(
                "amount_invalid",
                f"“{plain(given)[:40]}” is in {written} and the currency says {unit}.",
                value=plain(given)[:40],
            )
        if _EITHER.fullmatch(given.strip()) and minor_digits(found) != 3:
            raise Invalid(
                "amount_invalid",
                f"“{given.strip()}” may be {amount:.2f} or thousands; send a number, or two decimals.",
                value=given.strip(),
            )
        found = written
    elif isinstance(given, int | float) and not isinstance(given, bool):
        try:
            amount = read_decimal(given)
        except NotANumber as error:
            raise Invalid("amount_invalid", "the amount is too large.") from error
    else:
        raise Invalid("amount_invalid", "send the amount as a number, such as 59.90.")
    minor = to_minor(amount, found)
    if abs(minor) >= _MOST_MINOR:
        raise Invalid("amount_invalid", "the amount is too large.")
    return minor, found
