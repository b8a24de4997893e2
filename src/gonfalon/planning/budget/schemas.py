"""Shapes of budgets."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from gonfalon.planning.budget.model import BudgetLine, Counts, Quantity, ResourceTotal, Share
from gonfalon.planning.model import Resource
from gonfalon.planning.sheets import SheetReading, WrongCell

Words = Annotated[str, Field(max_length=2_000_000)]


class _Sums(BaseModel):
    by_resource: list[ResourceTotal]
    planned_minor: int
    approved_minor: int
    committed_minor: int
    spent_minor: int


class BudgetChangeOut(_Sums):
    """What a change left of a campaign's budget: its lines that are new or not as before, and exact sums of all."""

    lines: list[BudgetLine]
    approval_void: Annotated[
        bool, Field(description="An approval that was given or asked for does not cover what is planned now")
    ]


class BudgetOut(_Sums):
    """A campaign's budget: its lines in order, and exact sums."""

    currency: str
    counts: Annotated[Counts, Field(description="Which amount counts in plans and sums")]
    lines: list[BudgetLine]
    tax_rate: Annotated[Share, Field(description="Proposed for new lines")]
    approval: Annotated[str, Field(description="How the budget's approval stands, e.g. approved, missing, void")]
    approval_id: UUID | None


class BudgetPaste(BaseModel):
    """Cells copied from a spreadsheet. Without `apply` they are only looked at."""

    text: Words
    apply: bool = False


class BudgetPastedLine(BaseModel):
    """A pasted row as it was understood."""

    name: str
    resource: Resource
    quantity: Quantity
    unit_price_minor: int | None
    currency: str
    tax_rate: Share
    starts_on: date | None
    ends_on: date | None


class BudgetPasteOut(BaseModel):
    """What was understood, and what is wrong. Rows are added only when none is wrong."""

    rows: list[BudgetPastedLine]
    wrong: list[WrongCell]
    added: int
    reading: SheetReading


class BurnPoint(BaseModel):
    """Sums up to the end of a day; null where it is not known yet, or past."""

    day: date
    planned_minor: int
    spent_minor: int | None
    used_minor: Annotated[int | None, Field(description="Spent, and ordered and not invoiced")]
    expected_minor: int | None
    low_minor: int | None
    high_minor: int | None


class ForecastOut(BaseModel):
    """What it will have cost in the end."""

    by_plan_minor: Annotated[int, Field(description="Spent, ordered, and the rest of the plan of each line")]
    by_pace_minor: Annotated[int | None, Field(description="If money goes on going as it has; null: too early to say")]
    low_minor: int | None
    high_minor: int | None


class BurnOut(BaseModel):
    """A campaign's burn and its forecast."""

    currency: str
    today: date
    planned_minor: int
    committed_minor: int
    spent_minor: int
    undated_minor: Annotated[int, Field(description="Planned, without a date")]
    forecast: ForecastOut
    points: list[BurnPoint]
