"""Figures of audiences as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Cost:
    """How many people one part of a rule means ``alone``, and how many the rule would mean ``without`` it."""

    place: str
    alone: int
    without: int


@dataclass(frozen=True, slots=True)
class Costs:
    """What a rule means in total, of how many people, and what each of its parts does."""

    total: int
    everybody: int
    parts: tuple[Cost, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """How many people are in exactly these of the compared audiences and in none of the others."""

    audiences: tuple[UUID, ...]
    people: int


@dataclass(frozen=True, slots=True)
class AudienceTrait:
    """A value, tag or event: how many of an audience's members have it, and how many of everybody.

    ``key`` is the attribute's for ``attribute``, and empty otherwise.
    """

    kind: Literal["attribute", "tag", "event"]
    key: str
    value: str
    members: int
    everybody: int


@dataclass(frozen=True, slots=True)
class Profile:
    """What makes an audience different from everybody, the most different first."""

    members: int
    everybody: int
    traits: tuple[AudienceTrait, ...]
