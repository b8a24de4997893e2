"""Request and response shapes of the manual."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from gonfalon.kit.schemas import clean_text

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
