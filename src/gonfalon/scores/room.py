"""What scores bring to the processes."""

from __future__ import annotations

from gonfalon.accounts.model import Permission
from gonfalon.accounts.offers import Forgets
from gonfalon.kit.room import Room
from gonfalon.teamwork.model import ThingKind
from gonfalon.teamwork.store import finder_in

from . import routes, store
from .tables import scores

ROOM = Room(
    "scores",
    api=(routes.router, routes.of_person),
    jobs=("gonfalon.scores.jobs",),
    offers=(
        Forgets(store.forget_people),
        finder_in(ThingKind.SCORE, scores, Permission.AUDIENCES_READ, campaign=None),
    ),
)
