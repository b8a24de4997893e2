"""Shapes of the list of people."""

from __future__ import annotations

from pydantic import BaseModel


class TotalOut(BaseModel):
    """How many people a question means; `more`: at least so many."""

    count: int
    more: bool
