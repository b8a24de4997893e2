"""What delivery brings to the processes."""

from __future__ import annotations

from gonfalon.accounts.offers import Forgets
from gonfalon.channels.offers import HearsBack
from gonfalon.delivery import actions, routes
from gonfalon.delivery.epoch.actions import epoch_resource
from gonfalon.delivery.trials import routes as trials_routes
from gonfalon.kit.room import Room
from gonfalon.people.offers import MovesPeople, Suppresses

ROOM = Room(
    "delivery",
    api=(routes.router, trials_routes.router),
    public=(trials_routes.public,),
    resources=(epoch_resource,),
    offers=(
        Forgets(actions.forget),
        HearsBack(actions.hear_back),
        MovesPeople(
            "messages",
            "select person_id, id::text from messages"
            " where person_id = any(%(people)s) and workspace_id = %(workspace_id)s",
            actions.move_messages,
            actions.return_messages,
        ),
        Suppresses(actions.suppress_imported),
    ),
)
