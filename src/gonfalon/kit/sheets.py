"""Tables that leave as CSV: for spreadsheets, which run what looks like a formula. Every export is written here."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

MARK = "\ufeff"
"""What a file begins with, so that spreadsheets know that it is UTF-8."""
Cell = str | int | float | Decimal | date | None
_DANGEROUS = "=+-@\t\r\n\0＝＋－＠"
QUOTED = re.compile(rf"'+[{re.escape(_DANGEROUS)}0-9]")
"""Text that was guarded, or looks so: spreadsheets put a quote before digits that are to stay a text, too."""


def written(rows: Iterable[Iterable[Cell]]) -> str:
    """Return lines of CSV. Texts are guarded; numbers stay numbers, days and moments are ISO 8601, None is empty."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def guarded(text: str) -> str:
    """Return the text as a spreadsheet shows it and never runs it.

    OWASP ASVS 1.2.10: what begins like a formula, also in full-width signs, gets a leading quote; so does what begins
    with quotes before such a sign, or undoing would lose one of theirs. Nothing but space runs nothing and stays.
    """
    if text.strip() and (text[0] in _DANGEROUS or (text[0] == "'" and QUOTED.match(text))):
        return f"'{text}"
    return text


def _cell(value: Cell) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return guarded(value).replace("\0", "\ufffd")  # a NUL ends the file for some, and the writing for csv
        case date():
            return value.isoformat()
        case _:
            return str(value)
