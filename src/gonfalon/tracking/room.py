"""What tracking brings to the processes."""

from __future__ import annotations

from gonfalon.accounts.model import Permission
from gonfalon.accounts.offers import Forgets
from gonfalon.kit.room import Room
from gonfalon.people.offers import MovesPeople
from gonfalon.teamwork.model import ThingKind
from gonfalon.teamwork.store import finder_in
from gonfalon.tracking import actions
from gonfalon.tracking.catalogue import routes as catalogue_routes
from gonfalon.tracking.collector import routes as collector_routes
from gonfalon.tracking.collector import store as collector
from gonfalon.tracking.collector.intake import intake_resource
from gonfalon.tracking.holdings import HOLDINGS
from gonfalon.tracking.links import routes as links_routes
from gonfalon.tracking.links.tracker import tracker_resource
from gonfalon.tracking.live import routes as live_routes
from gonfalon.tracking.live.store import forget_people
from gonfalon.tracking.preferences import routes as preferences_routes
from gonfalon.tracking.sources import routes as sources_routes
from gonfalon.tracking.tables import event_kinds, sources

ROOM = Room(
    "tracking",
    api=(
        catalogue_routes.router,
        collector_routes.router,
        live_routes.router,
        links_routes.api,
        sources_routes.router,
    ),
    public=(collector_routes.public, links_routes.router, preferences_routes.router),
    jobs=("gonfalon.tracking.jobs",),
    resources=(tracker_resource, intake_resource),
    offers=(
        Forgets(actions.forget),
        Forgets(forget_people),
        MovesPeople(
            "events",
            "select person_id, id::text from events"
            " where person_id = any(%(people)s) and workspace_id = %(workspace_id)s",
            collector.move_events,
            collector.return_events,
        ),
        finder_in(ThingKind.EVENT, event_kinds, Permission.SETTINGS_READ, campaign=None),
        finder_in(ThingKind.SOURCE, sources, Permission.SETTINGS_READ, campaign=None),
        *HOLDINGS,
    ),
)
