"""Shapes of budgets."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from gonfalon.kit.days import Day
from gonfalon.kit.schemas import MinorUnits, Name, PlainNumber, Version, clean_text
from gonfalon.planning.budget.model import Counts, LineDraft, ResourceTotal, Spread
from gonfalon.planning.model import Resource, TouchpointChannel
from gonfalon.planning.sheets import SheetReading, WrongCell

Currency = Annotated[str, Field(min_length=3, max_length=3, description="ISO 4217, e.g. EUR")]
Share = Annotated[
    PlainNumber, Field(ge=0, le=1, max_digits=7, decimal_places=5, description="A part of one: 0.25 is 25 %")
]
Quantity = Annotated[PlainNumber, Field(ge=0, max_digits=12, decimal_places=3)]
RateOut = PlainNumber
ShortText = Annotated[str, Field(max_length=200), AfterValidator(clean_text)]
Reason = Annotated[str, Field(max_length=2000), AfterValidator(clean_text)]
Words = Annotated[str, Field(max_length=2_000_000)]


class _Line(BaseModel):
    """What is planned: a quantity at a price in any currency, or plainly `planned_minor` of the workspace's."""

    name: Name
    resource: Resource
    quantity: Quantity = Decimal(1)
    unit_price_minor: Annotated[
        MinorUnits | None, Field(description="Without tax, in the minor units of the line's currency")
    ] = None
    planned_minor: Annotated[MinorUnits | None, Field(description="Instead of a price of a unit")] = None
    currency: Annotated[Currency | None, Field(description="Left out: the workspace's")] = None
    tax_rate: Share = Decimal(0)
    spread: Spread = Spread.ONCE
    starts_on: Day | None = None
    ends_on: Day | None = None
    task_id: Annotated[UUID | None, Field(description="The deliverable it pays for")] = None
    channel: Annotated[
        TouchpointChannel | Literal[""], Field(description="Empty: the deliverable's, or the campaign's only one")
    ] = ""

    def draft(self) -> LineDraft:
        """Return the values that the action takes."""
        values = self.model_dump(exclude={"spent_minor", "version"})
        return LineDraft(**values | {"currency": self.currency or ""})


class BudgetLineIn(_Line):
    """A new budget line."""

    spent_minor: Annotated[MinorUnits, Field(description="What is spent on it already, entered as an adjustment")] = 0


class BudgetLineSave(_Line):
    """A budget line's new plan. What is spent on it is entered on its own and leaves `version` as it is."""

    version: Version


class BudgetLineOut(BaseModel):
    """One line of a campaign's budget. Amounts are in the workspace's currency, but for `unit_price_minor`."""

    id: UUID
    name: str
    resource: Resource
    task_id: UUID | None
    task_name: str | None
    channel: str
    currency: str
    quantity: Quantity
    unit_price_minor: int
    tax_rate: Share
    spread: Spread
    starts_on: date | None
    ends_on: date | None
    rate: Annotated[RateOut, Field(description="What one of its currency was worth when the plan was last saved")]
    net_minor: Annotated[int, Field(description="Of the plan, without moves; like gross_minor")]
    gross_minor: int
    moved_minor: Annotated[int, Field(description="Received from other lines; negative: given to them")]
    planned_minor: int
    approved_minor: int | None
    committed_minor: Annotated[int, Field(description="Ordered and not invoiced yet")]
    spent_minor: int
    version: int
    updated_by: str


class _Sums(BaseModel):
    by_resource: list[ResourceTotal]
    planned_minor: int
    approved_minor: int
    committed_minor: int
    spent_minor: int


class BudgetChangeOut(_Sums):
    """What a change left of a campaign's budget: its lines that are new or not as before, and exact sums of all."""

    lines: list[BudgetLineOut]
    approval_void: Annotated[
        bool, Field(description="An approval that was given or asked for does not cover what is planned now")
    ]


class BudgetOut(_Sums):
    """A campaign's budget: its lines in order, and exact sums."""

    currency: str
    counts: Annotated[Counts, Field(description="Which amount counts in plans and sums")]
    lines: list[BudgetLineOut]
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
