"""What the budget brings to the processes."""

from __future__ import annotations

from gonfalon.kit.room import Room
from gonfalon.planning.budget import routes
from gonfalon.planning.budget.approval import APPROVABLE
from gonfalon.planning.budget.attention import of_budget
from gonfalon.planning.budget.entries import routes as entries_routes
from gonfalon.planning.budget.holdings import HOLDINGS
from gonfalon.planning.budget.moves import routes as moves_routes
from gonfalon.planning.budget.rollup import routes as rollup_routes
from gonfalon.planning.budget.settings import routes as settings_routes
from gonfalon.teamwork.attention import AttentionSource

ROOM = Room(
    "budget",
    api=(routes.router, entries_routes.router, moves_routes.router, rollup_routes.router, settings_routes.router),
    jobs=("gonfalon.planning.budget.sending.jobs",),
    offers=(*APPROVABLE, AttentionSource(of_budget), *HOLDINGS),
)
