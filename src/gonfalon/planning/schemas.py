"""Shapes that several nouns of the planning room share."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from gonfalon.kit.schemas import Amount, clean_text
from gonfalon.metrics.catalogue import GoalMetric
from gonfalon.metrics.model import Unit


class LeftOutOut(BaseModel):
    """A row that is none of its own: a total of the others, a footer, or one about no money."""

    number: int
    why: Literal["total", "footer", "nothing"]
    text: str


class ReadingOut(BaseModel):
    """How a table was read: what has to be known before anything is made of it."""

    unread: Annotated[list[str], Field(description="Headings of columns that are not read")]
    order: Annotated[
        Literal["ymd", "dmy", "mdy"] | None,
        Field(description="How days were read whose numbers could also be read in another order; null: none could"),
    ]
    left_out: list[LeftOutOut]


Words = Annotated[str, Field(max_length=300, description="The goal in words"), AfterValidator(clean_text)]


class GoalOwner(BaseModel):
    """A member of the workspace."""

    id: UUID
    name: str


class GoalRef(BaseModel):
    """A goal above, by name."""

    id: UUID
    name: str


class GoalOut(BaseModel):
    """A goal. `start`: from where the way to the target is counted. `told`: the team was told of it as it is now."""

    id: UUID
    name: str
    owner: GoalOwner | None
    parent: GoalRef | None
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
