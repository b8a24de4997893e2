"""Shapes of moves."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from gonfalon.kit.schemas import MinorUnits
from gonfalon.planning.budget.model import MoveState
from gonfalon.planning.budget.schemas import Reason


class ReallocationIn(BaseModel):
    """Money to be moved from one line to another, also of another campaign."""

    from_line_id: UUID
    to_line_id: UUID
    amount_minor: MinorUnits
    reason: Reason


class ReallocationOut(BaseModel):
    """One move. The lines are null when they were removed since."""

    id: UUID
    from_campaign_id: UUID
    to_campaign_id: UUID
    from_campaign_name: Annotated[str | None, Field(description="null: not yours to see")] = None
    to_campaign_name: str | None = None
    from_line_id: UUID | None
    to_line_id: UUID | None
    from_name: str
    to_name: str
    amount_minor: int
    reason: str
    state: MoveState
    asked_by: str
    created_at: datetime
    done_at: datetime | None
