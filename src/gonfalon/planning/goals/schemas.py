"""Shapes of goals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, Field

from gonfalon.planning.goals.model import GoalMetric, Unit
from gonfalon.planning.schemas import Amount


class GoalIn(BaseModel):
    """A campaign's goal. `version` is that of the goal read before; leave it out for a first goal."""

    metric: GoalMetric
    target: Amount
    deadline: date
    baseline: Amount | None = None
    version: Annotated[int | None, Field(ge=1)] = None


class GoalOut(BaseModel):
    """A campaign's goal."""

    metric: GoalMetric
    unit: Unit
    lower_is_better: bool
    baseline: Amount | None
    target: Amount
    deadline: date
    version: int

    @classmethod
    def of(cls, metric: str, baseline: Decimal | None, target: Decimal, deadline: date, version: int) -> GoalOut:
        """The goal of a row's columns."""
        known = GoalMetric(metric)
        return cls(
            metric=known,
            unit=known.unit,
            lower_is_better=known.lower_is_better,
            baseline=baseline,
            target=target,
            deadline=deadline,
            version=version,
        )
