"""What the timeline brings to the processes."""

from __future__ import annotations

from gonfalon.accounts.model import Permission
from gonfalon.accounts.offers import Held, Holds
from gonfalon.kit.room import Room
from gonfalon.planning.tables.timeline import tasks
from gonfalon.planning.timeline import routes
from gonfalon.planning.timeline.attention import of_tasks
from gonfalon.planning.timeline.baselines import routes as baselines_routes
from gonfalon.planning.timeline.capacity import routes as capacity_routes
from gonfalon.planning.timeline.replan import routes as replan_routes
from gonfalon.teamwork.attention import AttentionSource
from gonfalon.teamwork.model import ThingKind
from gonfalon.teamwork.store import finder_in

ROOM = Room(
    "timeline",
    api=(routes.router, replan_routes.router, baselines_routes.router, capacity_routes.router),
    offers=(
        finder_in(ThingKind.TASK, tasks, Permission.CAMPAIGNS_READ),
        Holds(Held.MEMBER, tasks.c.owner_id, tasks.c.campaign_id),
        AttentionSource(of_tasks),
    ),
)
