"""Shapes of API values that every room shares."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field, PlainSerializer


def clean_text(text: str) -> str:
    """Return the text itself; raises ValueError for one that PostgreSQL cannot keep."""
    if "\x00" in text:
        raise ValueError("text must not hold a NUL character")
    return text


def _number(value: Decimal) -> float | int:
    return int(value) if value == value.to_integral_value() else float(value)


Name = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(clean_text)]


LongText = Annotated[str, Field(max_length=20_000), AfterValidator(clean_text)]


Version = Annotated[int, Field(ge=1, description="As last read; refused with 409 when somebody has saved since.")]


MinorUnits = Annotated[int, Field(ge=0, le=10**15, description="Minor units of the workspace's currency.")]


Amount = Annotated[
    Decimal,
    Field(max_digits=24, decimal_places=9, description="Money in minor units, rates as a fraction of one."),
    PlainSerializer(_number, return_type=float | int),
]

PlainNumber = Annotated[Decimal, PlainSerializer(_number, return_type=float | int)]
"""A decimal that is answered as a number, and without a point where it is whole."""

_T = TypeVar("_T")

Internal = Annotated[_T, Field(exclude=True)]
"""A field of a value that is answered as it was read: for us alone, no part of the answer."""
