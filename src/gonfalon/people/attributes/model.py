"""What other rooms may know of attributes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from gonfalon.kit.schemas import Internal

Value = str | int | float | bool
"""A stored value: text and choice a string, number a number, money integer minor units of the workspace's currency,
date "YYYY-MM-DD", boolean true or false. What is not known is absent, never null or empty."""


class AttributeType(StrEnum):
    """What kind of value an attribute holds."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    BOOLEAN = "boolean"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Attribute:
    """A declared attribute. `choices` are the allowed strings of a choice, empty for other types."""

    id: Internal[int]
    key: str
    label: str
    type: AttributeType
    choices: tuple[str, ...]
    description: str
    created_at: datetime
