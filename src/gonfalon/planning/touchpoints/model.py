"""What other rooms may know of touchpoints."""

from __future__ import annotations

from enum import StrEnum


class TouchpointState(StrEnum):
    """Where a touchpoint stands: a draft until it is launched, then what delivery says of it."""

    DRAFT = "draft"
    PREPARING = "preparing"
    RUNNING = "running"
    PAUSED = "paused"
    HELD = "held"
    FINISHED = "finished"
    CANCELLED = "cancelled"
