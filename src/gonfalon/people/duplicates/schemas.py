"""Shapes of duplicates."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from gonfalon.people.duplicates.model import DuplicateKind
from gonfalon.people.merging.schemas import RowId
from gonfalon.people.profiles.schemas import PersonOut


class DuplicateOut(BaseModel):
    """Two people who may be one, side by side, and why; `first` is the older one."""

    model_config = ConfigDict(from_attributes=True)

    kind: DuplicateKind
    first: PersonOut
    second: PersonOut


class KindCountOut(BaseModel):
    """How many pairs of a kind are proposed, and whether they may be accepted all at once."""

    kind: DuplicateKind
    count: int
    sure: bool


class DuplicatesOut(BaseModel):
    """What is proposed, and when it was looked for: never (null), or still under way (`done_at` null)."""

    kinds: list[KindCountOut]
    asked_at: datetime | None
    done_at: datetime | None


class ApartIn(BaseModel):
    """Two people who are two."""

    first_id: RowId
    second_id: RowId


class MergeAllIn(BaseModel):
    """A sure kind, and how many pairs of it were shown."""

    kind: DuplicateKind
    confirmed: Annotated[int, Field(ge=1, le=10**9)]


class MergedOut(BaseModel):
    """How many pairs were made one."""

    merged: int
