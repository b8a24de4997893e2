"""Tables of the playbook."""

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
    Numeric,
    SmallInteger,
    String,
    Table,
    Text,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID

from gonfalon.accounts.versions import versioned
from gonfalon.kit.db import created_at, metadata

campaign_templates = Table(
    "campaign_templates",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("name", Text, nullable=False),
    Column("description", Text, nullable=False, server_default=""),
    Column("plan", JSONB, nullable=False, comment="a PlanDocument"),
    Column("currency", String(3), nullable=False, comment="of the amounts in the plan"),
    Column("archived_at", DateTime(timezone=True)),
    *versioned(),
    created_at(),
    Index("ix_campaign_templates_workspace", "workspace_id", "id"),
    info={"noun": "campaign template"},
)
"""Campaigns that were saved to begin others from. The ready-made ones are in code."""

playbook_pages = Table(
    "playbook_pages",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("title", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("body", Text, nullable=False, server_default="", comment="Markdown"),
    Column("tags", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    Column(
        "applies", ARRAY(String(16)), nullable=False, server_default=text("'{}'"), comment="beside what it is shown"
    ),
    Column("for_guests", Boolean, nullable=False, server_default=text("false")),
    Column("starter", String(24), comment="which ready-made page it began as"),
    *versioned(),
    created_at(),
    Index("ix_playbook_pages_workspace", "workspace_id", "id"),
    Index("uq_playbook_pages_starter", "workspace_id", "starter", unique=True),
    Index(
        "ix_playbook_pages_words",
        text("to_tsvector('simple'::regconfig, (title || ' '::text) || body)"),
        postgresql_using="gin",
    ),
    info={"noun": "page"},
)

playbook_page_versions = Table(
    "playbook_page_versions",
    metadata,
    Column("page_id", ForeignKey("playbook_pages.id", ondelete="cascade"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("workspace_id", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("by", Text, nullable=False, server_default=""),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)
"""What a page said before each save."""

lessons = Table(
    "lessons",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("campaign_id", ForeignKey("campaigns.id", ondelete="set null"), index=True, comment="where it was learned"),
    Column("title", Text, nullable=False, comment="the finding in a sentence"),
    Column("situation", Text, nullable=False, server_default=""),
    Column("change", Text, nullable=False, server_default="", comment="what was done differently"),
    Column("category", String(16)),
    Column("type", String(16)),
    Column("channel", String(16)),
    Column("audience_id", ForeignKey("audiences.id", ondelete="set null")),
    Column("metric", String(24)),
    Column("unit", String(8), comment="of effect and range: relative, count, share or money"),
    Column("effect", Numeric),
    Column("low", Numeric),
    Column("high", Numeric),
    Column("evidence_kind", String(12), comment="campaign, report, touchpoint or link"),
    Column("evidence_id", UUID(as_uuid=True)),
    Column("evidence_url", Text, nullable=False, server_default=""),
    Column("state", String(12), nullable=False, server_default="draft", comment="draft or published"),
    Column("expires_on", Date, nullable=False),
    Column("owner_id", ForeignKey("users.id", ondelete="set null"), comment="who is told before it expires"),
    *versioned(),
    created_at(),
    CheckConstraint("low <= effect and effect <= high", name="range"),
    Index("ix_lessons_workspace", "workspace_id", "id"),
    Index("ix_lessons_expiry", "state", "expires_on"),
    Index(
        "ix_lessons_words",
        text("to_tsvector('simple'::regconfig, (((title || ' '::text) || situation) || ' '::text) || change)"),
        postgresql_using="gin",
    ),
    info={"noun": "lesson"},
)
"""A published lesson whose day has come reads as expired, though nobody said so."""

retrospectives = Table(
    "retrospectives",
    metadata,
    Column("id", ForeignKey("campaigns.id", ondelete="cascade"), primary_key=True, comment="the campaign's"),
    Column("workspace_id", Integer, nullable=False),
    Column("closed_at", DateTime(timezone=True), comment="null: still open"),
    Column("closed_by", Text, nullable=False, server_default=""),
    Column("results", JSONB(none_as_null=True), comment="the numbers as they were shown when it was closed"),
    Column("facts", JSONB(none_as_null=True), comment="money and days as they were then"),
    *versioned(),
    created_at(),
)
"""A campaign has one retrospective, under its own id."""

retrospective_passages = Table(
    "retrospective_passages",
    metadata,
    Column("campaign_id", ForeignKey("retrospectives.id", ondelete="cascade"), primary_key=True),
    Column("section", String(12), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("workspace_id", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("by", Text, nullable=False, server_default=""),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)
"""Every text of every passage; the newest version is what it says. Late saves are merged against the earlier ones."""

retrospective_actions = Table(
    "retrospective_actions",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", Integer, nullable=False),
    Column("campaign_id", ForeignKey("retrospectives.id", ondelete="cascade"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("owner_id", ForeignKey("users.id", ondelete="set null")),
    Column("task_id", ForeignKey("tasks.id", ondelete="set null"), comment="the task it became"),
    Column("position", SmallInteger, nullable=False, server_default="0"),
    created_at(),
)
"""What is to be done next. Each may become a task of a campaign."""
