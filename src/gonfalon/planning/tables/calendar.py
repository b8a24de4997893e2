"""Tables of the calendar."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID

from gonfalon.accounts.versions import versioned
from gonfalon.kit.db import created_at, metadata
from gonfalon.planning.tables.touchpoints import touchpoints

moments = Table(
    "moments",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("kind", String(8), nullable=False, comment="sale, company, season or other"),
    Column("name", Text, nullable=False),
    Column("notes", Text, nullable=False, server_default=""),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("yearly", Boolean, nullable=False, server_default="false"),
    *versioned(),
    created_at(),
    CheckConstraint("ends_on >= starts_on", name="days"),
    Index("ix_moments_workspace", "workspace_id", "starts_on"),
    info={"noun": "moment"},
)
"""Days that matter to everybody: sales, company days, seasons. A yearly one comes again from its first year on."""

campaign_priorities = Table(
    "campaign_priorities",
    metadata,
    Column("campaign_id", ForeignKey("campaigns.id", ondelete="cascade"), primary_key=True),
    Column("workspace_id", Integer, nullable=False, index=True),
    Column("priority", SmallInteger, nullable=False, comment="1: goes first, 3: gives way; 2 has no row"),
)
"""Whose touchpoints give way where two reach the same people too soon after each other."""

calendar_feeds = Table(
    "calendar_feeds",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("user_id", ForeignKey("users.id", ondelete="cascade"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("token_hash", LargeBinary, nullable=False, unique=True, comment="SHA-256 of the secret in its address"),
    Column("filters", JSONB, nullable=False, server_default="{}"),
    Column("revoked_at", DateTime(timezone=True)),
    created_at(),
    Index("ix_calendar_feeds_workspace", "workspace_id", "user_id"),
)
"""Secret addresses under which other calendars read a member's view; what is shown is what the member may see then."""

# Every calendar page asks for the touchpoints of some weeks.
Index("ix_touchpoints_send_at", touchpoints.c.workspace_id, touchpoints.c.send_at)
Index("ix_touchpoints_launched_at", touchpoints.c.workspace_id, touchpoints.c.launched_at)
Index("ix_touchpoints_done_on", touchpoints.c.workspace_id, touchpoints.c.done_on)
