"""Values of the overview of a period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from gonfalon.kit.errors import Invalid

MOST_DAYS = 731
MOST_CAMPAIGNS = 500


@dataclass(frozen=True, slots=True)
class Span:
    """From one day to another, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if not MOST_DAYS >= (self.last - self.first).days >= 0:
            raise Invalid(
                "days_invalid", "The last day must not be before the first, nor more than two years after it."
            )

    @property
    def before(self) -> Span:
        """As many days, right before."""
        days = (self.last - self.first).days + 1
        return Span(self.first - timedelta(days=days), self.first - timedelta(days=1))

    @property
    def months(self) -> tuple[Span, ...]:
        """Its calendar months; the first and the last may be cut."""
        found, first = [], self.first
        while first <= self.last:
            following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
            found.append(Span(first, min(following - timedelta(days=1), self.last)))
            first = following
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Brought:
    """What was sent, came back and was spent in some days; money in minor units of the workspace's currency."""

    sent: int = 0
    conversions: int = 0
    revenue: int = 0
    cost: int = 0

    @property
    def roi(self) -> float | None:
        """(revenue − cost) ÷ cost; None without a cost."""
        return None if self.cost <= 0 else (self.revenue - self.cost) / self.cost

    def __add__(self, other: Brought) -> Brought:
        return Brought(
            self.sent + other.sent,
            self.conversions + other.conversions,
            self.revenue + other.revenue,
            self.cost + other.cost,
        )


@dataclass(frozen=True, slots=True)
class CampaignBrought:
    """A campaign's part of a period, and of the one before."""

    id: UUID
    name: str
    state: str
    now: Brought
    before: Brought


@dataclass(frozen=True, slots=True)
class Overview:
    """A period beside the one before, by month and by campaign, those that brought most first."""

    span: Span
    now: Brought
    before: Brought
    months: tuple[tuple[Span, Brought], ...]
    campaigns: tuple[CampaignBrought, ...]
