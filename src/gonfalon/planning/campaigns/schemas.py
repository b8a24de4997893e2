"""Shapes of campaigns."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy import Row

from gonfalon.accounts.model import Role
from gonfalon.planning.campaigns.model import CampaignPlan, CampaignType, Need, Part, Stage
from gonfalon.planning.goals.model import GoalMetric
from gonfalon.planning.goals.schemas import GoalOut, goal_values
from gonfalon.planning.model import Attribution, Basis, CampaignState, Category
from gonfalon.planning.schemas import LongText, Name, Version


class AttributionShape(BaseModel):
    """Which touch earns a conversion, within how many days, and which event is one."""

    basis: Basis = Basis.CLICK
    days: Annotated[int, Field(ge=1, le=365)] = 7
    conversion_event: Name = "Order Completed"


class CampaignIn(BaseModel):
    """A new campaign."""

    name: Name
    category: Category
    type: CampaignType = CampaignType.EMAIL
    description: LongText = ""
    leader_id: UUID | None = None
    parent_id: Annotated[UUID | None, Field(description="The campaign or programme this one is a part of")] = None
    starts_on: date | None = None
    ends_on: date | None = None
    attribution: AttributionShape = AttributionShape()

    def plan(self) -> CampaignPlan:
        """The values as the actions take them."""
        return CampaignPlan(
            **self.model_dump(exclude={"version", "attribution"}),
            attribution=Attribution(**self.attribution.model_dump()),
        )


class CampaignSave(CampaignIn):
    """A campaign's new values."""

    version: Version


class CampaignMove(BaseModel):
    """The state a campaign is to have."""

    state: CampaignState
    version: Version


class CampaignTypeOut(BaseModel):
    """What a type of campaign usually needs."""

    type: CampaignType
    content: Annotated[list[str], Field(description="Kinds of content, the most usual first")]
    metrics: Annotated[list[GoalMetric], Field(description="What its goals are usually about")]


class StageMove(BaseModel):
    """The stage a campaign is to be in."""

    stage: Stage
    reason: Annotated[str, Field(max_length=1000, description="Why to go on though something is missing")] = ""
    version: Version


class NeedOut(BaseModel):
    """One thing a stage asks for before it is left."""

    code: str
    met: bool
    missing: Annotated[int, Field(description="How many things lack it; 0 where it isn't counted")]


class StageOut(BaseModel):
    """Where a campaign stands and what each stage asks for."""

    stage: Stage
    needs: dict[Stage, list[NeedOut]]

    @classmethod
    def of(cls, stage: str, asked: dict[Stage, tuple[Need, ...]]) -> StageOut:
        """The answer of values."""
        return cls(
            stage=Stage(stage),
            needs={
                each: [NeedOut(code=need.code, met=need.met, missing=need.missing) for need in of]
                for each, of in asked.items()
            },
        )


class CampaignMemberIn(BaseModel):
    """The part somebody has."""

    part: Part


class CampaignMemberOut(BaseModel):
    """Somebody with a part in a campaign."""

    id: UUID
    name: str
    role: Role
    part: Part


class ParentOut(BaseModel):
    """The campaign that another one is a part of."""

    id: UUID
    name: str


class LeaderOut(BaseModel):
    """Who leads a campaign."""

    id: UUID
    name: str


class BudgetTotals(BaseModel):
    """Sums of the budget lines, in minor units."""

    planned_minor: int
    spent_minor: int
    currency: str
    lines: int


class TouchpointTotals(BaseModel):
    """How many touchpoints there are, how many Gonfalon has launched, and how many were carried out elsewhere."""

    planned: int
    launched: int
    done: int


class CampaignOut(BaseModel):
    """A campaign. A running one whose last day is over reads as ended."""

    id: UUID
    name: str
    category: Category
    type: CampaignType
    stage: Stage
    parent: ParentOut | None
    children: Annotated[int, Field(description="How many campaigns are a part of this one")]
    description: str
    leader: LeaderOut | None
    starts_on: date | None
    ends_on: date | None
    state: CampaignState
    attribution: AttributionShape
    goal: GoalOut | None
    budget: BudgetTotals
    touchpoints: TouchpointTotals
    version: int
    updated_at: datetime
    updated_by: str
    created_at: datetime


def campaign_out(row: Row[Any], currency: str) -> CampaignOut:
    """A campaign's row as the API shows it."""
    goal = None if row.goal_metric is None else GoalOut(**goal_values(row, "goal_"))
    return CampaignOut(
        id=row.id,
        name=row.name,
        category=row.category,
        type=row.type,
        stage=row.stage,
        parent=ParentOut(id=row.parent_id, name=row.parent_name) if row.parent_id else None,
        children=row.children,
        description=row.description,
        leader=LeaderOut(id=row.leader_id, name=row.leader_name) if row.leader_id else None,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        state=row.state,
        attribution=AttributionShape(
            basis=row.attribution_basis, days=row.attribution_days, conversion_event=row.conversion_event
        ),
        goal=goal,
        budget=BudgetTotals(
            planned_minor=int(row.planned_minor),
            spent_minor=int(row.spent_minor),
            currency=currency,
            lines=row.budget_lines,
        ),
        touchpoints=TouchpointTotals(planned=row.touchpoints, launched=row.launched, done=row.done),
        version=row.version,
        updated_at=row.updated_at,
        updated_by=row.updated_by,
        created_at=row.created_at,
    )
