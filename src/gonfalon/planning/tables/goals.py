"""Tables of goals and of the priorities of a year."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Numeric,
    SmallInteger,
    String,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import UUID

from gonfalon.accounts.versions import versioned
from gonfalon.kit.db import created_at, metadata

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
    info={"noun": "priority"},
)
"""What marketing is for in a year."""


goals = Table(
    "goals",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", Integer, nullable=False),
    Column("campaign_id", ForeignKey("campaigns.id", ondelete="cascade"), unique=True, comment="null: above campaigns"),
    Column("name", Text, nullable=False, server_default="", comment="the goal in words"),
    Column("owner_id", ForeignKey("users.id"), comment="who answers for it"),
    Column("priority_id", ForeignKey("priorities.id", ondelete="set null"), index=True),
    Column("parent_id", ForeignKey("goals.id", ondelete="set null"), index=True, comment="what a campaign's serves"),
    Column("metric", Text, nullable=False, comment="key in the metric catalogue"),
    Column("baseline", Numeric),
    Column("target", Numeric, nullable=False),
    Column("starts_on", Date, comment="of a goal above; a campaign's begins with its campaign"),
    Column("deadline", Date, nullable=False),
    Column("told_version", Integer, comment="the version that the team was last told"),
    Column("told_at", DateTime(timezone=True)),
    Column("told_by", Text, nullable=False, server_default=""),
    Column("archived_at", DateTime(timezone=True), comment="of a goal above only"),
    *versioned(),
    created_at(),
    CheckConstraint(
        "case when campaign_id is null then parent_id is null"
        " else priority_id is null and starts_on is null and archived_at is null end",
        name="place",
    ),
    Index("ix_goals_workspace", "workspace_id", "id"),
    info={"noun": "goal"},
)
"""What is to be reached: by a campaign (it has one goal at most), or above campaigns, for a priority of the year.

Only a campaign's goal has a parent, and a parent is of no campaign, so goals are two levels deep and never go in a
circle. Money metrics are in minor units, rates in fractions of one.
"""
