"""Request shapes of personas."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from gonfalon.kit.days import Day
from gonfalon.kit.schemas import Name, clean_text

from .model import NoteKind, Portrait, Short

Finding = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(clean_text)]


class PersonaIn(BaseModel):
    """A described buyer; `audience_id` says who they are among the workspace's people."""

    name: Name
    summary: Short = ""
    audience_id: UUID | None = None
    owner_id: UUID | None = None
    portrait: Portrait = Portrait()


class PersonaSave(PersonaIn):
    """The same, made from the version that was read."""

    version: Annotated[int, Field(ge=1, lt=2**31 - 1)]


class PersonaNoteIn(BaseModel):
    """A finding of research with its evidence. on: the day it was found, today without one."""

    kind: NoteKind
    finding: Finding
    evidence: Annotated[str, Field(max_length=2000), AfterValidator(clean_text)] = ""
    on: Day | None = None
