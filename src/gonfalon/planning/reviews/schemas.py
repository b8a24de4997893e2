"""Shapes of reviews. Money is in minor units of the workspace's currency."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from gonfalon.planning.reviews.model import ReviewMoneySum
from gonfalon.teamwork.together.schemas import Activity


class _Row(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class ReviewMoney(_Row):
    """A campaign's money: what the period cost and ordered, and what was used of its plan at the period's end."""

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


class ReviewMoneyOut(BaseModel):
    """Campaigns that were under way or cost something in the period, what is over its plan first, at most 50."""

    items: list[ReviewMoney]
    sum: ReviewMoneySum
    currency: str


class ReviewHappened(BaseModel):
    """What happened in a campaign: launches, approvals, moves and changes of state, the newest first, at most 8."""

    campaign_id: UUID
    name: str
    changes: int
    comments: int
    people: Annotated[int, Field(description="How many people changed something or commented")]
    more: Annotated[int, Field(description="Lines of that kind that are not among these")]
    lines: list[Activity]


class ReviewSlip(_Row):
    """A task that is late or will be. promised: its deadline or its baseline's end, whichever is sooner."""

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


class ReviewSlipsOut(BaseModel):
    """The tasks that slipped most, at most 50, and how many there are."""

    items: list[ReviewSlip]
    total: int
