"""Request and response shapes of scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from gonfalon.kit.schemas import Name, Version, clean_text

from .definition import ScoreDefinition
from .model import PersonScore, Score

Description = Annotated[str, Field(max_length=2_000), AfterValidator(clean_text)]


class ScoreIn(BaseModel):
    """A new score; without a definition it begins with the usual rules."""

    name: Name
    description: Description = ""
    definition: ScoreDefinition | None = None


class ScoreSave(BaseModel):
    """A score as it is to be saved."""

    version: Version
    name: Name
    description: Description = ""
    owner_id: UUID | None = None
    definition: ScoreDefinition


class ScoreTrial(BaseModel):
    """Rules and stages that need not be saved."""

    definition: ScoreDefinition


class ScoreList(BaseModel):
    """All scores of the workspace."""

    items: Sequence[Score]


class PersonScores(BaseModel):
    """What a person has of every score that runs."""

    items: Sequence[PersonScore]
