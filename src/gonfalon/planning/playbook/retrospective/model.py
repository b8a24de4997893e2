"""What a retrospective is made of."""

from __future__ import annotations

from enum import StrEnum


class RetroSection(StrEnum):
    """The passages of a retrospective, in the order they are written."""

    GOAL = "goal"
    BUDGET = "budget"
    TIMELINE = "timeline"
    WORKED = "worked"
    LACKED = "lacked"
    SUMMARY = "summary"


MOST_TEXT = 20_000
MOST_ACTIONS = 50
MOST_RESULTS = 40
WORST = 5
"""How many of the latest tasks are named."""
