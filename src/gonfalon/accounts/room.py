"""What accounts brings to the processes."""

from __future__ import annotations

from gonfalon.accounts import routes
from gonfalon.accounts.audit import actions
from gonfalon.accounts.audit import routes as audit_routes
from gonfalon.accounts.keys import routes as keys_routes
from gonfalon.accounts.log import routes as log_routes
from gonfalon.accounts.members import routes as members_routes
from gonfalon.accounts.offers import Forgets
from gonfalon.accounts.recovery import routes as recovery_routes
from gonfalon.accounts.workdays import routes as workdays_routes
from gonfalon.kit.room import Room

ROOM = Room(
    "accounts",
    api=(
        routes.router,
        members_routes.router,
        recovery_routes.router,
        keys_routes.router,
        audit_routes.router,
        log_routes.router,
        workdays_routes.router,
    ),
    jobs=("gonfalon.accounts.jobs",),
    offers=(Forgets(actions.forget),),
)
