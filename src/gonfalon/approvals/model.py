"""The door of approvals: what can be approved, what is known of it, and how an approval stands.

A room makes its noun approvable by offering how its facts are loaded (offers.py):

    Approvable(SubjectKind.BRIEF, facts=brief_facts)

and asks `await subjects.check_approved(ctx, connection, Subject(SubjectKind.BRIEF, campaign_id))` in the transaction of
the action that needs the yes, with the subject's row locked. `actions.request_approval(ctx, subject, note)` asks.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field


class SubjectKind(StrEnum):
    """What can be approved; the id that names it is given behind."""

    LAUNCH = "launch"
    """of a touchpoint"""
    BUDGET = "budget"
    """of a campaign"""
    REALLOCATION = "reallocation"
    """of money, by the id of the move"""
    GOAL = "goal"
    """of a campaign"""
    BRIEF = "brief"
    """of a campaign"""
    CONTENT = "content"
    """of a template"""


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing to be approved."""

    kind: SubjectKind
    id: UUID


class Risk(StrEnum):
    """What a rule may ask a second look for."""

    FIRST_USE_OF_CHANNEL = "first_use_of_channel"
    OVER_CONTACTED = "over_contacted"
    MISSING_CONSENT = "missing_consent"


@dataclass(frozen=True, slots=True)
class Measured:
    """What only the analytics engine knows, which is asked outside of any transaction."""

    audience_size: int | None = None
    risks: frozenset[Risk] = frozenset()


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a subject now.

    content: everything that an approval covers, as JSON by field name; any change of it voids an approval. Values are
    shown to people as they are, so the names follow a rule: `…_minor` is money in the workspace's currency, `…_at` an
    ISO time, `…_on` an ISO date, `…_hash` says only that something changed; an object is compared key by key.
    The others are what rules ask about. audience_size: people; growing by a tenth voids nothing (rules.GROWTH).
    peak_minor, lately: the highest amount and the further categories of the last days; rules ask about these as well,
    so that nobody lowers a fact to get past a rule. campaign_id None: of no campaign. settled: what was approved has
    happened, so that no later change voids it on the pages that tell of it; the gate itself never looks at it.
    """

    campaign_id: UUID | None
    title: str
    content: Mapping[str, Any]
    amount_minor: int | None = None
    audience_size: int | None = None
    channel: str = ""
    category: str = ""
    risks: frozenset[Risk] = frozenset()
    settled: bool = False
    peak_minor: int | None = None
    lately: frozenset[str] = frozenset()

    @property
    def fingerprint(self) -> str:
        """A hash of the content: the same fingerprint, the same content."""
        return fingerprint_of(self.content)


def fingerprint_of(value: Any) -> str:
    """Return the SHA-256, in hex, of a JSON value whatever the order of its keys."""
    plain = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


class ApproverKind(StrEnum):
    """Who is meant by a step."""

    GROUP = "group"
    ROLE = "role"
    PART = "part"
    """those who have the part `approves` in the campaign"""


@dataclass(frozen=True, slots=True)
class ApproverRef:
    """Whose yes a step needs. ref: a group's id, a role's name, or "approves" for the campaign's part."""

    kind: ApproverKind
    ref: str


class Quorum(StrEnum):
    """How many of them."""

    ANY = "any"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class StepRule:
    """One step that a rule asks for. days: working days until it is due, None for no deadline."""

    approver: ApproverRef
    quorum: Quorum = Quorum.ANY
    days: int | None = None


class VerdictKind(StrEnum):
    """What an approver says."""

    APPROVE = "approve"
    CHANGES = "changes"
    REFUSE = "refuse"


class Standing(StrEnum):
    """How the approval of a subject stands."""

    NOT_NEEDED = "not_needed"
    MISSING = "missing"
    """it needs one and nobody has asked"""
    WAITING = "waiting"
    CHANGES = "changes"
    """somebody asked for changes"""
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    VOID = "void"
    """what was approved, or is waiting for it, has changed since"""
    APPROVED = "approved"


