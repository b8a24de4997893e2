"""Shapes of requests and decisions."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from gonfalon.approvals.model import (
    ApprovalChange,
    ApproverKind,
    Because,
    Quorum,
    Risk,
    Standing,
    State,
    SubjectKind,
    VerdictKind,
)
from gonfalon.kit.schemas import clean_text

Words = Annotated[str, Field(max_length=2000), AfterValidator(clean_text)]


class ApprovalAsk(BaseModel):
    """What is to be approved. id: of the touchpoint (launch), campaign (budget, goal, brief), move or template."""

    kind: SubjectKind
    id: UUID
    note: Words = Field("", description="A word to the approvers.")


class DecisionIn(BaseModel):
    """A decision in the open step; a reason is needed for all but an approval."""

    step_id: UUID
    verdict: VerdictKind
    reason: Words = ""


class CampaignRef(BaseModel):
    """The campaign it belongs to."""

    id: UUID
    name: str


class ApproverOut(BaseModel):
    """Somebody who may decide the step now. instead_of: whom they stand in for."""

    id: UUID
    name: str
    instead_of: list[str]


class ApprovalDecisionOut(BaseModel):
    """What somebody decided."""

    by: str
    instead_of: list[str]
    verdict: VerdictKind
    reason: str
    at: datetime
    alone: bool = Field(description="Decided by the only owner, who had asked: nobody else could.")


class ApprovalStepOut(BaseModel):
    """One step. state: `stuck` when it is its turn and nobody can decide it."""

    id: UUID
    kind: ApproverKind
    ref: str
    label: str
    quorum: Quorum
    state: Literal["done", "open", "stuck", "ahead"]
    due_at: datetime | None
    overdue: bool
    owners: bool = Field(description="Owners step in: nobody else is left, or somebody joined after it was asked.")
    alone: bool = Field(description="Only who asked can decide it, as the workspace's only owner.")
    people: list[ApproverOut]
    decisions: list[ApprovalDecisionOut]


class PreviousOut(BaseModel):
    """What is different from the request before."""

    id: UUID
    asked_at: datetime
    state: State
    changes: list[ApprovalChange]


class ApprovalOut(BaseModel):
    """A request with everything an approver needs; state and changes are computed now."""

    id: UUID
    kind: SubjectKind
    subject_id: UUID
    title: str
    note: str
    campaign: CampaignRef | None
    asked_by: str
    asked_at: datetime
    state: State
    changes: list[ApprovalChange] = Field(description="Why it is void.")
    content: dict[str, Any] = Field(description="Everything the approval covers, as it was when it was asked for.")
    audience_size: int | None
    amount_minor: int | None
    channel: str
    category: str
    risks: list[Risk]
    steps: list[ApprovalStepOut]
    previous: PreviousOut | None
    decide: UUID | None = Field(description="The step that you can decide now.")
    withdraw: bool = Field(description="You can take it back.")


class NeededStep(BaseModel):
    """A step that is needed."""

    kind: ApproverKind
    label: str
    quorum: Quorum
    days: int | None


class StandingOut(BaseModel):
    """How the approval of something stands now."""

    standing: Standing
    request_id: UUID | None
    needs: list[NeededStep]
    changes: list[ApprovalChange]
    because: list[Because] = Field(description="Why it is needed, where that cannot be seen from what is there now.")
    decided_by: list[str]
