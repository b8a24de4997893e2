"""What metrics brings to the processes."""

from __future__ import annotations

from gonfalon.kit.room import Room
from gonfalon.metrics import routes

ROOM = Room(
    "metrics",
    api=(routes.router,),
)
