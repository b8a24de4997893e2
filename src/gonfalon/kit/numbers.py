"""Numbers from outside. Nothing else in the product makes a number of somebody else's text (`tests/architecture`).

`9e999990` is eight characters long and a million digits as an integer: Python holds its lock for most of a minute to
write them down, and nobody is answered meanwhile. So length and size are measured before anything is computed.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

LONGEST = 40
"""How many characters a number may have."""
FARTHEST = 30
"""How many powers of ten a number may be away from one."""
_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")


class NotANumber(ValueError):
    """What was given is no number, or one that nothing here is counted in."""


def read_decimal(given: str | int | float | Decimal) -> Decimal:
    """Return the exact number; raises NotANumber for anything that is none, is infinite, too long or too far from one.

    A float is the decimal it is written as: 0.1 is one tenth.
    """
    if isinstance(given, bool):
        raise NotANumber("true and false are no numbers")
    if isinstance(given, int):
        if given.bit_length() > 4 * FARTHEST:
            raise NotANumber("the number is too large")
        return Decimal(given)
    if not isinstance(given, Decimal):
        text = given.strip() if isinstance(given, str) else repr(given)
        if len(text) > LONGEST or "_" in text:
            raise NotANumber("the number is too long")
        try:
            given = Decimal(text)
        except InvalidOperation as error:
            raise NotANumber("this is no number") from error
    if not given.is_finite() or abs(given.adjusted()) > FARTHEST or _digits(given) > LONGEST:
        raise NotANumber("the number is too large, too small or too exact")
    return given


def read_whole(text: str) -> int | None:
    """Return the whole number a text is, of at most 18 ASCII digits with or without a sign; None when it is none."""
    return int(text) if _WHOLE.fullmatch(text) else None


def _digits(value: Decimal) -> int:
    # Digits of a number lie between its highest and its lowest power of ten.
    exponent = value.as_tuple().exponent
    return value.adjusted() - exponent + 1 if isinstance(exponent, int) else 0
