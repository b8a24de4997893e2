"""The table of touchpoints."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID

from gonfalon.accounts.versions import versioned
from gonfalon.kit.db import created_at, metadata

touchpoints = Table(
    "touchpoints",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", Integer, nullable=False),
    Column("campaign_id", ForeignKey("campaigns.id", ondelete="cascade"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("channel", String(16), nullable=False, server_default="email"),
    Column("audience_id", ForeignKey("audiences.id")),
    Column("template_id", ForeignKey("templates.id")),
    Column("sender_identity_id", UUID(as_uuid=True), comment="a sender of its channel"),
    Column("topic_id", ForeignKey("topics.id")),
    Column("send_at", DateTime(timezone=True), comment="null: at launch"),
    Column("per_hour", Integer),
    Column("holdout_percent", SmallInteger, nullable=False, server_default="0"),
    Column("launched_at", DateTime(timezone=True)),
    Column("launched_by", Text, nullable=False, server_default=""),
    Column("template_version", Integer, comment="frozen at launch"),
    Column("utm", JSONB(none_as_null=True), server_default="{}", comment="own link tags by name; null: links get none"),
    Column("launch_problem", JSONB(none_as_null=True), comment="why the last launch came to nothing: code, sentence"),
    Column("note", Text, nullable=False, server_default="", comment="what it says or shows, in words"),
    Column("budget_line_id", ForeignKey("budget_lines.id", ondelete="set null"), comment="what pays for it"),
    Column("done_on", Date, comment="the day it was carried out elsewhere; null for what Gonfalon sends"),
    Column("done_by", Text, nullable=False, server_default=""),
    Column("reached", BigInteger, comment="people it reached, as told by where it was carried out"),
    Column("cost_minor", BigInteger, comment="what it cost there"),
    Column("code", Text, nullable=False, server_default="", comment="voucher"),
    Column("told_conversions", BigInteger, comment="conversions typed in, that no event tells of"),
    Column("told_revenue_minor", BigInteger, comment="what the typed conversions brought"),
    Column("archived_at", DateTime(timezone=True), comment="a draft that was put away; no list or figure counts it"),
    *versioned(),
    created_at(),
    CheckConstraint("done_on is null or launched_at is null", name="done_or_launched"),
    CheckConstraint("archived_at is null or (launched_at is null and done_on is null)", name="archived_as_draft"),
    info={"noun": "touchpoint"},
)

IN_USE = touchpoints.c.archived_at.is_(None)
"""What every list, count and plan looks at; lines of the past name archived ones too."""
