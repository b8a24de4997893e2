"""Request and response shapes of companies."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictFloat, StrictInt

Text = Annotated[str, Field(max_length=1_000, pattern="^[^\\x00]*$")]
PropertyName = Annotated[str, Field(min_length=1, max_length=200, pattern="^[^\\x00]+$")]
PropertyIn = (
    StrictBool
    | Annotated[StrictInt, Field(ge=-(10**15), le=10**15)]
    | Annotated[StrictFloat, Field(ge=-1e15, le=1e15, allow_inf_nan=False)]
    | Text
)


class CompanyIn(BaseModel):
    """A company made by hand. key: what its source calls it, the name where none is given."""

    name: str = Field(min_length=1, max_length=255)
    key: Annotated[str, Field(max_length=255, pattern="^[^\\x00]*$")] = ""
    properties: dict[PropertyName, PropertyIn] = Field(default_factory=dict, max_length=100)


class CompanyChange(BaseModel):
    """Changes of a company; what is left out stays, a property that is null is forgotten."""

    name: str | None = Field(default=None, max_length=255)
    properties: dict[PropertyName, PropertyIn | None] = Field(default_factory=dict, max_length=100)


class CompanyCount(BaseModel):
    """How many companies there are."""

    count: int


class EmployerOut(BaseModel):
    """A company of a person."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    name: str


class KnownPropertyOut(BaseModel):
    """A property that companies have: the type of its values, and how many of the newest thousand have it."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    type: str
    companies: int
