"""What the channel plan brings to the processes."""

from __future__ import annotations

from gonfalon.accounts.offers import Held, Holds
from gonfalon.kit.room import Room
from gonfalon.planning.channelplan import routes
from gonfalon.planning.tables.channelplan import plan_segments

ROOM = Room(
    "channelplan",
    api=(routes.router,),
    offers=(Holds(Held.AUDIENCE, plan_segments.c.audience_id, plan_segments.c.campaign_id),),
)
