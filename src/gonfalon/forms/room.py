"""What forms bring to the processes."""

from __future__ import annotations

from gonfalon.accounts.offers import Forgets
from gonfalon.forms import routes
from gonfalon.forms.answers import routes as answers_routes
from gonfalon.forms.answers import store
from gonfalon.forms.results import routes as results_routes
from gonfalon.kit.room import Room
from gonfalon.people.offers import MovesPeople

ROOM = Room(
    "forms",
    api=(routes.router, results_routes.router),
    public=(answers_routes.public,),
    jobs=("gonfalon.forms.jobs",),
    offers=(
        Forgets(store.forget_people),
        MovesPeople(
            "answers",
            "select person_id, id::text from form_answers"
            " where person_id = any(%(people)s) and workspace_id = %(workspace_id)s",
            store.move_visitors,
            store.return_answers,
        ),
    ),
)
