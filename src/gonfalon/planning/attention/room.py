"""What attention brings to the processes."""

from __future__ import annotations

from gonfalon.kit.room import Room
from gonfalon.planning.attention import routes
from gonfalon.planning.attention.sources import of_dates, of_touchpoints
from gonfalon.teamwork.attention import AttentionSource

ROOM = Room(
    "attention",
    api=(routes.router,),
    jobs=("gonfalon.planning.attention.jobs",),
    offers=(AttentionSource(of_touchpoints), AttentionSource(of_dates)),
)
