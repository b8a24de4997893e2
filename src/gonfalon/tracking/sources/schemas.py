"""Shapes of sources."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from gonfalon.tracking.sources.model import (
    Bringer,
    BringerKind,
    LegalGround,
    Signal,
    SourceKind,
    SourceView,
)


class DataSourceMade(BaseModel):
    """The id of a new source."""

    id: UUID


class DataSourceOwnerOut(BaseModel):
    """The member who answers for a source."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str


class DataSourceOut(BaseModel):
    """A source in the register. silent: whether it has given no sign for longer than it may."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    kind: SourceKind
    owner: DataSourceOwnerOut | None
    legal_ground: LegalGround
    note: str
    quiet_hours: int | None
    last_at: datetime | None
    silent: bool
    version: int
    updated_at: datetime
    updated_by: str


class DataSourceViewOut(DataSourceOut):
    """A source with what brings its data.

    write_key: the public key for its pages; null where it has none that works. collector: the address to send to.
    """

    links: list[Bringer]
    signals: list[Signal]
    write_key: str | None
    collector: str

    @classmethod
    def of(cls, view: SourceView, base: str) -> DataSourceViewOut:
        """Return the view as the API shows it; base: the public address of the installation."""
        row = DataSourceOut.model_validate(view.source).model_dump()
        return cls(
            **row,
            links=view.links,
            signals=view.signals,
            write_key=view.write_key,
            collector=base,
        )


class DataSourceLink(BaseModel):
    """A key, form or import, named by its id."""

    kind: BringerKind
    ref: UUID


class DataSourceLinks(BaseModel):
    """What brings a source's data, from now on."""

    links: Annotated[list[DataSourceLink], Field(max_length=500)]
