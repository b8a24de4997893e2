"""Every room's tables on one metadata, for migrations and the schema test."""

# ruff: noqa: F401 - importing a module of tables is what puts them on the metadata

import gonfalon.accounts.tables
import gonfalon.audiences.tables
import gonfalon.channels.email.tables
import gonfalon.content.tables
import gonfalon.delivery.tables
import gonfalon.kit.tables
import gonfalon.people.tables
import gonfalon.planning.approvals.tables
import gonfalon.planning.briefs.tables
import gonfalon.planning.budget.tables
import gonfalon.planning.calendar.tables
import gonfalon.planning.channelplan.tables
import gonfalon.planning.goals.tables
import gonfalon.planning.playbook.tables
import gonfalon.planning.tables
import gonfalon.planning.timeline.tables
import gonfalon.teamwork.tables
import gonfalon.tracking.tables
from gonfalon.kit.db import metadata

__all__ = ["metadata"]
