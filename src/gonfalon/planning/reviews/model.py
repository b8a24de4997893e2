"""The time a review is about, and what is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import Field

from gonfalon.approvals.model import SubjectKind, VerdictKind
from gonfalon.kit.errors import Invalid
from gonfalon.kit.schemas import Internal
from gonfalon.teamwork.together.model import ActivityLine

MOST_DAYS = 731


@dataclass(frozen=True, slots=True)
class ReviewPeriod:
    """From one day to another, both included, in the workspace's zone. `today` is the present day there."""

    first: date
    last: date
    zone: ZoneInfo
    today: date

    def __post_init__(self) -> None:
        if not MOST_DAYS >= (self.last - self.first).days >= 0:
            raise Invalid(
                "days_invalid", "The last day must not be before the first, nor more than two years after it."
            )

    @property
    def since(self) -> datetime:
        """Its first instant."""
        return datetime.combine(self.first, time(), self.zone)

    @property
    def until(self) -> datetime:
        """The first instant after it."""
        return datetime.combine(self.last + timedelta(days=1), time(), self.zone)

    @property
    def seen_from(self) -> date:
        """The day from which a review looks at what is open: the last one, or today while it goes on."""
        return min(self.last, self.today)


@dataclass(frozen=True, slots=True)
class ReviewMoneySum:
    """What campaigns cost and ordered in the period, and what was used of their plans at its end, in minor units."""

    campaigns: int
    period_spent_minor: int
    period_ordered_minor: int
    planned_minor: int
    committed_minor: int
    spent_minor: int


@dataclass(frozen=True, slots=True)
class CampaignMoney:
    """A campaign's money, beside the sums of all (`all`)."""

    campaign_id: UUID
    name: str
    starts_on: date | None
    ends_on: date | None
    period_spent_minor: int
    period_ordered_minor: int
    planned_minor: int
    committed_minor: int
    spent_minor: int
    over_minor: Annotated[int, Field(description="Spent and ordered beyond the plan; 0 within it")]
    lines_over: Annotated[int, Field(description="Lines that are over their own plan")]
    all: Internal[ReviewMoneySum]


@dataclass(frozen=True, slots=True)
class ReviewUnderWay:
    """A campaign under way in the period. `begun_at`: its first launch before the period's end, null for none yet.

    `launched`: touchpoints launched or carried out in the period.
    """

    campaign_id: UUID
    begun_at: datetime | None
    launched: int


@dataclass(frozen=True, slots=True)
class Slip:
    """A task that is late or will be, and how many there are in all."""

    id: UUID
    name: str
    campaign_id: UUID
    campaign_name: str
    owner_name: str | None
    done_on: date | None
    ends_on: date
    promised_on: date
    late_days: Annotated[int, Field(description="Calendar days after what was promised")]
    against: Literal["deadline", "baseline", "plan"]
    total: Internal[int]


@dataclass(frozen=True, slots=True)
class ReviewDecision:
    """What somebody decided on a request."""

    request_id: UUID
    title: str
    kind: SubjectKind
    campaign_id: UUID | None
    campaign_name: str | None
    by: str
    verdict: VerdictKind
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Deed:
    """A line of what happened in a campaign, if any is told, with the campaign's counts in the period."""

    campaign_id: UUID
    name: str
    changes: int
    comments: int
    people: int
    notable: int
    line: ActivityLine | None
