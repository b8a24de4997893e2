"""Shapes of traits."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from gonfalon.accounts.schemas import Name
from gonfalon.people.attributes.model import AttributeType
from gonfalon.people.attributes.schemas import AttributeOut


class ProposalOut(BaseModel):
    """A trait that came with events and that no attribute holds."""

    model_config = ConfigDict(from_attributes=True)

    key: str
    name: str = Field(description="As the sender writes it")
    fits: bool = Field(description="False: the attribute with this key cannot hold the example")
    type: AttributeType = Field(description="What the values look like; of one that does not fit, the attribute's")
    example: str
    first_at: datetime
    last_at: datetime


class ProposalTaken(BaseModel):
    """The attribute that a trait becomes."""

    label: Name
    type: AttributeType
    choices: list[str] = Field(default_factory=list, max_length=200)


class Taken(BaseModel):
    """The attribute made, and how many people got the value that was kept for them."""

    attribute: AttributeOut
    people: int
