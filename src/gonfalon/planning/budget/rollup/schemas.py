"""Shapes of sums."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from gonfalon.planning.budget.rollup.model import Group


class BudgetGroup(BaseModel):
    """One sum, in minor units of the workspace's currency."""

    key: Annotated[str, Field(description="A campaign's or goal's id, a name, or a period's first day; empty: none")]
    label: Annotated[str, Field(description="A campaign's name, or a goal's words, else its campaign's name")]
    own: Annotated[bool, Field(description="The asked campaign's own lines, beside those of its parts")]
    lines: Annotated[int, Field(description="Budget lines; of a month or quarter: those with a plan for it")]
    parts: Annotated[int, Field(description="Campaigns below it, or serving the goal; of the total: groups")]
    planned_minor: int
    approved_minor: int
    committed_minor: int
    spent_minor: int

    @classmethod
    def of(cls, group: Group) -> BudgetGroup:
        """Return the shape of a sum."""
        return cls(
            key=group.key,
            label=group.label,
            own=group.own,
            lines=group.lines,
            parts=group.parts,
            planned_minor=group.planned,
            approved_minor=group.approved,
            committed_minor=group.committed,
            spent_minor=group.spent,
        )


class BudgetSums(BaseModel):
    """A page of sums, and what all of them come to."""

    items: list[BudgetGroup]
    next_cursor: str | None = None
    total: int
    sum: BudgetGroup
    currency: str
    parent_name: str | None = None
    goal_name: str | None = None
