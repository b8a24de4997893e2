"""Limit how often a client may ask for feeds, so that secrets cannot be guessed. Kept in memory: GET never writes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from gonfalon.kit.errors import TooMany

WINDOW_SECONDS = 300
MOST_ASKED, MOST_WRONG = 600, 30
"""Requests of one client in a window at all, and such that found nothing."""


@dataclass
class Asked:
    """Counts of the present window, by client."""

    window: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)

    def check(self, client: str, now: datetime) -> None:
        """Count a request; raises TooMany for a client who asks too often or guesses."""
        window = int(now.timestamp()) // WINDOW_SECONDS
        if window != self.window:
            self.window = window
            self.asked.clear()
            self.wrong.clear()
        self.asked[client] += 1
        if self.asked[client] > MOST_ASKED or self.wrong[client] >= MOST_WRONG:
            raise TooMany(
                "feeds_asked_too_often",
                "This calendar is asked for too often from your network; try again in some minutes.",
                (window + 1) * WINDOW_SECONDS - int(now.timestamp()) + 1,
            )

    def missed(self, client: str) -> None:
        """Count a request that found nothing."""
        self.wrong[client] += 1
