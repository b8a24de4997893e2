"""Shapes of playbook pages."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from gonfalon.kit.schemas import Name, Version, clean_text
from gonfalon.planning.playbook.pages.model import PageKind, PagePlace

Body = Annotated[str, AfterValidator(clean_text), Field(description="Markdown; at most 200,000 characters")]
Tag = Annotated[str, AfterValidator(clean_text)]


class PlaybookPageIn(BaseModel):
    """A page of the playbook."""

    title: Name
    kind: PageKind = PageKind.OTHER
    body: Body = ""
    tags: list[Tag] = []
    applies: Annotated[list[PagePlace], Field(description="The screens next to which it is shown")] = []
    for_guests: Annotated[bool, Field(description="Whether guests of the workspace may read it")] = False


class PlaybookPageSave(PlaybookPageIn):
    """A page's new values."""

    version: Version


class PlaybookPageRow(BaseModel):
    """A page in a list."""

    id: UUID
    title: str
    kind: PageKind
    excerpt: Annotated[str, Field(description="Its first words")]
    tags: list[str]
    applies: list[PagePlace]
    for_guests: bool
    version: int
    updated_at: datetime
    updated_by: str


class PlaybookPageOut(PlaybookPageRow):
    """A page as it is read and written."""

    body: Annotated[str, Field(description="Markdown, as it was written")]
    html: Annotated[str, Field(description="The same to be shown: holds no markup but the renderer's own")]


class StartersIn(BaseModel):
    """Language of the ready-made pages."""

    language: Annotated[str, Field(pattern="^(en|fr|sv|zh)$")]
