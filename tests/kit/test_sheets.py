"""Tables that leave: no spreadsheet runs what people wrote into them, and numbers stay numbers."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gonfalon.kit.sheets import written


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


CELLS = st.text() | st.sampled_from(["=1+1", "＝1+1", "＠x", "\tx", "a\0b", "\0=1"])


@given(st.lists(st.lists(CELLS, min_size=2), max_size=4))
def test_no_cell_is_a_formula_and_no_row_is_lost(rows: list[list[str]]) -> None:
    found = read(written(rows))
    assert [len(row) for row in found] == [len(row) for row in rows]
    for before, after in zip(rows, found, strict=True):
        for cell, kept in zip(before, after, strict=True):
            assert kept.removeprefix("'") in (
                cell.replace("\0", "\ufffd"),
                cell.replace("\0", "\ufffd").removeprefix("'"),
            )
            assert not kept.strip() or kept[0] not in "=+-@\t\r\n\0＝＋－＠"


def test_numbers_days_and_nothing() -> None:
    at = datetime(2026, 11, 29, 20, 0, tzinfo=UTC)
    assert read(written([[-5, Decimal("-1.50"), 0.5, True, None, at, at.date(), "-5"]])) == [
        ["-5", "-1.50", "0.5", "true", "", "2026-11-29T20:00:00+00:00", "2026-11-29", "'-5"]
    ]
