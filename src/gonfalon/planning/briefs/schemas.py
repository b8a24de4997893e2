"""Shapes of briefs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from gonfalon.kit.schemas import clean_text
from gonfalon.planning.briefs.model import MOST_TEXT, MessageKind, Section

PassageText = Annotated[str, Field(max_length=MOST_TEXT), AfterValidator(clean_text)]


class PassageOut(BaseModel):
    """One passage of a brief. Version 0: nobody has written it yet."""

    id: UUID
    section: Section
    parent_id: Annotated[UUID | None, Field(description="A message's audience passage")]
    audience_id: UUID | None
    audience_name: str | None
    kind: MessageKind | None
    text: str
    version: int
    updated_at: datetime | None
    updated_by: str

    @classmethod
    def unwritten(cls, passage_id: UUID, section: Section) -> PassageOut:
        """Return a passage that every brief has, before anybody wrote it."""
        return cls(
            id=passage_id,
            section=section,
            parent_id=None,
            audience_id=None,
            audience_name=None,
            kind=None,
            text="",
            version=0,
            updated_at=None,
            updated_by="",
        )


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
    base: Annotated[
        PassageText | None, Field(description="The text it was changed from, where that is not the text of `version`")
    ] = None


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


class BriefVersionIn(BaseModel):
    """Why the brief is kept as it is."""

    note: Annotated[str, Field(max_length=200), AfterValidator(clean_text)] = ""


class BriefVersionOut(BaseModel):
    """A kept version of the whole brief."""

    number: int
    note: str
    by: str
    created_at: datetime


class KeptBriefOut(BriefVersionOut):
    """A kept version with what it said."""

    passages: list[PassageOut]
