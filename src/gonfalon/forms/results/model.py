"""What other parts may know of results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field


@dataclass(frozen=True, slots=True)
class FormTally:
    """How many answers chose a value of a field. row: of a matrix, else "". group: of the comparison, else ""."""

    field: str
    row: str
    value: str
    group: str
    answers: int


@dataclass(frozen=True, slots=True)
class FormGroup:
    """A part of the answers, "" for all of them. By an event: "yes" or "no"."""

    group: str
    answers: int


@dataclass(frozen=True, slots=True)
class FormSpread:
    """A number or scale. Promoters answered 9 or 10, passives 7 or 8, detractors 0 to 6."""

    field: str
    group: str
    answers: int
    mean: float
    median: float
    promoters: int
    passives: int
    detractors: int


@dataclass(frozen=True, slots=True)
class FormSaid:
    """What somebody wrote, the newest first."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class FormResults:
    """The results of a form: groups (one, "", without a comparison), tallies, spreads, and the newest words."""

    groups: Sequence[FormGroup]
    tallies: Annotated[Sequence[FormTally], Field(description="Of choices, scales, boxes and matrices")]
    spreads: Annotated[Sequence[FormSpread], Field(description="Of scales and numbers")]
    said: Annotated[Sequence[FormSaid], Field(description="The newest words under each field of free text")]
