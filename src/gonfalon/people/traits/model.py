"""What other rooms may know of traits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated

from pydantic import Field

from gonfalon.people.attributes.model import AttributeType, Value


@dataclass(frozen=True, slots=True)
class Trait:
    """A trait as it came: the key an attribute would have, the sender's name for it, its value and the value's kind.

    fits: False where there is an attribute for it that cannot hold the value.
    """

    key: str
    name: str
    value: Value
    type: AttributeType
    fits: bool = True


@dataclass(frozen=True, slots=True)
class Read:
    """Traits by what becomes of them: values of declared attributes by key, and the others."""

    kept: dict[str, Value] = field(default_factory=dict)
    others: tuple[Trait, ...] = ()


@dataclass(frozen=True, slots=True)
class TraitProposal:
    """A trait that no attribute holds, with the last example seen, as text."""

    key: str
    name: Annotated[str, Field(description="As the sender writes it")]
    fits: Annotated[bool, Field(description="False: the attribute with this key cannot hold the example")]
    type: Annotated[
        AttributeType, Field(description="What the values look like; of one that does not fit, the attribute's")
    ]
    example: str
    first_at: datetime
    last_at: datetime
