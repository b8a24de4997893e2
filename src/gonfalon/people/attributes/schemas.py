"""Shapes of attributes."""

from __future__ import annotations

from pydantic import BaseModel, Field

from gonfalon.accounts.schemas import Name
from gonfalon.people.attributes.model import AttributeType


class AttributeUpdate(BaseModel):
    """An attribute's name, what it means, and the allowed values of a choice."""

    label: Name
    choices: list[str] = Field(default_factory=list, max_length=200)
    description: str = Field(default="", max_length=1000)


class AttributeIn(AttributeUpdate):
    """An attribute to be declared; without a key one is made of the label."""

    type: AttributeType
    key: str = Field(default="", max_length=63)
