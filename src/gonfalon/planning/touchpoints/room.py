"""What touchpoints brings to the processes."""

from __future__ import annotations

from gonfalon.accounts.model import Permission
from gonfalon.accounts.offers import Held, Holds
from gonfalon.kit.room import Room
from gonfalon.planning.tables.touchpoints import touchpoints
from gonfalon.planning.touchpoints import routes
from gonfalon.planning.touchpoints.holdings import HOLDINGS
from gonfalon.teamwork.model import ThingKind
from gonfalon.teamwork.store import finder_in

ROOM = Room(
    "touchpoints",
    api=(routes.router,),
    offers=(
        finder_in(ThingKind.TOUCHPOINT, touchpoints, Permission.CAMPAIGNS_READ),
        Holds(Held.TOUCHPOINT, touchpoints.c.id, touchpoints.c.campaign_id),
        Holds(Held.TEMPLATE, touchpoints.c.template_id, touchpoints.c.campaign_id),
        Holds(Held.TOPIC, touchpoints.c.topic_id, touchpoints.c.campaign_id),
        Holds(Held.AUDIENCE, touchpoints.c.audience_id, touchpoints.c.campaign_id),
        *HOLDINGS,
    ),
)
