"""What reviews brings to the processes."""

from __future__ import annotations

from gonfalon.kit.room import Room
from gonfalon.planning.reviews import routes

ROOM = Room(
    "reviews",
    api=(routes.router,),
)
