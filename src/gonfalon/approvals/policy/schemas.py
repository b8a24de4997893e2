"""Shapes of rules and groups."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from gonfalon.approvals.model import ApproverKind, ApproverRef, Facts, Quorum, Risk, StepRule, SubjectKind
from gonfalon.approvals.policy.model import ApprovalRule
from gonfalon.approvals.rules import Rule
from gonfalon.kit.days import Day
from gonfalon.kit.schemas import MinorUnits, Name, Version
from gonfalon.metrics.model import Category

People = Annotated[int, Field(ge=0, le=10**10)]
Channels = Annotated[list[Annotated[str, Field(min_length=1, max_length=16)]], Field(max_length=20)]


class StandInIn(BaseModel):
    """Somebody who may decide in place of a member of the group, on these days (inclusive, workspace's zone)."""

    for_user_id: UUID
    user_id: UUID
    starts_on: Day | None = None
    ends_on: Day | None = None


class ApprovalGroupIn(BaseModel):
    """A group of approvers."""

    name: Name
    members: list[UUID] = Field(default_factory=list, max_length=100)
    stand_ins: list[StandInIn] = Field(default_factory=list, max_length=200)


class ApprovalGroupSave(ApprovalGroupIn):
    """A group to be saved as it was read."""

    version: Version


class StepIn(BaseModel):
    """One step: whose yes, how many of them, within how many working days."""

    kind: ApproverKind
    ref: str = Field(max_length=64, description="A group's id, a role, or `approves` for the campaign's approvers")
    quorum: Quorum = Quorum.ANY
    days: Annotated[int, Field(ge=1, le=60)] | None = None

    def step(self) -> StepRule:
        """Return as a value."""
        return StepRule(ApproverRef(self.kind, self.ref), self.quorum, self.days)


class StepOut(StepIn):
    """A step with the name of who is asked; of roles and parts their word."""

    label: str


class ApprovalRuleIn(BaseModel):
    """Above what a subject needs whose approval. All conditions must hold; of the risks one is enough."""

    kind: SubjectKind
    over_minor: MinorUnits | None = Field(None, description="Only above this, in the workspace's currency.")
    over_people: People | None = Field(None, description="Only for more people than this.")
    channels: Channels = Field(default_factory=list, description="Empty: any.")
    categories: list[Category] = Field(default_factory=list, description="Empty: any.")
    risks: list[Risk] = Field(default_factory=list)
    steps: list[StepIn] = Field(min_length=1, max_length=10)
    enabled: bool = True

    def rule(self) -> Rule:
        """Return as a value."""
        return Rule(
            self.kind,
            tuple(step.step() for step in self.steps),
            self.over_minor,
            self.over_people,
            frozenset(self.channels),
            frozenset(category.value for category in self.categories),
            frozenset(self.risks),
        )


class ApprovalRuleSave(ApprovalRuleIn):
    """A rule to be saved as it was read."""

    version: Version


class ApprovalRuleOut(BaseModel):
    """A rule."""

    id: UUID
    kind: SubjectKind
    over_minor: int | None
    over_people: int | None
    channels: list[str]
    categories: list[str]
    risks: list[Risk]
    steps: list[StepOut]
    enabled: bool
    version: int
    updated_at: datetime
    updated_by: str


class RuleOrder(BaseModel):
    """The ids of all rules in their new order."""

    ids: list[UUID] = Field(max_length=200)


class TryIn(BaseModel):
    """Something made up, to see what it would need."""

    kind: SubjectKind
    amount_minor: MinorUnits | None = None
    audience_size: People | None = None
    channel: str = Field("", max_length=16)
    category: Category | None = None
    risks: list[Risk] = Field(default_factory=list)

    def facts(self) -> Facts:
        """Return as facts with nothing in them."""
        return Facts(
            None,
            "",
            {},
            self.amount_minor,
            self.audience_size,
            self.channel,
            self.category.value if self.category else "",
            frozenset(self.risks),
        )


class DeciderOut(BaseModel):
    """A member."""

    id: UUID
    name: str


class TriedStep(StepOut):
    """A step that it would need, and who could decide it today; nobody: the group is empty."""

    people: list[DeciderOut]


class TryOut(BaseModel):
    """The steps in order; none: it would need nobody."""

    steps: list[TriedStep]


def step_out(step: StepRule, label: str) -> StepOut:
    """Return a step as the API shows it."""
    return StepOut(kind=step.approver.kind, ref=step.approver.ref, quorum=step.quorum, days=step.days, label=label)


def rule_out(kept: ApprovalRule, labels: dict[ApproverRef, str]) -> ApprovalRuleOut:
    """Return a rule as the API shows it."""
    return ApprovalRuleOut(
        id=kept.id,
        kind=kept.kind,
        over_minor=kept.over_minor,
        over_people=kept.over_people,
        channels=sorted(kept.channels),
        categories=sorted(kept.categories),
        risks=sorted(kept.risks),
        steps=[step_out(step, labels.get(step.approver, "")) for step in kept.rule.steps],
        enabled=kept.enabled,
        version=kept.version,
        updated_at=kept.updated_at,
        updated_by=kept.updated_by,
    )
