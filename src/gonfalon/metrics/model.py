"""What a metric is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Better(StrEnum):
    """Which way a metric should go."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Counted:
    """What is counted in rows of `facts`: first for each person (`each`), then over people (`all`).

    Counting people once is then a sum over rows that are one a person, which is quicker than counting distinct ones.
    """

    @property
    def each(self) -> str:
        """The aggregate of one person's rows, in SQL."""
        raise NotImplementedError

    @property
    def rows(self) -> str:
        """The aggregate where nobody has two rows."""
        return f"coalesce({self.each}, 0)::bigint"

    def merged(self, name: str) -> str:
        """Return the aggregate of several such columns of one person."""
        return f"sum({name})"

    def all(self, name: str) -> str:
        """Return the aggregate over people."""
        return f"coalesce(sum({name}), 0)::bigint"


@dataclass(frozen=True, slots=True)
class Messages(Counted):
    """How many messages (rows of `facts`) meet the condition."""

    where: str

    @property
    def each(self) -> str:
        """For each touchpoint and person: see `Counted`."""
        return f"count(*) filter (where {self.where})"


@dataclass(frozen=True, slots=True)
class People(Counted):
    """How many different people have a message that meets the condition."""

    where: str

    @property
    def each(self) -> str:
        """For each touchpoint and person: see `Counted`."""
        return f"coalesce(bool_or(({self.where}) and f.person_id is not null), false)"

    @property
    def rows(self) -> str:
        """Where every person has one row: see `Counted`."""
        return f"count(*) filter (where ({self.where}) and f.person_id is not null)"

    def merged(self, name: str) -> str:
        """Return its SQL for each person of a campaign: see `Counted`."""
        return f"bool_or({name})"

    def all(self, name: str) -> str:
        """Return its SQL for everybody: see `Counted`."""
        return f"count(*) filter (where {name})"


@dataclass(frozen=True, slots=True)
class Sum(Counted):
    """The sum of a column of `facts`; the people behind it are those with something in it."""

    column: str

    @property
    def where(self) -> str:
        """The condition of those who contribute."""
        return f"{self.column} <> 0"

    @property
    def each(self) -> str:
        """For each touchpoint and person: see `Counted`."""
        return f"sum({self.column})"


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
class Entered:
    """What people typed in of touchpoints carried out elsewhere."""


@dataclass(frozen=True, slots=True)
class Caused:
    """What a control group shows the messages to have caused: estimated, with an interval."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric. Its texts are in `words.py`, in every language of the product.

    `how` is None for the return on investment, whose formula has three terms and is in `report/rules.py`.
    """

    key: str
    unit: Unit
    better: Better
    how: Messages | People | Sum | Ratio | Budget | Entered | Caused | None

    @property
    def digits(self) -> int:
        """How many decimals its value is written with; of money as many as the currency has."""
        return _DIGITS.get(self.key, 2 if self.unit is Unit.SHARE else 0)


_DIGITS = {"roi": 0, "caused_roi": 0}


class Category(StrEnum):
    """What a campaign is for."""

    ACQUISITION = "acquisition"
    MONETISATION = "monetisation"
    ENGAGEMENT = "engagement"


class Unit(StrEnum):
    """How a metric's value is written. Money is in minor units, shares are fractions of one."""

    COUNT = "count"
    SHARE = "share"
    MONEY = "money"


class RollUp(StrEnum):
    """How the values of several campaigns make one."""

    SUM = "sum"
    """They add up: nothing is counted in two campaigns."""
    RATIO = "ratio"
    """What it is computed from adds up, and it is computed from the sums."""
    PARTS = "parts"
    """They don't: the same person may be counted in several campaigns. Only the parts are shown."""
