"""Shapes of campaigns."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from gonfalon.kit.schemas import Version
from gonfalon.metrics.catalogue import GoalMetric
from gonfalon.metrics.model import Category
from gonfalon.planning.campaigns.model import (
    CampaignBudget,
    CampaignTouchpoints,
    CampaignType,
    Need,
    Part,
    Stage,
)
from gonfalon.planning.model import Attribution, CampaignState, Named
from gonfalon.planning.schemas import GoalOut


class CampaignMove(BaseModel):
    """The state a campaign is to have."""

    state: CampaignState
    version: Version


class CampaignTypeOut(BaseModel):
    """What a type of campaign usually needs."""

    type: CampaignType
    content: Annotated[list[str], Field(description="Kinds of content, the most usual first")]
    metrics: Annotated[list[GoalMetric], Field(description="What its goals are usually about")]
    proposed: Annotated[
        dict[Category, list[GoalMetric]],
        Field(description="What a goal is proposed to be about, by what the campaign is for: only what it can have"),
    ]


class StageMove(BaseModel):
    """The stage a campaign is to be in."""

    stage: Stage
    reason: Annotated[str, Field(max_length=1000, description="Why to go on though something is missing")] = ""
    version: Version


class StageOut(BaseModel):
    """Where a campaign stands and what each stage asks for."""

    stage: Stage
    needs: dict[Stage, list[Need]]


class CampaignMemberIn(BaseModel):
    """The part somebody has."""

    part: Part


class CampaignOut(BaseModel):
    """A campaign. A running one whose last day is over reads as ended."""

    id: UUID
    name: str
    category: Category
    type: CampaignType
    stage: Stage
    parent: Named | None
    children: Annotated[int, Field(description="How many campaigns are a part of this one")]
    description: str
    leader: Named | None
    starts_on: date | None
    ends_on: date | None
    state: CampaignState
    attribution: Attribution
    goal: GoalOut | None
    budget: CampaignBudget
    touchpoints: CampaignTouchpoints
    my_part: Part | None = Field(description="What whoever asks does in it; null: nothing, or leading it")
    version: int
    updated_at: datetime
    updated_by: str
    created_at: datetime
