"""Shapes of the overview. Money in minor units of the workspace's currency, shares as fractions of one."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from gonfalon.insights.overview.model import Overview


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class BroughtOut(_Out):
    """What was sent, credited and spent in some days. Conversions count on their own day, costs on that of the bill."""

    sent: int
    conversions: int
    revenue: int
    cost: int
    roi: float | None = Field(description="Null: nothing was spent")


class MonthBrought(BaseModel):
    """A calendar month, or what of it is in the period."""

    first: date
    last: date
    brought: BroughtOut


class CampaignBroughtOut(_Out):
    """A campaign's part."""

    id: UUID
    name: str
    state: str
    now: BroughtOut
    before: BroughtOut


class OverviewOut(BaseModel):
    """A period beside as many days before; of campaigns at most 500, those that brought most first."""

    first: date
    last: date
    before_first: date
    before_last: date
    currency: str
    now: BroughtOut
    before: BroughtOut
    months: list[MonthBrought]
    campaigns: list[CampaignBroughtOut]


def overview_out(found: Overview, currency: str) -> OverviewOut:
    """Return the overview as the API shows it."""
    return OverviewOut(
        first=found.span.first,
        last=found.span.last,
        before_first=found.span.before.first,
        before_last=found.span.before.last,
        currency=currency,
        now=BroughtOut.model_validate(found.now),
        before=BroughtOut.model_validate(found.before),
        months=[
            MonthBrought(first=month.first, last=month.last, brought=BroughtOut.model_validate(brought))
            for month, brought in found.months
        ],
        campaigns=[CampaignBroughtOut.model_validate(one) for one in found.campaigns],
    )
