"""What forms bring to the processes."""

from __future__ import annotations

from gonfalon.accounts.offers import Forgets
from gonfalon.forms import routes
from gonfalon.forms.answers import routes as answers_routes
from gonfalon.forms.answers import store
from gonfalon.forms.results import routes as results_routes
from gonfalon.kit.room import Room
from gonfalon.tracking.offers import MovesVisitors

ROOM = Room(
    "forms",
    api=(routes.router, results_routes.router),
    public=(answers_routes.public,),
    jobs=("gonfalon.forms.jobs",),
    offers=(Forgets(store.forget_people), MovesVisitors(store.move_visitors)),
)
