"""Shapes of traits."""

from __future__ import annotations

from pydantic import BaseModel, Field

from gonfalon.accounts.schemas import Name
from gonfalon.people.attributes.model import Attribute, AttributeType


class ProposalTaken(BaseModel):
    """The attribute that a trait becomes."""

    label: Name
    type: AttributeType
    choices: list[str] = Field(default_factory=list, max_length=200)


class Taken(BaseModel):
    """The attribute made, and how many people got the value that was kept for them."""

    attribute: Attribute
    people: int
