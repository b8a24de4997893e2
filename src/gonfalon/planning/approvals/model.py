"""The door of approvals: what can be approved, what is known of it, and how an approval stands.

A sub-room makes its noun approvable by registering how its facts are loaded:

    APPROVABLE[SubjectKind.BRIEF] = Approvable(facts=brief_facts)

and asks `await subjects.check_approved(ctx, connection, Subject(SubjectKind.BRIEF, campaign_id))` in the transaction of
the action that needs the yes, with the subject's row locked. `actions.request_approval(ctx, subject, note)` asks.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission


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
    campaign_id None: of no campaign. settled: what was approved has happened, so that no later change voids it on the
    pages that tell of it; the gate itself never looks at it.
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

    @property
    def fingerprint(self) -> str:
        """A hash of the content: the same fingerprint, the same content."""
        return fingerprint_of(self.content)


def fingerprint_of(value: Any) -> str:
    """SHA-256, in hex, of a JSON value whatever the order of its keys."""
    plain = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


LoadFacts = Callable[[Context, AsyncConnection, UUID], Awaitable[Facts]]
"""Reads the facts with the given connection alone; raises NotFound (also for what a guest may not see).

It is called in the locked transaction of the action that needs the approval, so it must not open another connection
nor wait for the engine: what needs that is measured (see Measure) beforehand."""

Measure = Callable[[Context, UUID], Awaitable[Measured]]
"""Asks the engine, outside of any transaction."""

Answered = Callable[[Context, AsyncConnection, UUID], Awaitable[None]]
"""Called in the transaction that gave the last yes."""


@dataclass(frozen=True, slots=True)
class Approvable:
    """How approvals deal with one kind of subject. ask: who may ask for an approval; approved: what a yes sets off."""

    facts: LoadFacts
    ask: Permission = Permission.CAMPAIGNS_WRITE
    measure: Measure | None = None
    approved: Answered | None = None


APPROVABLE: dict[SubjectKind, Approvable] = {}
"""Filled by the sub-rooms when they are imported."""


class ApproverKind(StrEnum):
    """Who is meant by a step."""

    GROUP = "group"
    ROLE = "role"
    PART = "part"
    """those who have the part `approves` in the campaign"""


@dataclass(frozen=True, slots=True)
class Approver:
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

    approver: Approver
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


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between what was asked for and what is there now; path: the field, then the key in it."""

    path: tuple[str, ...]
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Verdict:
    """How the approval of a subject stands now.

    needs: the steps that the rules ask for now. request_id: the newest request, if there is one. changes: why it is
    void. decided_by: who said yes, in order.
    """

    standing: Standing
    needs: tuple[StepRule, ...] = ()
    request_id: UUID | None = None
    changes: tuple[Change, ...] = ()
    decided_by: tuple[str, ...] = field(default=())

    @property
    def allows(self) -> bool:
        """Whether the action may go on."""
        return self.standing in (Standing.NOT_NEEDED, Standing.APPROVED)
