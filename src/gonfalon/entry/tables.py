"""Every room's tables on one metadata, for migrations and the schema test."""

import gonfalon.accounts.tables
import gonfalon.audiences.tables
import gonfalon.channels.email.tables
import gonfalon.content.tables
import gonfalon.delivery.tables
import gonfalon.kit.tables
import gonfalon.people.tables
import gonfalon.planning.tables
import gonfalon.planning.timeline.tables
import gonfalon.teamwork.tables
import gonfalon.tracking.tables  # noqa: F401
from gonfalon.kit.db import metadata

__all__ = ["metadata"]
