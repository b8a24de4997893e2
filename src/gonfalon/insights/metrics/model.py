"""What a metric is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gonfalon.planning.goals.model import Unit

__all__ = ["Better", "Budget", "Kind", "Messages", "Metric", "People", "Ratio", "Sum", "Unit"]


class Better(StrEnum):
    """Which way a metric should go."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Kind(StrEnum):
    """How a metric is computed."""

    MESSAGES = "messages"
    PEOPLE = "people"
    SUM = "sum"
    RATIO = "ratio"
    BUDGET = "budget"


@dataclass(frozen=True, slots=True)
class Messages:
    """How many messages (rows of `facts`) meet the condition."""

    where: str

    @property
    def measure(self) -> str:
        """The aggregate in SQL."""
        return f"count(*) filter (where {self.where})"


@dataclass(frozen=True, slots=True)
class People:
    """How many different people have a message that meets the condition."""

    where: str

    @property
    def measure(self) -> str:
        """The aggregate in SQL."""
        return f"count(distinct person_id) filter (where {self.where})"


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of a column of `facts`; the people behind it are those with something in it."""

    column: str

    @property
    def where(self) -> str:
        """The condition of those who contribute."""
        return f"{self.column} <> 0"

    @property
    def measure(self) -> str:
        """The aggregate in SQL."""
        return f"coalesce(sum({self.column}), 0)::bigint"


@dataclass(frozen=True, slots=True)
class Ratio:
    """One metric by another; undefined (never 0) where the base is 0."""

    part: str
    base: str


@dataclass(frozen=True, slots=True)
class Budget:
    """What the campaign's budget lines say; known for the campaign as a whole only."""

    planned: bool


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric. Its texts are in `words.py`, in every language of the product.

    `how` is None for the return on investment, whose formula has three terms and is in `report/rules.py`.
    """

    key: str
    unit: Unit
    better: Better
    how: Messages | People | Sum | Ratio | Budget | None
