"""Tables of the scores room."""

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
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID

from gonfalon.accounts.versions import versioned
from gonfalon.kit.db import created_at, followed, metadata, row_id

scores = Table(
    "scores",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("name", Text, nullable=False),
    Column("description", Text, nullable=False, server_default=""),
    Column("owner_id", ForeignKey("users.id", ondelete="set null")),
    Column("state", String(8), nullable=False, server_default="draft", comment="draft, running or paused"),
    Column("definition", JSONB, nullable=False, comment="rules and stages"),
    Column("refreshed_at", DateTime(timezone=True), comment="people's points are those of this moment"),
    Column("refreshed_version", Integer, comment="of the definition that was counted by"),
    Column("archived_at", DateTime(timezone=True)),
    *versioned(),
    created_at(),
    CheckConstraint("state in ('draft', 'running', 'paused')", name="state"),
    Index("ix_scores_workspace", "workspace_id", "id"),
    info={"noun": "score"},
)

person_scores = Table(
    "person_scores",
    metadata,
    row_id(),
    Column("workspace_id", Integer, nullable=False),
    Column("score_id", ForeignKey("scores.id", ondelete="cascade"), nullable=False),
    Column("person_id", ForeignKey("people.id", ondelete="cascade"), nullable=False, index=True),
    Column("fit", Integer, nullable=False),
    Column("engagement", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("stage", Text, nullable=False),
    Column("since", DateTime(timezone=True), nullable=False, server_default=func.now(), comment="in this stage"),
    followed(),
    UniqueConstraint("score_id", "person_id"),
    Index("ix_person_scores_total", "score_id", "total", "person_id"),
)
"""What everybody of a workspace has of its scores, as last counted."""

score_history = Table(
    "score_history",
    metadata,
    Column("score_id", ForeignKey("scores.id", ondelete="cascade"), primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="cascade"), primary_key=True, index=True),
    Column("day", Date, primary_key=True, comment="in the workspace's zone"),
    Column("workspace_id", Integer, nullable=False),
    Column("before", Integer, nullable=False, comment="the total as the day began"),
    Column("total", Integer, nullable=False),
    Column("stage", Text, nullable=False),
    Index("ix_score_history_day", "day"),
)
"""The days on which somebody's total changed."""

score_moves = Table(
    "score_moves",
    metadata,
    row_id(),
    Column("workspace_id", Integer, nullable=False),
    Column("score_id", ForeignKey("scores.id", ondelete="cascade"), nullable=False),
    Column("person_id", ForeignKey("people.id", ondelete="cascade"), nullable=False, index=True),
    Column("before", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("rose", Boolean, nullable=False),
    Column("total", Integer, nullable=False),
    Column("cause", String(8), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    CheckConstraint("cause in ('person', 'rules')", name="cause"),
    Index("ix_score_moves_score", "score_id", "id"),
    Index("ix_score_moves_at", "at"),
)
"""Who went from one stage to another."""

score_days = Table(
    "score_days",
    metadata,
    Column("score_id", ForeignKey("scores.id", ondelete="cascade"), primary_key=True),
    Column("day", Date, primary_key=True, comment="in the workspace's zone"),
    Column("stage", Text, primary_key=True),
    Column("workspace_id", Integer, nullable=False),
    Column("people", Integer, nullable=False),
)
"""How many people were in each stage, as last counted on each day."""
