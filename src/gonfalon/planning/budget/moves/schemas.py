"""Shapes of moves."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel

from gonfalon.kit.schemas import MinorUnits
from gonfalon.planning.budget.model import Reason


class ReallocationIn(BaseModel):
    """Money to be moved from one line to another, also of another campaign."""

    from_line_id: UUID
    to_line_id: UUID
    amount_minor: MinorUnits
    reason: Reason
