"""Tables of the timeline."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Numeric,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID

from gonfalon.accounts.versions import versioned
from gonfalon.kit.db import created_at, metadata

recurrences = Table(
    "recurrences",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", Integer, nullable=False),
    Column("campaign_id", ForeignKey("campaigns.id", ondelete="cascade"), nullable=False, index=True),
    Column("every", SmallInteger, nullable=False),
    Column("unit", String(8), nullable=False, comment="day, week or month"),
    Column("until", Date, nullable=False),
    created_at(),
)
"""Why a task comes again: its occurrences are tasks of their own that point here."""

tasks = Table(
    "tasks",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", Integer, nullable=False),
    Column("campaign_id", ForeignKey("campaigns.id", ondelete="cascade"), nullable=False),
    Column("parent_id", ForeignKey("tasks.id", ondelete="cascade"), index=True),
    Column("kind", String(12), nullable=False, server_default="task", comment="task, deliverable or milestone"),
    Column("name", Text, nullable=False),
    Column("notes", Text, nullable=False, server_default=""),
    Column("owner_id", ForeignKey("users.id", ondelete="set null")),
    Column(
        "state", String(10), nullable=False, server_default="todo", comment="todo, doing, review, done or cancelled"
    ),
    Column("duration_days", Integer, nullable=False, server_default="1", comment="working days; 0 for milestones"),
    Column("effort_hours", Numeric(8, 2), comment="null: nobody has estimated it"),
    Column("not_before", Date),
    Column("deadline", Date),
    Column("fixed_on", Date, comment="the day a milestone stands on whatever happens"),
    Column("starts_on", Date, nullable=False, comment="by the scheduler, like ends_on; both inclusive"),
    Column("ends_on", Date, nullable=False),
    Column("baseline_starts_on", Date),
    Column("baseline_ends_on", Date),
    Column("done_on", Date),
    Column("position", Integer, nullable=False, server_default="0", comment="among its siblings"),
    Column("touchpoint_id", ForeignKey("touchpoints.id", ondelete="set null"), index=True),
    Column("recurrence_id", ForeignKey("recurrences.id", ondelete="set null"), index=True),
    *versioned(),
    created_at(),
    CheckConstraint("duration_days >= 0", name="duration"),
    CheckConstraint("effort_hours >= 0", name="effort"),
    Index("ix_tasks_campaign", "campaign_id", "position"),
    Index("ix_tasks_owner", "workspace_id", "owner_id", "ends_on", "id"),
    Index("ix_tasks_dates", "workspace_id", "ends_on", "starts_on"),
    info={"noun": "task"},
)
"""Tasks, deliverables and milestones. A task with children is a group: its dates and state are those of its parts.

`version` counts what people save; the scheduler moves dates without raising it, so that nobody who edits a name is
told of a conflict because a task before theirs took longer.
"""

task_links = Table(
    "task_links",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", Integer, nullable=False),
    Column("campaign_id", ForeignKey("campaigns.id", ondelete="cascade"), nullable=False, index=True),
    Column("predecessor_id", ForeignKey("tasks.id", ondelete="cascade"), nullable=False),
    Column("successor_id", ForeignKey("tasks.id", ondelete="cascade"), nullable=False, index=True),
    Column("kind", String(2), nullable=False, server_default="fs", comment="fs, ss, ff or sf"),
    Column("lag_days", SmallInteger, nullable=False, server_default="0", comment="working days, may be negative"),
    created_at(),
    UniqueConstraint("predecessor_id", "successor_id"),
    CheckConstraint("predecessor_id <> successor_id", name="self"),
)


baselines = Table(
    "baselines",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", Integer, nullable=False),
    Column("campaign_id", ForeignKey("campaigns.id", ondelete="cascade"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("dates", JSONB, nullable=False, comment="task id → [first day, last day]"),
    Column("chosen", SmallInteger, nullable=False, server_default="0", comment="1: the one that tasks are held to"),
    Column("created_by", Text, nullable=False, server_default=""),
    created_at(),
    info={"noun": "baseline"},
)
"""Snapshots of a campaign's dates. The chosen one is copied into tasks.baseline_*."""
