"""What teamwork brings to the processes."""

from __future__ import annotations

from gonfalon.accounts.offers import Forgets
from gonfalon.kit.room import Room
from gonfalon.teamwork.comments import actions
from gonfalon.teamwork.comments import routes as comments_routes
from gonfalon.teamwork.notices import routes as notices_routes
from gonfalon.teamwork.together import routes as together_routes

ROOM = Room(
    "teamwork",
    api=(comments_routes.router, notices_routes.router, together_routes.router),
    jobs=("gonfalon.teamwork.mail.jobs",),
    offers=(Forgets(actions.forget),),
)
