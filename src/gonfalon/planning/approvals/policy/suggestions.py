"""The groups and rules that a new workspace finds prepared, switched off."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from gonfalon.planning.approvals.model import Approver, ApproverKind, Quorum, Risk, StepRule, SubjectKind
from gonfalon.planning.approvals.rules import Rule

GROUPS = ("Brand", "Legal", "Finance", "Director")


def suggested_rules(groups: Mapping[str, UUID]) -> list[Rule]:
    """What most teams agree on; groups: ids by the names above."""

    def ask(name: str, days: int) -> StepRule:
        return StepRule(Approver(ApproverKind.GROUP, str(groups[name])), Quorum.ANY, days)

    return [
        Rule(SubjectKind.LAUNCH, (ask("Legal", 2), ask("Director", 2)), over_people=10_000),
        Rule(SubjectKind.LAUNCH, (ask("Brand", 2),), risks=frozenset({Risk.FIRST_USE_OF_CHANNEL})),
        Rule(
            SubjectKind.LAUNCH,
            (ask("Legal", 2),),
            risks=frozenset({Risk.OVER_CONTACTED, Risk.MISSING_CONSENT}),
        ),
        Rule(SubjectKind.BUDGET, (ask("Finance", 3),), over_minor=1_000_000),
        Rule(SubjectKind.REALLOCATION, (ask("Finance", 3),), over_minor=500_000),
    ]
