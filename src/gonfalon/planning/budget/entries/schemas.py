"""Shapes of entries."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from gonfalon.planning.budget.model import EntryKind, Reason
from gonfalon.planning.budget.schemas import Words
from gonfalon.planning.sheets import SheetReading, WrongCell

Entered = Literal["commitment", "invoice", "media", "credit"]


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
