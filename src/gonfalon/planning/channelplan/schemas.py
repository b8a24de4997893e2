"""Shapes of the channel plan."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from gonfalon.kit.schemas import Version, clean_text
from gonfalon.planning.channelplan.model import CheckPart, ContactTouchpoint, PathStage, PlanGap, PlanSegment
from gonfalon.planning.model import TouchpointChannel


class SegmentIn(BaseModel):
    """Whom the campaign speaks to: an audience, or somebody described in words, or both."""

    audience_id: UUID | None = None
    name: Annotated[str, Field(max_length=200), AfterValidator(clean_text)] = ""
    position: Annotated[int, Field(ge=0, le=1000)] = 0


class SegmentSave(SegmentIn):
    """A segment's new values."""

    version: Version


class ContactIn(BaseModel):
    """One contact in a cell of the grid."""

    segment_id: UUID
    stage: PathStage
    channel: TouchpointChannel
    content: Annotated[
        str, Field(max_length=24, description="Kind of content, a code of `campaign-types` or own words")
    ] = ""
    note: Annotated[str, Field(max_length=5000, description="What it says"), AfterValidator(clean_text)] = ""
    touchpoint_id: Annotated[UUID | None, Field(description="A touchpoint of the same campaign")] = None
    ticked: Annotated[list[str], Field(max_length=50, description="Codes of the channel's checklist")] = []


class ContactSave(ContactIn):
    """A contact's new values. Ticks that are not of the channel's checklist fall away."""

    version: Version


class ContactOut(BaseModel):
    """A contact in its cell."""

    id: UUID
    segment_id: UUID
    stage: PathStage
    channel: TouchpointChannel
    content: str
    note: str
    ticked: list[str]
    touchpoint: ContactTouchpoint | None
    version: int


class ChannelPlanOut(BaseModel):
    """A campaign's channel plan."""

    segments: list[PlanSegment]
    contacts: list[ContactOut]
    gaps: list[PlanGap]
    unplaced: Annotated[list[ContactTouchpoint], Field(description="Touchpoints of the campaign that no contact names")]


class CheckPointOut(BaseModel):
    """A point of a checklist; `values` fill the sentence that `code` names."""

    code: str
    part: CheckPart
    values: dict[str, str | int]
    source: Annotated[str, Field(description="Who sets the limit: an address or a standard; empty: our own advice")]


class ChannelOut(BaseModel):
    """A channel: whether Gonfalon sends it itself, and its checklist."""

    channel: TouchpointChannel
    sent_here: bool
    addressed: Annotated[bool, Field(description="Whether it goes to known people, so that an audience is needed")]
    checklist: list[CheckPointOut]
