"""Shapes of briefs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from gonfalon.planning.briefs.model import MOST_TEXT, MessageKind, Section
from gonfalon.planning.model import CampaignState
from gonfalon.planning.schemas import clean_text

PassageText = Annotated[str, Field(max_length=MOST_TEXT), AfterValidator(clean_text)]


class PassageOut(BaseModel):
    """One passage of a brief. Version 0: nobody has written it yet."""

    id: UUID
    section: Section
    parent_id: Annotated[UUID | None, Field(description="A message's audience passage")] = None
    audience_id: UUID | None = None
    audience_name: str | None = None
    kind: MessageKind | None = None
    text: str = ""
    version: int = 0
    updated_at: datetime | None = None
    updated_by: str = ""


class BriefOut(BaseModel):
    """The brief of a campaign: passages that every brief has once first, then each list in its order."""

    passages: list[PassageOut]


class PassageIn(BaseModel):
    """A further audience, message, hypothesis or mandatory item."""

    section: Section
    parent_id: UUID | None = None
    audience_id: UUID | None = None
    kind: MessageKind | None = None
    text: PassageText = ""


class PassageSave(BaseModel):
    """A passage's new text."""

    version: Annotated[int, Field(ge=0, description="The version the text was changed from; later changes are merged")]
    text: PassageText


class PassagePlace(BaseModel):
    """What a passage is about."""

    audience_id: UUID | None = None
    kind: MessageKind | None = None


class PassageSaved(BaseModel):
    """What stands in a passage after a save."""

    version: int
    text: str
    merged: Annotated[bool, Field(description="Somebody else had changed it; the text holds both changes")]
    both: Annotated[bool, Field(description="Both changed the same words; both stand in the text, somebody decides")]


class BriefChangeOut(BaseModel):
    """A text that was saved once."""

    id: int
    passage_id: UUID
    section: Section
    version: int
    text: str
    by: str
    at: datetime


class VersionIn(BaseModel):
    """Why the brief is kept as it is."""

    note: Annotated[str, Field(max_length=200), AfterValidator(clean_text)] = ""


class VersionOut(BaseModel):
    """A kept version of the whole brief."""

    number: int
    note: str
    by: str
    created_at: datetime


class KeptBriefOut(VersionOut):
    """A kept version with what it said."""

    passages: list[PassageOut]


class SimilarOut(BaseModel):
    """A passage of another campaign's brief that is about the same things."""

    campaign_id: UUID
    campaign_name: str
    campaign_state: CampaignState
    section: Section
    text: str
