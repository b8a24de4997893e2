"""The server writes numbers as the screen does; web/src/lib/written.test.ts holds the screen to the same file."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gonfalon.kit import writing

CASES = json.loads((Path(__file__).parent / "written.json").read_text(encoding="utf-8"))


def plain(text: str) -> str:
    """Without the differences between kinds of spaces and of minus signs."""
    return text.replace("\u202f", " ").replace("\xa0", " ").replace("-", "−")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['language']} {case['kind']} {case['value']}")
def test_what_is_written_is_what_the_screen_shows(case: dict[str, Any]) -> None:
    value, language = case["value"], case["language"]
    written = {
        "percent": lambda: writing.percent(value, language, case["digits"]),
        "number": lambda: writing.number(value, language, case["digits"]),
        "money": lambda: writing.money(value, case["currency"], language),
        "day": lambda: writing.day(date.fromisoformat(value), language),
    }[case["kind"]]()
    assert plain(written) == plain(case["text"])
