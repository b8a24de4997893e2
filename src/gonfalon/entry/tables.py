"""Every room's tables on one metadata, for migrations and the schema test."""

# ruff: noqa: F401 - importing a module of tables is what puts them on the metadata

import gonfalon.accounts.tables
import gonfalon.accounts.workdays.tables
import gonfalon.approvals.tables
import gonfalon.audiences.tables
import gonfalon.channels.email.relays.tables
import gonfalon.channels.email.returns.tables
import gonfalon.channels.email.tables
import gonfalon.content.review.tables
import gonfalon.content.tables
import gonfalon.delivery.tables
import gonfalon.forms.tables
import gonfalon.kit.tables
import gonfalon.people.tables
import gonfalon.planning.tables.briefs
import gonfalon.planning.tables.budget
import gonfalon.planning.tables.calendar
import gonfalon.planning.tables.campaigns
import gonfalon.planning.tables.channelplan
import gonfalon.planning.tables.goals
import gonfalon.planning.tables.playbook
import gonfalon.planning.tables.timeline
import gonfalon.planning.tables.touchpoints
import gonfalon.scores.tables
import gonfalon.teamwork.tables
import gonfalon.tracking.tables
from gonfalon.kit.db import metadata

__all__ = ["metadata"]
