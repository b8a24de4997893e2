"""Pure decisions of approvals: which steps are needed, who may decide, when a step is done, what voids a yes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from fractions import Fraction
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from gonfalon.accounts.model import Role
from gonfalon.accounts.workdays.model import WorkingDays
from gonfalon.approvals.model import (
    ApprovalChange,
    ApproverKind,
    ApproverRef,
    Facts,
    Quorum,
    Risk,
    StepRule,
    SubjectKind,
)

GROWTH = Fraction(1, 10)
"""How much an audience may grow by itself after the yes. Beyond it, other people than approved would be written to;
below, a live audience would void its approval with every new customer."""

MANY_WITHOUT_CONSENT = Fraction(1, 5)
"""The share of an audience without consent from which on it is a risk: they are withheld, but somebody meant them."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what it is about, above what, and the steps it asks for. Empty collections and None mean any."""

    kind: SubjectKind
    steps: tuple[StepRule, ...]
    over_minor: int | None = None
    over_people: int | None = None
    channels: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    risks: frozenset[Risk] = frozenset()


@dataclass(frozen=True, slots=True)
class Approver:
    """A member whose yes a step asks for, and who may decide for them.

    present: still a member of the workspace who may see the campaign. deputies: present stand-ins within their dates;
    others: present stand-ins outside of them, who come in when the step is overdue or the member has left.
    """

    user_id: UUID
    present: bool = True
    deputies: frozenset[UUID] = frozenset()
    others: frozenset[UUID] = frozenset()

    def deciders(self, escalated: bool) -> frozenset[UUID]:
        """Return who may decide for them now."""
        found = self.deputies
        if self.present:
            found = found | {self.user_id}
        if escalated or not self.present:
            found = found | self.others
        return found


@dataclass(frozen=True, slots=True)
class Approvers:
    """Everybody who may decide a step. deciders: member → the approvers they decide for.

    owners: owners step in, since nobody else is left or somebody joined later; alone: the only owner has asked.
    """

    deciders: Mapping[UUID, frozenset[UUID]] = field(default_factory=dict)
    alone: bool = False
    owners: bool = False


def applies(rule: Rule, kind: SubjectKind, facts: Facts) -> bool:
    """Return whether the rule asks something of the subject; every condition it has must hold, of risks one is
    enough."""
    return (
        rule.kind is kind
        and (rule.over_minor is None or max(facts.amount_minor or 0, facts.peak_minor or 0) > rule.over_minor)
        and (rule.over_people is None or (facts.audience_size or 0) > rule.over_people)
        and (not rule.channels or facts.channel in rule.channels)
        and (not rule.categories or bool(rule.categories & {facts.category, *facts.lately}))
        and (not rule.risks or bool(rule.risks & facts.risks))
    )


@dataclass(frozen=True, slots=True)
class KeptRule:
    """A rule as it is stored: its steps as JSON."""

    kind: SubjectKind
    steps: list[dict[str, Any]]
    over_minor: int | None
    over_people: int | None
    channels: frozenset[str]
    categories: frozenset[str]
    risks: frozenset[Risk]

    @property
    def rule(self) -> Rule:
        """The rule as a value."""
        steps = tuple(step_of(step) for step in self.steps)
        return Rule(self.kind, steps, self.over_minor, self.over_people, self.channels, self.categories, self.risks)


def step_of(value: Mapping[str, Any]) -> StepRule:
    """Read a step of a rule from JSON."""
    return StepRule(ApproverRef(ApproverKind(value["kind"]), value["ref"]), Quorum(value["quorum"]), value["days"])


def plain_step(step: StepRule) -> dict[str, Any]:
    """Write a step of a rule as JSON."""
    return {
        "kind": step.approver.kind.value,
        "ref": step.approver.ref,
        "quorum": step.quorum.value,
        "days": step.days,
    }


OWNER = StepRule(ApproverRef(ApproverKind.ROLE, Role.OWNER.value))
"""An owner's yes: for what a rule would have asked that was changed just before."""


def needed(rules: Iterable[Rule], kind: SubjectKind, facts: Facts) -> tuple[StepRule, ...]:
    """Return the steps of every rule that applies, in the order of the rules; an approver asked twice is asked once.

    Of two steps with the same approver the stricter wins: all before any, the shorter deadline.
    """
    steps: dict[ApproverRef, StepRule] = {}
    for rule in rules:
        if not applies(rule, kind, facts):
            continue
        for step in rule.steps:
            other = steps.get(step.approver)
            steps[step.approver] = step if other is None else _stricter(other, step)
    return tuple(steps.values())


