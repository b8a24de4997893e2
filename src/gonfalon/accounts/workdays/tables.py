"""The table of working calendars."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Numeric, SmallInteger, String, Table, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, UUID

from gonfalon.accounts.versions import versioned
from gonfalon.kit.db import created_at, metadata

work_calendars = Table(
    "work_calendars",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("user_id", ForeignKey("users.id", ondelete="cascade"), index=True, comment="null: the workspace's own"),
    Column("weekdays", ARRAY(SmallInteger), comment="Monday is 0; null: as the workspace"),
    Column("hours_per_day", Numeric(4, 2), comment="null: as the workspace"),
    Column("country", String(2), nullable=False, server_default="", comment="whose public holidays are free"),
    Column("region", String(8), nullable=False, server_default=""),
    Column("days_off", ARRAY(Date), nullable=False, server_default=text("'{}'")),
    *versioned(),
    created_at(),
    UniqueConstraint("workspace_id", "user_id", postgresql_nulls_not_distinct=True),
    info={"noun": "working calendar"},
)
"""When the workspace works, and how members differ from that. Members' days off come on top of everybody's."""
