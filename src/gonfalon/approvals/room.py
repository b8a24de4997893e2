"""What approvals brings to the processes."""

from __future__ import annotations

from gonfalon.accounts.model import Permission
from gonfalon.accounts.offers import NewWorkspace
from gonfalon.approvals import routes
from gonfalon.approvals.attention import of_approvals
from gonfalon.approvals.holdings import HOLDINGS
from gonfalon.approvals.policy import actions
from gonfalon.approvals.policy import routes as policy_routes
from gonfalon.approvals.tables import approval_requests
from gonfalon.kit.room import Room
from gonfalon.teamwork.attention import AttentionSource
from gonfalon.teamwork.model import ThingKind
from gonfalon.teamwork.store import finder_in

ROOM = Room(
    "approvals",
    api=(routes.router, policy_routes.router),
    jobs=("gonfalon.approvals.jobs",),
    offers=(
        NewWorkspace(actions.new_workspace),
        finder_in(ThingKind.APPROVAL, approval_requests, Permission.CAMPAIGNS_READ, title="title"),
        AttentionSource(of_approvals),
        *HOLDINGS,
    ),
)
