"""Shapes of budget lines."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel

from gonfalon.planning.model import Resource
from gonfalon.planning.schemas import MinorUnits, Name, Version


class BudgetLineIn(BaseModel):
    """A new budget line, in minor units of the workspace's currency."""

    name: Name
    resource: Resource
    planned_minor: MinorUnits
    spent_minor: MinorUnits = 0


class BudgetLineSave(BudgetLineIn):
    """A budget line's new values."""

    version: Version


class BudgetLineOut(BaseModel):
    """One line of a campaign's budget."""

    id: UUID
    name: str
    resource: Resource
    planned_minor: int
    spent_minor: int
    version: int


class ResourceTotal(BaseModel):
    """What one kind of resource comes to."""

    resource: Resource
    planned_minor: int
    spent_minor: int


class BudgetOut(BaseModel):
    """A campaign's budget: its lines in order, and exact sums."""

    currency: str
    lines: list[BudgetLineOut]
    by_resource: list[ResourceTotal]
    planned_minor: int
    spent_minor: int