def _stricter(one: StepRule, other: StepRule) -> StepRule:
    days = [step.days for step in (one, other) if step.days is not None]
    quorum = Quorum.ALL if Quorum.ALL in (one.quorum, other.quorum) else Quorum.ANY
    return replace(one, quorum=quorum, days=min(days, default=None))


def covers(given: Collection[StepRule], needs: Iterable[StepRule]) -> bool:
    """Return whether the steps of a request are at least what is needed now (the rules may have become stricter
    since)."""
    quorums = {step.approver: step.quorum for step in given}
    return all(quorums.get(step.approver) in (Quorum.ALL, step.quorum) for step in needs)


def with_owner(needs: tuple[StepRule, ...], before: Iterable[StepRule]) -> tuple[StepRule, ...]:
    """Return the steps needed now; with an owner's, unless they are at least what was needed before the rules
    changed."""
    return needs if covers(needs, before) or covers(needs, [OWNER]) else (*needs, OWNER)


def everybody(named: Iterable[Approver]) -> set[UUID]:
    """Return all who could ever decide for one of the approvers."""
    return {user for approver in named for user in approver.deciders(escalated=True)}


def approvers(
    named: Iterable[Approver],
    asker: UUID | None,
    escalated: bool,
    owners: Collection[UUID] = (),
    *,
    joined: bool = False,
) -> Approvers:
    """Return who may decide: never who asked. An owner does where nobody else is left, or somebody joined after it was
    asked.

    named: as they were when it was asked. A workspace's only owner, who asked and finds nobody else, decides alone.
    """
    deciders: dict[UUID, set[UUID]] = {}
    for approver in named:
        for user in approver.deciders(escalated):
            deciders.setdefault(user, set()).add(approver.user_id)
    plain = {user: frozenset(held) for user, held in deciders.items()}
    others = {user: held for user, held in plain.items() if user != asker}
    stepping_in = bool(owners) and (joined or not others)
    if stepping_in:
        others |= {owner: others.get(owner, frozenset({owner})) for owner in owners if owner != asker}
    if others or asker is None or asker not in owners:
        return Approvers(others, owners=stepping_in)
    return Approvers({asker: frozenset({asker})}, alone=True, owners=True)


def is_done(
    named: Sequence[Approver], yes: Iterable[Collection[UUID]], quorum: Quorum, asker: UUID | None, escalated: bool
) -> bool:
    """Return whether enough have said yes. yes: the approvers each yes decided for.

    All means every approver for whom somebody can still decide: one who left without a stand-in is dropped, and
    so is the asker's own. At least one yes is needed always; an owner's where nobody else is left.
    """
    spoken = set[UUID]().union(*yes)
    if not spoken:
        return False
    if quorum is Quorum.ANY:
        return True
    left = set[UUID]().union(*approvers(named, asker, escalated).deciders.values())
    return left <= spoken


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[ApprovalChange, ...]:
    """Return what differs between two contents, field by field; objects are compared key by key."""
    found = []
    for name in [*before, *(key for key in after if key not in before)]:
        one, other = before.get(name), after.get(name)
        if one == other:
            continue
        if isinstance(one, Mapping) and isinstance(other, Mapping):
            found += [
                ApprovalChange((name, *inner.path), inner.before, inner.after) for inner in difference(one, other)
            ]
        else:
            found.append(ApprovalChange((name,), one, other))
    return tuple(found)


def outgrown(approved: int | None, now: int | None) -> bool:
    """Return whether an audience has grown by more than GROWTH since; shrinking is no harm."""
    if approved is None or now is None:
        return False
    return now > approved * (1 + GROWTH)


def voiding(content: Mapping[str, Any], fingerprint: str, size: int | None, now: Facts) -> tuple[ApprovalChange, ...]:
    """Return why an approval of the content (with its fingerprint) for `size` people does not hold now; empty: it
    holds."""
    changes: tuple[ApprovalChange, ...] = ()
    if fingerprint != now.fingerprint:
        changes = difference(content, now.content) or (ApprovalChange(("content_hash",), fingerprint, now.fingerprint),)
    if outgrown(size, now.audience_size):
        changes = (*changes, ApprovalChange(("audience_size",), size, now.audience_size))
    return changes


def due_at(opened: datetime, days: int | None, zone: ZoneInfo, calendar: WorkingDays) -> datetime | None:
    """Return the end of the last of `days` working days after the day it was opened; 0 days: the end of that day."""
    if days is None:
        return None
    day = opened.astimezone(zone).date()
    if days:
        day = date.fromordinal(calendar.at(calendar.last_until(day.toordinal()) + days))
    return datetime.combine(day, time(23, 59, 59), zone)
