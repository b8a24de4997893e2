"""The scheduling engine: pure functions on values, without database or clock."""

from gonfalon.planning.timeline.schedule.engine import schedule
from gonfalon.planning.timeline.schedule.graph import CycleFound, GroupLink
from gonfalon.planning.timeline.schedule.model import Dated, Job, Link, LinkKind, Schedule

__all__ = [
    "CycleFound",
    "Dated",
    "GroupLink",
    "Job",
    "Link",
    "LinkKind",
    "Schedule",
    "schedule",
]
