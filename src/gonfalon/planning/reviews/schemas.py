"""Shapes of reviews. Money is in minor units of the workspace's currency."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from gonfalon.planning.reviews.model import CampaignMoney, ReviewMoneySum, Slip
from gonfalon.teamwork.together.schemas import Activity


class ReviewMoneyOut(BaseModel):
    """Campaigns that were under way or cost something in the period, what is over its plan first, at most 50."""

    items: list[CampaignMoney]
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


class ReviewSlipsOut(BaseModel):
    """The tasks that slipped most, at most 50, and how many there are."""

    items: list[Slip]
    total: int
