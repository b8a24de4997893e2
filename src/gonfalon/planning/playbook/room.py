"""What the playbook brings to the processes."""

from __future__ import annotations

from gonfalon.accounts.offers import NewWorkspace
from gonfalon.kit.room import Room
from gonfalon.planning.playbook.attention import of_lessons
from gonfalon.planning.playbook.holdings import HOLDINGS
from gonfalon.planning.playbook.lessons import routes as lessons_routes
from gonfalon.planning.playbook.lessons.store import look_at_lesson
from gonfalon.planning.playbook.pages import routes as pages_routes
from gonfalon.planning.playbook.pages.actions import new_workspace
from gonfalon.planning.playbook.pages.store import look_at_page
from gonfalon.planning.playbook.retrospective import routes as retrospective_routes
from gonfalon.planning.playbook.templates import routes as templates_routes
from gonfalon.teamwork.attention import AttentionSource
from gonfalon.teamwork.model import ThingKind
from gonfalon.teamwork.offers import Finder

ROOM = Room(
    "playbook",
    api=(pages_routes.router, lessons_routes.router, templates_routes.router, retrospective_routes.router),
    jobs=("gonfalon.planning.playbook.lessons.jobs",),
    offers=(
        NewWorkspace(new_workspace),
        Finder(ThingKind.LESSON, look_at_lesson),
        Finder(ThingKind.PAGE, look_at_page),
        AttentionSource(of_lessons),
        *HOLDINGS,
    ),
)
