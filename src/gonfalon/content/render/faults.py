"""What Liquid says about a mistake, as a stable reason with its values and an English sentence.

The reason and the values are what other languages are made of; the library's own words are kept for the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class Fault:
    """`reason` is stable, `values` are the words and numbers in it, `sentence` says it in English without a place."""

    reason: str
    sentence: str
    values: dict[str, str | int] = field(default_factory=dict)


_SAID: Final = tuple(
    (re.compile(pattern), reason, sentence)
    for pattern, reason, sentence in (
        (r"unknown filter '?(?P<name>[^']*)'?", "filter_unknown", "there is no filter '{name}'"),
        (r".*'(?:include|render)'.*", "include", "other files cannot be included; paste their content instead"),
        (r"expected tag end(?P<name>\w+), found end of .*", "tag_unclosed", "the tag '{name}' is never closed"),
        (
            r"(?P<name>\w+): .*takes .*positional arguments? but .* given",
            "filter_values",
            "the filter '{name}' does not take that many values",
        ),
        (r"unexpected tag '(?P<name>[^']*)'", "tag_unknown", "unexpected tag '{name}'"),
        (r"missing expression", "expression_missing", "missing expression"),
        (r"expected (?P<wanted>.*), found (?P<found>.*)", "unexpected", "expected {wanted}, found {found}"),
        (r"“(?P<name>.*)” is not a currency code", "currency_unknown", "“{name}” is not a currency code"),
        (r"“(?P<name>.*)” is not a number", "number_invalid", "“{name}” is not a number"),
        (r"“(?P<name>.*)” is not a date directive", "date_directive", "“{name}” is not a date directive"),
        (
            r"“(?P<name>.*)” is not a date form.*",
            "date_form",
            "“{name}” is not a date form; use short, medium, long, full, time, datetime or a %-pattern",
        ),
        (r".*can't divide by 0", "divided_by_zero", "a number is divided by 0"),
        (
            r".*(?:loop iteration|range literal|loops repeat).*",
            "loops",
            "its loops repeat too often; show fewer items",
        ),
        (r"block nesting limit reached", "nested_deep", "its tags are nested too deeply"),
        (r"maximum context depth reached.*", "loops_deep", "its loops are nested too deeply"),
        (r"local namespace limit reached", "variables_large", "its variables grow too large"),
        (
            r"output stream limit reached|it writes more than two million bytes",
            "output_large",
            "it writes more than two million bytes",
        ),
        (r"it takes too long to make.*", "slow", "it takes too long to make; simplify its loops"),
        (
            r"one of its values grows beyond 50,000 characters",
            "value_large",
            "one of its values grows beyond 50,000 characters",
        ),
        (r"one of its lists has more than 1,000 items", "list_long", "one of its lists has more than 1,000 items"),
        (r"one of its numbers is too large", "number_large", "one of its numbers is too large"),
    )
)

NOT_UNDERSTOOD: Final = Fault("not_understood", "the template cannot be understood")
NESTED_DEEP: Final = Fault("nested_deep", "its tags are nested too deeply")
VALUE_UNFIT: Final = Fault("value_unfit", "a value does not fit where it is used")


def fault_of(message: str) -> Fault:
    """Return what a message of the library means; unknown ones keep the library's words as a value."""
    for pattern, reason, sentence in _SAID:
        found = pattern.fullmatch(message)
        if found:
            values: dict[str, str | int] = dict(found.groupdict())
            return Fault(reason, sentence.format(**values), values)
    return Fault("liquid_other", message, {"message": message})
