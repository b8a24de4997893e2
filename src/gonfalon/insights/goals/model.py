"""Values of goals measured and of the past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from gonfalon.insights.report.model import Figure, Missing, Number


@dataclass(frozen=True, slots=True)
class Part:
    """What one campaign contributes to the goal it serves, in that goal's metric."""

    campaign_id: UUID
    figure: Figure


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a goal stands.

    now None: not known (missing says why), or it does not add up and only its parts are shown.
    """

    goal_id: UUID
    now: Number | None
    missing: Missing | None
    expected: float | None
    share: float | None
    reached: bool
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Past:
    """A campaign whose results are in. channels: what was launched of it; last: its last launch."""

    id: UUID
    name: str
    category: str
    type: str
    starts_on: date | None
    channels: tuple[str, ...]
    last: datetime
    value: Number | None
    base: Number | None
    missing: Missing | None
    per_person: float | None


@dataclass(frozen=True, slots=True)
class Spread:
    """How values lie: the usual one is the median; half of four or more lie between low and high, all of fewer."""

    low: float
    usual: float
    high: float
    campaigns: int


@dataclass(frozen=True, slots=True)
class PastCampaign:
    """A campaign whose results are in. last: its last launch."""

    id: UUID
    category: str
    type: str
    channels: list[str]
    last: datetime
