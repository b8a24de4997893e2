"""What the channel plan speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from gonfalon.planning.model import TouchpointChannel, TouchpointState


class PathStage(StrEnum):
    """How far somebody is on the way to buying and beyond: the columns of the grid."""

    AWARENESS = "awareness"
    CONSIDERATION = "consideration"
    PURCHASE = "purchase"
    LOYALTY = "loyalty"


class GapKind(StrEnum):
    """What is missing from a plan."""

    NOBODY = "nobody"
    """It has no segment at all."""
    NOTHING = "nothing"
    """A segment without any contact."""
    NO_PURCHASE = "no_purchase"
    """A segment that is spoken to, but never asked to buy."""
    AUDIENCE_GONE = "audience_gone"
    """A segment whose audience is archived."""


@dataclass(frozen=True, slots=True)
class PlanGap:
    """One thing missing. segment_id None: of the whole plan."""

    kind: GapKind
    segment_id: UUID | None = None


class CheckPart(StrEnum):
    """What a point of a checklist is about."""

    ADDRESS = "address"
    """Where it goes and who is behind it."""
    FORMAT = "format"
    """What it has to be like to be accepted and read."""
    SIZE = "size"
    """Measures."""
    MEASURE = "measure"
    """How one will know what it brought."""


@dataclass(frozen=True, slots=True)
class CheckPoint:
    """A point of a channel's checklist. The sentence is told by `code`; `values` fill it; `source` says who says so."""

    code: str
    part: CheckPart
    values: tuple[tuple[str, str | int], ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class PlanSegment:
    """A row of the grid, with its audience's name."""

    id: UUID
    audience_id: UUID | None
    audience_name: str | None
    audience_archived: bool
    name: str
    position: int
    version: int


@dataclass(frozen=True, slots=True)
class ContactTouchpoint:
    """The touchpoint behind a contact."""

    id: UUID
    name: str
    channel: TouchpointChannel
    state: TouchpointState
    send_at: datetime | None
    launched_at: datetime | None
    done_on: date | None


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact in its cell."""

    id: UUID
    segment_id: UUID
    stage: PathStage
    channel: TouchpointChannel
    content: str
    note: str
    ticked: tuple[str, ...]
    touchpoint_id: UUID | None
    position: int
    version: int
    touchpoint_archived: bool
