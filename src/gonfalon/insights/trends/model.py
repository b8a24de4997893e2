"""What a trend is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the workspace's zone: what came in, refunds taken off, and who may be written to at its end."""

    day: date
    minor: int
    orders: int
    people: int


@dataclass(frozen=True, slots=True)
class Trends:
    """The last days, today included. `minor_before`, `orders_before`: of as many days before them.

    `orders_ever`: whether an order ever came; without one there is no revenue to speak of. `people_ever`: whether
    anybody ever agreed to email. `unconverted`: orders of these days in a currency without a rate, which are left out.
    """

    currency: str
    days: tuple[Day, ...]
    minor_before: int
    orders_before: int
    unconverted: int
    orders_ever: bool
    people_ever: bool
