"""What launching brings to the processes."""

from __future__ import annotations

from gonfalon.delivery.offers import Prepares
from gonfalon.kit.room import Room
from gonfalon.planning.launch import routes
from gonfalon.planning.launch.actions import begin_again
from gonfalon.planning.launch.approval import APPROVABLE

ROOM = Room(
    "launch",
    api=(routes.router,),
    jobs=("gonfalon.planning.launch.jobs",),
    offers=(*APPROVABLE, Prepares(begin_again)),
)
