"""What sentences of one workspace may speak of, and what went wrong in one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from ..segments.language import ValueType

LONGEST = 4_000
"""So many characters a sentence may have."""


@dataclass(frozen=True, slots=True)
class AttributeName:
    """An attribute as it is spoken of."""

    key: str
    label: str
    type: ValueType
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoreName:
    """A score as it is spoken of, with its stages."""

    name: str
    stages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The names of a workspace's things, and when and in what money its sentences are meant.

    ``purchases``: events that tell of a purchase. ``digits``: decimals of the workspace's currency.
    """

    attributes: Mapping[str, AttributeName] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    purchases: tuple[str, ...] = ()
    topics: Mapping[str, str] = field(default_factory=dict)
    campaigns: Mapping[UUID, str] = field(default_factory=dict)
    audiences: Mapping[UUID, str] = field(default_factory=dict)
    channels: tuple[str, ...] = ()
    scores: Mapping[UUID, ScoreName] = field(default_factory=dict)
    today: date = date(2000, 1, 1)
    digits: int = 2


@dataclass(frozen=True, slots=True)
class Expected:
    """What could have stood somewhere: a ``word`` itself, or a kind of thing with its possible names."""

    kind: str
    text: str = ""
    names: tuple[str, ...] = ()


class Unclear(Exception):
    """A sentence that cannot be read: from ``at`` to ``end`` something stands where something else was expected."""

    def __init__(self, at: int, end: int, found: str, expected: tuple[Expected, ...]) -> None:
        super().__init__(found)
        self.at = at
        self.end = end
        self.found = found
        self.expected = expected


class Unsayable(Exception):
    """A rule that the grammar has no words for, such as one about a single touchpoint."""
