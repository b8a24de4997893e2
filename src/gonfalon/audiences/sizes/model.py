"""What the size of an audience over time is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Size:
    """How many people an audience had on a day of the workspace's zone."""

    day: date
    size: int
