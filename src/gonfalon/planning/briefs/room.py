"""What briefs brings to the processes."""

from __future__ import annotations

from gonfalon.accounts.offers import Held, Holds
from gonfalon.kit.room import Room
from gonfalon.planning.briefs import routes
from gonfalon.planning.briefs.approval import APPROVABLE
from gonfalon.planning.tables.briefs import brief_passages

ROOM = Room(
    "briefs",
    api=(routes.router,),
    offers=(*APPROVABLE, Holds(Held.AUDIENCE, brief_passages.c.audience_id, brief_passages.c.campaign_id)),
)
