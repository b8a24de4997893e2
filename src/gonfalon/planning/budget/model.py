"""What a budget is made of, in values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from gonfalon.kit.schemas import PlainNumber
from gonfalon.planning.model import Resource

ONE = Decimal(1)
ZERO = Decimal(0)


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


@dataclass(frozen=True, slots=True)
class LineDraft:
    """A line as its planner wants it.

    The price of a unit is without tax, in minor units of `currency` (empty: the workspace's). `planned_minor` instead
    of it is the plain form: so much of the workspace's currency. Spread lines have both days, inclusive.
    """

    name: str
    resource: Resource
    unit_price_minor: int | None = None
    planned_minor: int | None = None
    quantity: Decimal = ONE
    currency: str = ""
    tax_rate: Decimal = ZERO
    spread: Spread = Spread.ONCE
    starts_on: date | None = None
    ends_on: date | None = None
    task_id: UUID | None = None
    channel: str = ""


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """An entry as somebody hands it in. amount_minor: in minor units of `currency`, with tax if `includes_tax`."""

    line_id: UUID
    kind: EntryKind
    day: date
    amount_minor: int
    currency: str
    tax_rate: Decimal = ZERO
    includes_tax: bool = False
    supplier: str = ""
    reference: str = ""
    note: str = ""
    external_id: str | None = None
    commitment_id: UUID | None = None


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
    campaign_id: UUID
    task_name: str | None = None
    unit_price_minor: int
    planned_minor: int
    rate: Decimal
    net_minor: int
    gross_minor: int
    moved_minor: int
    approved_minor: int | None
    committed_minor: int
    spent_minor: int
    position: int
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
    workspace_id: int
    campaign_id: UUID
    line_id: UUID
    kind: EntryKind
    day: date
    currency: str
    net_minor: int
    gross_minor: int
    tax_rate: Decimal
    rate: Decimal
    home_net_minor: int
    home_gross_minor: int
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
    open_minor: int | None


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
