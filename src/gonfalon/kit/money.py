"""Money is an integer count of a currency's minor unit (cents; yen have none), never a float."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from babel.core import get_global

from gonfalon.kit.errors import Invalid
from gonfalon.kit.numbers import NotANumber, read_decimal

_FRACTIONS = get_global("currency_fractions")
CURRENCIES: frozenset[str] = frozenset(get_global("all_currencies"))


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount: `minor` units of `currency` (ISO 4217, upper case)."""

    minor: int
    currency: str


def check_currency(code: str) -> str:
    """Return the upper-case ISO 4217 code; raises Invalid for one that does not exist."""
    currency = code.strip().upper()
    if currency not in CURRENCIES:
        raise Invalid(
            "currency_unknown", f"“{code}” is not a currency; use a code such as EUR, USD or SEK.", currency=code
        )
    return currency


def minor_digits(currency: str) -> int:
    """Return how many decimal digits the currency has: 2 for EUR, 0 for JPY, 3 for KWD (CLDR)."""
    return int(_FRACTIONS.get(currency, _FRACTIONS["DEFAULT"])[0])


def to_minor(amount: str | int | float | Decimal, currency: str) -> int:
    """Return the minor units of a decimal amount, halves to even; raises Invalid when it is not a number."""
    try:
        value = read_decimal(amount)
    except NotANumber as error:
        raise Invalid(
            "amount_invalid", f"“{str(amount)[:40]}” is not an amount of money.", value=str(amount)[:40]
        ) from error
    return int(value.scaleb(minor_digits(currency)).to_integral_value(ROUND_HALF_EVEN))


def to_decimal(minor: int | Decimal, currency: str) -> Decimal:
    """Return the decimal amount of a number of minor units."""
    return read_decimal(minor).scaleb(-minor_digits(currency))
