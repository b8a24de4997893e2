"""What a trend is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field


@dataclass(frozen=True, slots=True)
class TrendDay:
    """A day of the workspace's zone: what came in, refunds taken off, and who may be written to at its end."""

    day: date
    minor: Annotated[int, Field(description="What orders brought, refunds taken off, in minor units")]
    orders: int
    people: Annotated[int, Field(description="People who agreed to email, at the end of the day")]


@dataclass(frozen=True, slots=True)
class Trends:
    """The last days, today included. `minor_before`, `orders_before`: of as many days before them.

    `orders_ever`: whether an order ever came; without one there is no revenue to speak of. `people_ever`: whether
    anybody ever agreed to email. `unconverted`: orders of these days in a currency without a rate, which are left out.
    """

    currency: str
    days: tuple[TrendDay, ...]
    minor_before: Annotated[int, Field(description="Revenue of as many days before")]
    orders_before: int
    unconverted: Annotated[int, Field(description="Orders in a currency without a rate: left out of the revenue")]
    orders_ever: Annotated[bool, Field(description="False: no order ever came, so revenue is not known")]
    people_ever: Annotated[bool, Field(description="False: nobody ever agreed to email")]
