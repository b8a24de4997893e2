"""Request and response shapes of the manual."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from gonfalon.kit.schemas import clean_text

from ..model import AudienceKind

Said = Annotated[str, Field(max_length=2000), AfterValidator(clean_text)]


class DefinitionIn(BaseModel):
    """What an audience is for. version: as read, 0 the first time. reviewed: somebody looked, and it still holds."""

    version: Annotated[int, Field(ge=0)]
    owner_id: UUID | None = None
    main: bool = False
    ideal: bool = False
    source: Said = ""
    problem: Said = ""
    frustration: Said = ""
    pays: Said = ""
    evidence: Said = ""
    reviewed: bool = False


class DefinitionOwner(BaseModel):
    """Who answers for an audience."""

    id: UUID
    name: str


class DefinitionOut(BaseModel):
    """An audience with what the manual says of it; ``size`` as last counted, null before; ``uses`` by how many."""

    id: UUID
    kind: AudienceKind
    name: str
    description: str
    rule: dict[str, Any] | None
    size: int | None
    uses: int
    owner: DefinitionOwner | None
    main: bool
    ideal: bool
    source: str
    problem: str
    frustration: str
    pays: str
    evidence: str
    reviewed_on: date | None
    due_on: date
    overdue: bool
    version: int
    created_at: datetime
