"""The groups and rules that a new workspace finds prepared, switched off."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from gonfalon.approvals.model import ApproverKind, ApproverRef, Quorum, Risk, StepRule, SubjectKind
from gonfalon.approvals.rules import Rule

GROUPS = ("Brand", "Legal", "Finance", "Director")


AMOUNTS = {SubjectKind.BUDGET: 1_000_000, SubjectKind.REALLOCATION: 500_000}
"""In minor units of whichever currency; for a start, until somebody writes the team's own."""


def suggested_amounts() -> list[tuple[str, int]]:
    """Return kinds and amounts of the rules that are prepared."""
    return [(kind.value, amount) for kind, amount in AMOUNTS.items()]


def suggested_rules(groups: Mapping[str, UUID]) -> list[Rule]:
    """Return what most teams agree on; groups: ids by the names above."""

    def ask(name: str, days: int) -> StepRule:
        return StepRule(ApproverRef(ApproverKind.GROUP, str(groups[name])), Quorum.ANY, days)

    return [
        Rule(SubjectKind.LAUNCH, (ask("Legal", 2), ask("Director", 2)), over_people=10_000),
        Rule(SubjectKind.LAUNCH, (ask("Brand", 2),), risks=frozenset({Risk.FIRST_USE_OF_CHANNEL})),
        Rule(
            SubjectKind.LAUNCH,
            (ask("Legal", 2),),
            risks=frozenset({Risk.OVER_CONTACTED, Risk.MISSING_CONSENT}),
        ),
        *(Rule(kind, (ask("Finance", 3),), over_minor=amount) for kind, amount in AMOUNTS.items()),
    ]