class Because(StrEnum):
    """Why something needs a yes that its facts and the rules of this moment would not ask for."""

    RULE_CHANGED = "rule_changed"
    """a rule asked for it until lately"""
    LATELY = "lately"
    """its campaign had more at stake, or another category, in the last days"""


@dataclass(frozen=True, slots=True)
class ApprovalChange:
    """One difference between what was asked for and what is there now. path: the field, then the key in it.

    `…_minor` is money, `…_at` a time, `…_hash` only says that it changed; `audience_size` are people, `rules` the
    number of steps asked for.
    """

    path: tuple[str, ...]
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Verdict:
    """How the approval of a subject stands now.

    needs: the steps that the rules ask for now; because: why, where that cannot be seen from what is there now.
    request_id: the newest request, if there is one. changes: why it is void. decided_by: who said yes, in order.
    """

    standing: Standing
    needs: tuple[StepRule, ...] = ()
    request_id: UUID | None = None
    changes: tuple[ApprovalChange, ...] = ()
    because: tuple[Because, ...] = ()
    decided_by: tuple[str, ...] = field(default=())

    @property
    def allows(self) -> bool:
        """Whether the action may go on."""
        return self.standing in (Standing.NOT_NEEDED, Standing.APPROVED)


State = Literal["waiting", "approved", "changes", "refused", "withdrawn", "replaced", "void"]


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it was asked for, and as last noticed: the gate computes anew whether it holds.

    step: the position of the step that is open. changes: why it is void. settled_at: what was approved has happened.
    """

    id: UUID
    kind: SubjectKind
    subject_id: UUID
    campaign_id: UUID | None
    title: str
    note: str
    asked_by: UUID | None
    asked_by_name: str
    created_at: datetime
    state: State
    step: int
    content: Mapping[str, Any]
    fingerprint: str
    amount_minor: int | None
    audience_size: int | None
    channel: str
    category: str
    risks: tuple[Risk, ...]
    void_since: datetime | None
    changes: list[Any] | None
    settled_at: datetime | None
    decided_at: datetime | None

    @property
    def subject(self) -> Subject:
        """What it is about."""
        return Subject(self.kind, self.subject_id)

    @property
    def noticed(self) -> State:
        """The state at the last check; may be out of date."""
        return "void" if self.void_since is not None and self.state in ("waiting", "approved") else self.state


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a request. seats: whom it meant when it was asked, as JSON; None: asked before that was kept."""

    id: UUID
    request_id: UUID
    position: int
    approver: ApproverRef
    label: str
    quorum: Quorum
    days: int | None
    seats: list[Any] | None
    due_at: datetime | None
    escalated_at: datetime | None
    done_at: datetime | None

    @property
    def rule(self) -> StepRule:
        """What the rule asked for."""
        return StepRule(self.approver, self.quorum, self.days)


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided in a step. seats: whom they decided for; alone: as the only owner, who had asked."""

    step_id: UUID
    user_id: UUID | None
    user_name: str
    seats: tuple[UUID, ...]
    verdict: VerdictKind
    reason: str
    alone: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class CampaignName:
    """The campaign a request belongs to."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """A request in a list. state: as last noticed; `void` when what it was asked for has changed."""

    id: UUID
    kind: SubjectKind
    subject_id: UUID
    title: str
    campaign: CampaignName | None
    asked_by: str
    asked_at: datetime
    state: State
    waits_for: Annotated[str, Field(description="Who decides the open step: a group's name, a role's or part's word")]
    waits_for_kind: ApproverKind
    due_at: datetime | None
    mine: Annotated[bool, Field(description="You can decide it now.")]
    audience_size: int | None
    amount_minor: int | None


class View(StrEnum):
    """Whose requests."""

    WAITING = "waiting"
    ASKED = "asked"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """The newest request for a thing, for what wants attention. mine: the actor can decide it now."""

    campaign_id: UUID
    id: UUID
    title: str
    kind: SubjectKind
    state: State
    void_since: datetime | None
    due_at: datetime | None
    mine: bool
