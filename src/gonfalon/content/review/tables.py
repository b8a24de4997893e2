"""Tables of reviews."""

from __future__ import annotations

from sqlalchemy import (
    REAL,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import UUID

from gonfalon.kit.db import created_at, metadata

reviews = Table(
    "reviews",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("kind", String(16), nullable=False, comment="template or asset"),
    Column("content_id", UUID(as_uuid=True), nullable=False),
    Column("title", Text, nullable=False, comment="the content's name when it was asked for"),
    Column("importance", String(16), nullable=False, comment="small, usual or important"),
    Column("note", Text, nullable=False, server_default=""),
    Column("asked_by", ForeignKey("users.id", ondelete="set null")),
    Column("asked_by_name", Text, nullable=False),
    Column("state", String(8), nullable=False, comment="open, passed or ended"),
    Column(
        "step", SmallInteger, nullable=False, server_default="0",
        comment="position of the step that is open, or was the last",
    ),
    Column("from_version", Integer, nullable=False, comment="the newest version when it was asked for"),
    Column("passed_version", Integer, comment="the one version that the last yes holds for"),
    Column("ended_by", Text, nullable=False, server_default=""),
    Column("changed_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    created_at(),
    Index("ix_reviews_workspace", "workspace_id", "id"),
    Index("ix_reviews_content", "workspace_id", "kind", "content_id", "id"),
    Index(
        "uq_reviews_live",
        "workspace_id",
        "kind",
        "content_id",
        unique=True,
        postgresql_where=text("state <> 'ended'"),
    ),
    info={"noun": "review"},
)  # fmt: skip

review_steps = Table(
    "review_steps",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", Integer, nullable=False),
    Column("review_id", ForeignKey("reviews.id", ondelete="cascade"), nullable=False),
    Column("position", SmallInteger, nullable=False),
    Column("kind", String(8), nullable=False, comment="draft or review"),
    Column("quorum", String(8), nullable=False, comment="any or all"),
    Column("days", SmallInteger, comment="working days until it is due; null: no date"),
    Column("begun_at", DateTime(timezone=True)),
    Column("due_at", DateTime(timezone=True)),
    Column("done_at", DateTime(timezone=True)),
    Column("result", String(16), comment="handed_in, yes or changes"),
    Column("version", Integer, comment="what was handed in, or looked at last"),
    Column("done_by", Text, nullable=False, server_default=""),
    Column(
        "reminded", SmallInteger, nullable=False, server_default="0",
        comment="1: told that it is due soon, 2: that it is overdue",
    ),
    UniqueConstraint("review_id", "position", deferrable=True, initially="DEFERRED"),
)  # fmt: skip

review_links = Table(
    "review_links",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("review_id", ForeignKey("reviews.id", ondelete="cascade"), nullable=False),
    Column("token_hash", LargeBinary, nullable=False),
    Column("name", Text, nullable=False, comment="whom it was made for"),
    Column("visitor", Text, nullable=False, server_default="", comment="the name that they gave"),
    Column("made_by", Text, nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("revoked_at", DateTime(timezone=True)),
    Column("used_at", DateTime(timezone=True)),
    created_at(),
    UniqueConstraint("token_hash"),
    Index("ix_review_links_review", "review_id"),
    info={"noun": "review link"},
)

review_seats = Table(
    "review_seats",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", Integer, nullable=False),
    Column("step_id", ForeignKey("review_steps.id", ondelete="cascade"), nullable=False),
    Column("user_id", ForeignKey("users.id", ondelete="set null")),
    Column("stand_in_id", ForeignKey("users.id", ondelete="set null")),
    Column(
        "link_id", ForeignKey("review_links.id", ondelete="cascade"),
        comment="of somebody outside, whose yes counts for nobody else",
    ),
    Column("place", SmallInteger, nullable=False, server_default="0"),
    Column("answer", String(8), comment="yes or changes; null: not yet"),
    Column("note", Text, nullable=False, server_default=""),
    Column("version", Integer, comment="the one version that the answer was given on"),
    Column("answered_by", ForeignKey("users.id", ondelete="set null")),
    Column("answered_by_name", Text, nullable=False, server_default=""),
    Column("answered_at", DateTime(timezone=True)),
    UniqueConstraint("step_id", "user_id"),
    UniqueConstraint("step_id", "link_id"),
    Index("ix_review_seats_user", "user_id"),
)  # fmt: skip

review_pins = Table(
    "review_pins",
    metadata,
    Column("comment_id", ForeignKey("comments.id", ondelete="cascade"), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("content_id", UUID(as_uuid=True), nullable=False),
    Column("version", Integer, nullable=False),
    Column("device", String(8), nullable=False, comment="desktop or phone"),
    Column("x", REAL, comment="from the left, as a part of the width; null: of no place"),
    Column("y", Integer, comment="from the top, in points"),
    Column("quote", Text, nullable=False, server_default="", comment="the words that it is about; empty: none"),
    Column("link_id", ForeignKey("review_links.id", ondelete="set null"), comment="by which it was made; null: none"),
    Index("ix_review_pins_content", "workspace_id", "kind", "content_id"),
)
"""Where a comment on content points; the comment itself is teamwork's, with its replies and whether it is settled."""

review_settings = Table(
    "review_settings",
    metadata,
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), primary_key=True),
    Column("required", Boolean, nullable=False),
    Column("set_by", Text, nullable=False),
    Column("set_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)
