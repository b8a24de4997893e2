"""Shapes that several nouns of the planning room share."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from gonfalon.kit.schemas import Amount, clean_text
from gonfalon.metrics.catalogue import GoalMetric
from gonfalon.metrics.model import Unit
from gonfalon.planning.model import Named

Words = Annotated[str, Field(max_length=300, description="The goal in words"), AfterValidator(clean_text)]


class GoalOut(BaseModel):
    """A goal. `start`: from where the way to the target is counted. `told`: the team was told of it as it is now."""

    id: UUID
    name: str
    owner: Named | None
    parent: Named | None
    metric: GoalMetric
    unit: Unit
    lower_is_better: bool
    baseline: Amount | None
    start: Amount | None
    target: Amount
    deadline: date
    told: bool
    told_at: datetime | None
    told_by: str
    version: int
