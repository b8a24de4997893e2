"""Tables of goals. The goals themselves are in the planning room's tables, which campaigns and reports join."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, SmallInteger, String, Table, Text
from sqlalchemy.dialects.postgresql import UUID

from gonfalon.kit.db import created_at, metadata
from gonfalon.planning.tables import versioned

priorities = Table(
    "priorities",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", Integer, nullable=False),
    Column("year", SmallInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", String(12), nullable=False, comment="leads, purchases, loyalty, spend, awareness or new_audience"),
    Column("owner_id", ForeignKey("users.id")),
    Column("position", SmallInteger, nullable=False, server_default="0"),
    *versioned(),
    created_at(),
    Index("ix_priorities_year", "workspace_id", "year", "position"),
)
"""What marketing is for in a year."""
