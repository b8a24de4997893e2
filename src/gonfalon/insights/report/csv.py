"""The people behind a figure as CSV: UTF-8, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Sequence
from typing import Any

from sqlalchemy import Row

from gonfalon.kit.money import to_decimal

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would run as a formula (OWASP: CSV injection)."""
    return f"'{text}" if text.startswith(_FORMULA) else text


async def lines(
    columns: Sequence[Row[str, str, str]], slices: AsyncIterator[list[Row[Any]]], currency: str
) -> AsyncIterator[bytes]:
    """A header and a line a person: id, email, phone, external id, then every declared attribute."""
    header = ["person_id", "email", "phone", "external_id", *(safe(column.key) for column in columns)]
    yield "\ufeff".encode() + _written([header])
    async for rows in slices:
        yield _written(
            [
                row.id,
                safe(row.email or ""),
                safe(row.phone or ""),
                safe(row.external_id or ""),
                *(_cell(row.attributes.get(column.key), column.type, currency) for column in columns),
            ]
            for row in rows
        )


def _cell(value: Any, kind: str, currency: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if kind == "money" and isinstance(value, int):
        return str(to_decimal(value, currency))
    if isinstance(value, int | float):
        return str(value)
    return safe(str(value))


def _written(rows: Any) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
