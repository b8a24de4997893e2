"""What a budget is made of, in values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

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
    ADJUSTMENT = "adjustment"
    """the difference to a total that somebody gave"""


class Source(StrEnum):
    """Where an entry comes from."""

    MANUAL = "manual"
    CSV = "csv"
    API = "api"


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
