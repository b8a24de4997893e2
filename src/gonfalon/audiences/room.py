"""What audiences brings to the processes."""

from __future__ import annotations

from gonfalon.accounts.model import Permission
from gonfalon.accounts.offers import Forgets, Held
from gonfalon.audiences import actions, routes, store
from gonfalon.audiences.copied import analytics_copy
from gonfalon.audiences.figures import routes as figures
from gonfalon.audiences.holdings import HOLDINGS
from gonfalon.audiences.intents import routes as intents
from gonfalon.audiences.library import routes as library
from gonfalon.audiences.live import routes as live
from gonfalon.audiences.live.refresher import live_memberships
from gonfalon.audiences.live.store import forget_people
from gonfalon.audiences.personas import routes as personas
from gonfalon.audiences.sentences import routes as sentences
from gonfalon.audiences.sizes import routes as sizes
from gonfalon.audiences.tables import audiences
from gonfalon.audiences.tables import personas as personas_table
from gonfalon.kit.room import Room
from gonfalon.people.offers import Asks, Lists, MovesPeople
from gonfalon.teamwork.model import ThingKind
from gonfalon.teamwork.store import finder_in

ROOM = Room(
    "audiences",
    api=(
        intents.router,
        sentences.router,
        figures.router,
        library.router,
        live.router,
        personas.router,
        sizes.router,
        routes.router,
    ),
    jobs=(
        "gonfalon.audiences.intents.jobs",
        "gonfalon.audiences.library.jobs",
        "gonfalon.audiences.live.jobs",
        "gonfalon.audiences.personas.jobs",
        "gonfalon.audiences.sizes.jobs",
    ),
    resources=(analytics_copy, live_memberships),
    offers=(
        Forgets(actions.forget),
        Forgets(forget_people),
        MovesPeople(
            "lists",
            "select person_id, audience_id::text from list_members"
            " where person_id = any(%(people)s) and workspace_id = %(workspace_id)s",
            actions.move_members,
            actions.return_members,
        ),
        Asks(store.keys_asked_about),
        Lists(actions.check_list, actions.add_imported, actions.remove_imported),
        finder_in(ThingKind.AUDIENCE, audiences, Permission.AUDIENCES_READ, campaign=None, held=Held.AUDIENCE),
        finder_in(ThingKind.PERSONA, personas_table, Permission.AUDIENCES_READ, campaign=None),
        *HOLDINGS,
    ),
)
