"""What the calendar brings to the processes."""

from __future__ import annotations

from gonfalon.accounts.offers import Credential
from gonfalon.kit.room import Room
from gonfalon.planning.calendar import routes
from gonfalon.planning.calendar.attention import of_collisions
from gonfalon.planning.calendar.collisions import routes as collisions_routes
from gonfalon.planning.calendar.feeds import routes as feeds_routes
from gonfalon.planning.calendar.feeds.store import end_feeds
from gonfalon.planning.calendar.moves import routes as moves_routes
from gonfalon.teamwork.attention import AttentionSource

ROOM = Room(
    "calendar",
    api=(routes.router, collisions_routes.router, moves_routes.router, feeds_routes.router),
    public=(feeds_routes.public,),
    offers=(Credential(end_feeds), AttentionSource(of_collisions)),
)
