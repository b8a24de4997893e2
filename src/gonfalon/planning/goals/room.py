"""What goals brings to the processes."""

from __future__ import annotations

from gonfalon.kit.room import Room
from gonfalon.planning.goals import routes
from gonfalon.planning.goals.approval import APPROVABLE
from gonfalon.planning.goals.holdings import HOLDINGS
from gonfalon.planning.goals.store import look_at_goal
from gonfalon.teamwork.model import ThingKind
from gonfalon.teamwork.offers import Finder

ROOM = Room(
    "goals",
    api=(routes.router,),
    offers=(*APPROVABLE, Finder(ThingKind.GOAL, look_at_goal), *HOLDINGS),
)
