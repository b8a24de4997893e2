"""The rooms, top down as they may import each other: nothing else in the code knows them all."""

from __future__ import annotations

import gonfalon.accounts.room
import gonfalon.approvals.room
import gonfalon.audiences.room
import gonfalon.channels.email.room
import gonfalon.content.room
import gonfalon.delivery.room
import gonfalon.forms.room
import gonfalon.insights.room
import gonfalon.metrics.room
import gonfalon.people.room
import gonfalon.planning.attention.room
import gonfalon.planning.briefs.room
import gonfalon.planning.budget.room
import gonfalon.planning.calendar.room
import gonfalon.planning.campaigns.room
import gonfalon.planning.channelplan.room
import gonfalon.planning.goals.room
import gonfalon.planning.launch.room
import gonfalon.planning.playbook.room
import gonfalon.planning.reviews.room
import gonfalon.planning.timeline.room
import gonfalon.planning.touchpoints.room
import gonfalon.scores.room
import gonfalon.teamwork.room
import gonfalon.tracking.room
from gonfalon.accounts.offers import Adopted
from gonfalon.entry.demo_team import adopted
from gonfalon.kit import services
from gonfalon.kit.config import Settings
from gonfalon.kit.room import Room
from gonfalon.kit.services import Services

DEMO = Room("demo", jobs=("gonfalon.entry.demo_team", "gonfalon.entry.demo_mail"), offers=(Adopted(adopted),))

ROOMS = (
    DEMO,
    gonfalon.insights.room.ROOM,
    gonfalon.planning.attention.room.ROOM,
    gonfalon.planning.launch.room.ROOM,
    gonfalon.planning.channelplan.room.ROOM,
    gonfalon.planning.playbook.room.ROOM,
    gonfalon.planning.calendar.room.ROOM,
    gonfalon.planning.touchpoints.room.ROOM,
    gonfalon.planning.budget.room.ROOM,
    gonfalon.planning.briefs.room.ROOM,
    gonfalon.planning.reviews.room.ROOM,
    gonfalon.planning.goals.room.ROOM,
    gonfalon.planning.timeline.room.ROOM,
    gonfalon.planning.campaigns.room.ROOM,
    gonfalon.delivery.room.ROOM,
    gonfalon.channels.email.room.ROOM,
    gonfalon.forms.room.ROOM,
    gonfalon.scores.room.ROOM,
    gonfalon.audiences.room.ROOM,
    gonfalon.content.room.ROOM,
    gonfalon.tracking.room.ROOM,
    gonfalon.approvals.room.ROOM,
    gonfalon.metrics.room.ROOM,
    gonfalon.people.room.ROOM,
    gonfalon.teamwork.room.ROOM,
    gonfalon.accounts.room.ROOM,
)


def open_services(settings: Settings, database_url: str) -> Services:
    """Open services on an existing, migrated database, with every room."""
    return services.open_services(settings, database_url, ROOMS)
