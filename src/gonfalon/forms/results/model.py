"""What other parts may know of results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """How many answers chose a value of a field. row: of a matrix, else "". group: of the comparison, else ""."""

    field: str
    row: str
    value: str
    group: str
    answers: int


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the answers that is compared with others, and how many answers it has."""

    group: str
    answers: int


@dataclass(frozen=True, slots=True)
class Spread:
    """A number or a scale over all answers of a group."""

    field: str
    group: str
    answers: int
    mean: float
    median: float
    promoters: int
    passives: int
    detractors: int


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wrote."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Results:
    """The results of a form: groups (one, "", without a comparison), tallies, spreads, and the newest words."""

    groups: Sequence[Group]
    tallies: Sequence[Tally]
    spreads: Sequence[Spread]
    said: Sequence[Said]
