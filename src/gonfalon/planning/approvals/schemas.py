"""Shapes of requests and decisions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field
from sqlalchemy import Row

from gonfalon.planning.approvals.model import (
    ApproverKind,
    Change,
    Quorum,
    Risk,
    Standing,
    SubjectKind,
    VerdictKind,
)
from gonfalon.planning.schemas import clean_text

State = Literal["waiting", "approved", "changes", "refused", "withdrawn", "replaced", "void"]


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


class ChangeOut(BaseModel):
    """One difference. path: field, then key in it; `…_minor` is money, `…_at` a time, `…_hash` only says that it
    changed; `audience_size` are people, `rules` the number of steps asked for."""

    path: list[str]
    before: Any
    after: Any


class ApprovalRow(BaseModel):
    """A request in a list. state: as last noticed; `void` when what it was asked for has changed."""

    id: UUID
    kind: SubjectKind
    subject_id: UUID
    title: str
    campaign: CampaignRef | None
    asked_by: str
    asked_at: datetime
    state: State
    waits_for: str = Field(description="Who decides the open step: a group's name, a role's or part's word")
    waits_for_kind: ApproverKind
    due_at: datetime | None
    mine: bool = Field(description="You can decide it now.")
    audience_size: int | None
    amount_minor: int | None


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
    people: list[ApproverOut]
    decisions: list[ApprovalDecisionOut]


class PreviousOut(BaseModel):
    """What is different from the request before."""

    id: UUID
    asked_at: datetime
    state: State
    changes: list[ChangeOut]


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
    changes: list[ChangeOut] = Field(description="Why it is void.")
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
    changes: list[ChangeOut]
    decided_by: list[str]


def state_of(row: Row[Any]) -> State:
    """As last noticed."""
    found: State = "void" if row.void_since is not None and row.state in ("waiting", "approved") else row.state
    return found


def row_out(row: Row[Any]) -> ApprovalRow:
    """A request as lists show it."""
    return ApprovalRow(
        id=row.id,
        kind=row.kind,
        subject_id=row.subject_id,
        title=row.title,
        campaign=None if row.campaign_id is None else CampaignRef(id=row.campaign_id, name=row.campaign_name),
        asked_by=row.asked_by_name,
        asked_at=row.created_at,
        state=state_of(row),
        waits_for=row.step_label,
        waits_for_kind=row.step_kind,
        due_at=row.due_at,
        mine=row.mine,
        audience_size=row.audience_size,
        amount_minor=row.amount_minor,
    )


def changes_out(changes: Iterable[Change]) -> list[ChangeOut]:
    """Differences as the API shows them."""
    return [ChangeOut(path=list(each.path), before=each.before, after=each.after) for each in changes]
