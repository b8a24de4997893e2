"""What a budget is made of, in values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from gonfalon.kit.days import Day
from gonfalon.kit.schemas import Internal, MinorUnits, Name, PlainNumber, Version, clean_text
from gonfalon.planning.model import Resource, TouchpointChannel

ONE = Decimal(1)
ZERO = Decimal(0)

Currency = Annotated[str, Field(min_length=3, max_length=3, description="ISO 4217, e.g. EUR")]
Share = Annotated[
    PlainNumber, Field(ge=0, le=1, max_digits=7, decimal_places=5, description="A part of one: 0.25 is 25 %")
]
Quantity = Annotated[PlainNumber, Field(ge=0, max_digits=12, decimal_places=3)]
ShortText = Annotated[str, Field(max_length=200), AfterValidator(clean_text)]
Reason = Annotated[str, Field(max_length=2000), AfterValidator(clean_text)]


class Counts(StrEnum):
    """Which of two amounts counts in plans and sums."""

    NET = "net"
    GROSS = "gross"


class Spread(StrEnum):
    """When a line's money is needed."""

    ONCE = "once"
    DAILY = "daily"
    MONTHLY = "monthly"


class EntryKind(StrEnum):
    """What an entry says of money."""

    COMMITMENT = "commitment"
    """ordered: promised to somebody"""
    INVOICE = "invoice"
    MEDIA = "media"
    """what a platform charged"""
    CREDIT = "credit"
    """a credit note: money that came back, which lowers what was spent"""
    ADJUSTMENT = "adjustment"
    """the difference to a total that somebody gave"""


class Source(StrEnum):
    """Where an entry comes from."""

    MANUAL = "manual"
    CSV = "csv"
    API = "api"
    CHANNEL = "channel"
    """messages that were sent, entered by itself"""


class MoveState(StrEnum):
    """How far a reallocation is."""

    WAITING = "waiting"
    DONE = "done"
    WITHDRAWN = "withdrawn"


def _channel(name: str) -> str:
    return name and TouchpointChannel(name).value


@dataclass(frozen=True, slots=True)
class LineDraft:
    """What is planned: a quantity at a price in any currency, or plainly `planned_minor` of the workspace's. Spread
    lines have both days, inclusive."""

    name: Name
    resource: Resource
    unit_price_minor: Annotated[
        MinorUnits | None, Field(description="Without tax, in the minor units of the line's currency")
    ] = None
    planned_minor: Annotated[MinorUnits | None, Field(description="Instead of a price of a unit")] = None
    quantity: Quantity = ONE
    currency: Annotated[Currency | None, Field(description="Left out: the workspace's")] = None
    tax_rate: Share = ZERO
    spread: Spread = Spread.ONCE
    starts_on: Day | None = None
    ends_on: Day | None = None
    task_id: Annotated[UUID | None, Field(description="The deliverable it pays for")] = None
    channel: Annotated[
        str,
        AfterValidator(_channel),
        Field(description="A touchpoint's channel; empty: the deliverable's, or the campaign's only one"),
    ] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine(LineDraft):
    """A new budget line."""

    spent_minor: Annotated[MinorUnits, Field(description="What is spent on it already, entered as an adjustment")] = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSave(LineDraft):
    """A budget line's new plan. What is spent on it is entered on its own and leaves `version` as it is."""

    version: Version


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """An order, a bill or a credit note (which lowers what was spent)."""

    line_id: UUID
    kind: EntryKind
    day: Day
    amount_minor: Annotated[MinorUnits, Field(description="In the minor units of `currency`; above nothing")]
    currency: Annotated[Currency | None, Field(description="Left out: the workspace's")] = None
    tax_rate: Share = ZERO
    includes_tax: Annotated[bool, Field(description="Whether the amount is the gross one")] = False
    supplier: ShortText = ""
    reference: ShortText = ""
    note: Reason = ""
    external_id: Annotated[
        ShortText | None, Field(description="The sender's own number: sent again, nothing is entered twice")
    ] = None
    commitment_id: Annotated[UUID | None, Field(description="The order that this bill settles")] = None


