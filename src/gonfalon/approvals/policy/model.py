"""Groups of approvers and rules as they are stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from gonfalon.approvals.rules import KeptRule


@dataclass(frozen=True, slots=True)
class GroupMember:
    """A member of a group. present: still a member of the workspace."""

    group_id: UUID
    id: UUID
    name: str
    present: bool


@dataclass(frozen=True, slots=True)
class StandIn:
    """Who may decide in place of a member of a group, on these days: inclusive, in the workspace's zone; None: open."""

    group_id: UUID
    for_user_id: UUID
    user_id: UUID
    starts_on: date | None
    ends_on: date | None
    name: str


@dataclass(frozen=True, slots=True)
class ApprovalGroup:
    """Members whose yes a step can ask for."""

    id: UUID
    name: str
    version: int
    updated_at: datetime
    updated_by: str
    members: tuple[GroupMember, ...] = ()
    stand_ins: tuple[StandIn, ...] = ()


@dataclass(frozen=True, slots=True)
class ApprovalRule(KeptRule):
    """A rule with its place among the others."""

    id: UUID
    position: int
    enabled: bool
    version: int
    updated_at: datetime
    updated_by: str
