"""Shapes of the shared rows API."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from gonfalon.content.blocks.tree import Row

Rows = Annotated[list[Row], Field(min_length=1, max_length=50)]


class MailRowIn(BaseModel):
    """A row to keep for all mails."""

    name: str = Field(max_length=200)
    rows: Rows


class MailRowSave(MailRowIn):
    """A changed row; `version` is the one it was made from. `beside`: an open mail that takes it itself."""

    version: int = Field(ge=1, lt=2**31 - 1)
    beside: UUID | None = None


class MailRow(BaseModel):
    """A shared row and in how many mails it stands."""

    id: UUID
    name: str
    version: int
    rows: list[Row]
    mails: int
