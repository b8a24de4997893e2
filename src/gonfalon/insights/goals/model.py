"""Values of goals measured and of the past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

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
class PastResult:
    """A campaign whose results are in. `per_person`: how much of the metric one reachable person brought."""

    id: UUID
    name: str
    category: str
    type: str
    starts_on: date | None
    channels: tuple[str, ...]
    last: Annotated[datetime, Field(description="Its last launch")]
    value: Number | None
    base: Number | None
    missing: Missing | None
    per_person: float | None


@dataclass(frozen=True, slots=True)
class ValueSpread:
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
