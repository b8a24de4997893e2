"""Shapes of entries."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from gonfalon.kit.days import Day
from gonfalon.kit.schemas import MinorUnits
from gonfalon.planning.budget.model import EntryDraft, EntryKind, Source
from gonfalon.planning.budget.schemas import Currency, RateOut, Reason, Share, ShortText, Words
from gonfalon.planning.sheets import SheetReading, WrongCell

Entered = Literal["commitment", "invoice", "media", "credit"]


class SpendEntryIn(BaseModel):
    """An order, a bill or a credit note (which lowers what was spent)."""

    line_id: UUID
    kind: Entered
    day: Day
    amount_minor: Annotated[MinorUnits, Field(description="In the minor units of `currency`; above nothing")]
    currency: Annotated[Currency | None, Field(description="Left out: the workspace's")] = None
    tax_rate: Share = Decimal(0)
    includes_tax: Annotated[bool, Field(description="Whether the amount is the gross one")] = False
    supplier: ShortText = ""
    reference: ShortText = ""
    note: Reason = ""
    external_id: Annotated[
        ShortText | None, Field(description="The sender's own number: sent again, nothing is entered twice")
    ] = None
    commitment_id: Annotated[UUID | None, Field(description="The order that this bill settles")] = None

    def draft(self) -> EntryDraft:
        """Return the values that the action takes."""
        values = self.model_dump()
        return EntryDraft(**values | {"kind": EntryKind(self.kind), "currency": self.currency or ""})


class SpendEntryOut(BaseModel):
    """One entry; amounts in its own currency, and `counted_minor` in the workspace's."""

    id: UUID
    line_id: UUID
    line_name: str
    kind: EntryKind
    day: date
    currency: str
    net_minor: int
    gross_minor: int
    tax_rate: Share
    rate: RateOut
    counted_minor: int
    open_minor: Annotated[int | None, Field(description="Of an order: what is not invoiced yet")]
    supplier: str
    reference: str
    note: str
    source: Source
    external_id: str | None
    commitment_id: UUID | None
    reverses_id: UUID | None
    reversed_by_id: UUID | None
    entered_by: str
    created_at: datetime


class SpendEntered(BaseModel):
    """The id of the entry, new or known."""

    id: UUID


class ReversalIn(BaseModel):
    """Why an entry is taken back."""

    reason: Reason


class SpendImportIn(BaseModel):
    """A CSV file's text. Without `apply` it is only looked at."""

    text: Words
    line_id: Annotated[UUID | None, Field(description="For rows that name no line")] = None
    kind: Annotated[Entered | None, Field(description="For rows that do not say; an invoice otherwise")] = None
    apply: bool = False


class SpendImportRow(BaseModel):
    """A row as it was understood. known: it is entered already, so it changes nothing."""

    number: int
    state: Literal["new", "known", "wrong"]
    line_id: UUID
    kind: EntryKind
    day: date
    amount_minor: int
    currency: str
    supplier: str
    reference: str


class SpendImportOut(BaseModel):
    """What was understood and, with `apply`, entered: all new rows. Wrong rows are left out, each with its reason."""

    rows: list[SpendImportRow]
    wrong: list[WrongCell]
    total: int
    new: int
    known: int
    applied: bool
    reading: SheetReading
