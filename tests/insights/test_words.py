"""The printed report says what the screen says, word for word."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

import pytest

from gonfalon.insights.report.model import Missing
from gonfalon.insights.report.words import WORDS

WEB = Path(__file__).parents[2] / "web/src/rooms"
SAME = {
    "touchpoint": "touchpoint", "total": "total", "touchpoints": "byTouchpoint", "links": "byLink", "link": "link",
    "by_person": "link.personal", "held_out": "heldOut", "effect": "compare", "series": "series",
}  # fmt: skip


def catalogue(room: str, language: str) -> dict[str, str]:
    text = (WEB / room / "messages" / f"{language}.json").read_text(encoding="utf-8")
    return cast("dict[str, str]", json.loads(text))


@pytest.mark.parametrize("language", ["en", "fr", "sv", "zh"])
def test_paper_and_screen_use_the_same_words(language: str) -> None:
    words, shown, states = WORDS[language], catalogue("insights", language), catalogue("delivery", language)
    for key, name in SAME.items():
        assert words[key] == shown[name], key
    for missing in Missing:
        assert words[missing.value] == shown[f"missing.{missing.value}"], missing
    summary = {key.removeprefix("summary_"): text for key, text in words.items() if key.startswith("summary_")}
    assert summary == {key[8:]: text for key, text in shown.items() if key.startswith("summary.")}
    for state in ("accepted", "queued", "deferred", "rejected", "unknown", "withheld"):
        assert words[state] == states[f"state.{state}"], state
    for reason in ("no_consent", "unsubscribed", "holdout", "hard_bounce", "over_limit", "policy"):
        assert words[reason] == states[f"reason.{reason}"], reason
