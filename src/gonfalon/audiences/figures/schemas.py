"""Request and response shapes of figures."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from gonfalon.audiences.figures.model import AudienceTrait


class CostOut(BaseModel):
    """How many people the part at `place` means alone, and how many the rule would mean without it."""

    place: str
    alone: int
    without: int


class CostsOut(BaseModel):
    """What a rule means in total, of how many people, and what each of its parts does."""

    total: int
    everybody: int
    parts: list[CostOut]


class ComparedIn(BaseModel):
    """Two to five audiences."""

    audiences: Annotated[list[UUID], Field(min_length=2, max_length=5)]


class ShareOut(BaseModel):
    """How many people are in exactly these of the compared audiences and in none of the others."""

    audiences: list[UUID]
    people: int


class AudienceProfileOut(BaseModel):
    """What makes an audience different from everybody, the most different first."""

    members: int
    everybody: int
    traits: list[AudienceTrait]
