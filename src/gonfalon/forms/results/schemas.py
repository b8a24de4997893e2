"""Shapes of the results API."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class FormGroupOut(_Out):
    """A part of the answers, "" for all of them. By an event: "yes" or "no"."""

    group: str
    answers: int


class FormTallyOut(_Out):
    """How many answers chose a value. row: the line of a matrix, else ""."""

    field: str
    row: str
    value: str
    group: str
    answers: int


class FormSpreadOut(_Out):
    """A number or scale. Promoters answered 9 or 10, passives 7 or 8, detractors 0 to 6."""

    field: str
    group: str
    answers: int
    mean: float
    median: float
    promoters: int
    passives: int
    detractors: int


class FormSaidOut(_Out):
    """What somebody wrote, the newest first."""

    field: str
    text: str


class FormResultsOut(_Out):
    """What a form's answers say together."""

    groups: list[FormGroupOut]
    tallies: list[FormTallyOut] = Field(description="Of choices, scales, boxes and matrices")
    spreads: list[FormSpreadOut] = Field(description="Of scales and numbers")
    said: list[FormSaidOut] = Field(description="The newest words under each field of free text")