@dataclass(frozen=True, slots=True)
class BudgetSettings:
    """How a workspace counts. version 0: nobody has set anything yet."""

    counts: Counts = Counts.NET
    tax_rate: Decimal = ZERO
    move_limit_minor: int | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Period:
    """When money of a line is planned for: `spread` from the first to the last day, inclusive."""

    spread: Spread
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine(LineDraft):
    """A line as it is stored. Amounts are in the workspace's currency, but for the price of a unit."""

    id: UUID
    campaign_id: Internal[UUID]
    task_name: str | None = None
    currency: str
    channel: str
    unit_price_minor: int
    planned_minor: int
    rate: Annotated[PlainNumber, Field(description="What one of its currency was worth when the plan was last saved")]
    net_minor: Annotated[int, Field(description="Of the plan, without moves; like gross_minor")]
    gross_minor: int
    moved_minor: Annotated[int, Field(description="Received from other lines; negative: given to them")]
    approved_minor: int | None
    committed_minor: Annotated[int, Field(description="Ordered and not invoiced yet")]
    spent_minor: int
    position: Internal[int]
    version: int
    updated_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineToSave(BudgetLine):
    """A line with what the price of its new plan depends on. rate_then: the newest of its new currency, since a day."""

    counts: Counts
    rate_since: date | None
    rate_then: Decimal | None
    wanted_task_id: UUID | None
    wanted_task_name: str | None


@dataclass(frozen=True, slots=True)
class LineAmounts:
    """What of a line counts in sums, and what an approval looks at."""

    id: UUID
    name: str
    resource: Resource
    planned_minor: int
    approved_minor: int | None
    moved_minor: int
    committed_minor: int
    spent_minor: int


@dataclass(frozen=True, slots=True)
class Amounts:
    """The amounts of a campaign's lines. request_state: of the newest request for an approval of the budget."""

    counts: Counts
    request_state: str | None
    request_fingerprint: str | None
    lines: tuple[LineAmounts, ...]


@dataclass(frozen=True, slots=True)
class ResourceTotal:
    """What one kind of resource comes to."""

    resource: Resource
    planned_minor: int
    spent_minor: int


@dataclass(frozen=True, slots=True)
class LineSums:
    """What a budget comes to."""

    by_resource: tuple[ResourceTotal, ...]
    planned_minor: int
    approved_minor: int
    committed_minor: int
    spent_minor: int


@dataclass(frozen=True, slots=True)
class BudgetChange:
    """What a change left: the lines that are not as before, and what the budget comes to.

    approval_void: an approval that was given or asked for does not cover what is planned now.
    """

    lines: tuple[BudgetLine, ...]
    sums: LineSums
    approval_void: bool


@dataclass(frozen=True, slots=True)
class CountedLine:
    """A line whose sums were made true."""

    id: UUID
    campaign_id: UUID
    name: str
    planned_minor: int
    spent_minor: int
    committed_minor: int

    @classmethod
    def of(cls, line: BudgetLine) -> CountedLine:
        """Return the line's sums, which are true already."""
        return cls(line.id, line.campaign_id, line.name, line.planned_minor, line.spent_minor, line.committed_minor)

    @property
    def left_minor(self) -> int:
        """What of its plan is neither ordered nor spent; below zero where it is over."""
        return self.planned_minor - self.spent_minor - self.committed_minor


@dataclass(frozen=True, slots=True, kw_only=True)
class SpendEntry:
    """What was ordered or paid, as it is stored."""

    id: UUID
    workspace_id: Internal[int]
    campaign_id: Internal[UUID]
    line_id: UUID
    kind: EntryKind
    day: date
    currency: str
    net_minor: int
    gross_minor: int
    tax_rate: Share
    rate: PlainNumber
    home_net_minor: Internal[int]
    home_gross_minor: Internal[int]
    counted_minor: int
    supplier: str
    reference: str
    note: str
    source: Source
    external_id: str | None
    commitment_id: UUID | None
    reverses_id: UUID | None
    entered_by: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedEntry(SpendEntry):
    """An entry in a list. open_minor: of an order that stands, what is not invoiced yet."""

    line_name: str
    reversed_by_id: UUID | None
    open_minor: Annotated[int | None, Field(description="Of an order: what is not invoiced yet")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reallocation:
    """Planned money that goes from one line to another; a line is None once it was removed."""

    id: UUID
    from_campaign_id: UUID
    to_campaign_id: UUID
    from_line_id: UUID | None
    to_line_id: UUID | None
    from_name: str
    to_name: str
    amount_minor: int
    reason: str
    state: MoveState
    asked_by: str
    created_at: datetime
    done_at: datetime | None
    from_campaign_name: Annotated[str | None, Field(description="null: not yours to see")] = None
    to_campaign_name: str | None = None


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """What one of a currency is worth in the workspace's from a day on."""

    currency: str
    day: date
    rate: PlainNumber
    set_by: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Entered:
    """What was ordered and spent on a day, on one order or without any."""

    day: date
    commitment_id: UUID | None
    ordered: int
    spent: int
