"""Tables of briefs."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID

from gonfalon.accounts.versions import versioned
from gonfalon.kit.db import created_at, metadata

brief_passages = Table(
    "brief_passages",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", Integer, nullable=False),
    Column("campaign_id", ForeignKey("campaigns.id", ondelete="cascade"), nullable=False),
    Column("section", String(20), nullable=False),
    Column("parent_id", ForeignKey("brief_passages.id", ondelete="cascade"), comment="a message's audience passage"),
    Column("audience_id", ForeignKey("audiences.id")),
    Column("kind", String(12), comment="a message's start: motivation, objection or trigger"),
    Column("position", SmallInteger, nullable=False, server_default="0"),
    Column("text", Text, nullable=False, server_default=""),
    *versioned(),
    created_at(),
    Index("ix_brief_passages_campaign", "campaign_id", "section", "position"),
    Index("ix_brief_passages_words", text("to_tsvector('simple'::regconfig, text)"), postgresql_using="gin"),
)
"""A brief is its passages. Each is saved by itself, so that two people meet only inside the same one."""

brief_changes = Table(
    "brief_changes",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("workspace_id", Integer, nullable=False),
    Column("campaign_id", ForeignKey("campaigns.id", ondelete="cascade"), nullable=False),
    Column("passage_id", UUID(as_uuid=True), nullable=False),
    Column("section", String(20), nullable=False),
    Column("version", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("by", Text, nullable=False, server_default=""),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    UniqueConstraint("passage_id", "version"),
    Index("ix_brief_changes_campaign", "campaign_id", "id"),
)
"""Every text a passage ever had: what a late save is merged against, and what brings removed words back."""

brief_versions = Table(
    "brief_versions",
    metadata,
    Column("campaign_id", ForeignKey("campaigns.id", ondelete="cascade"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("workspace_id", Integer, nullable=False),
    Column("note", Text, nullable=False, server_default=""),
    Column("content", JSONB, nullable=False, comment="the passages as they were"),
    Column("by", Text, nullable=False, server_default=""),
    created_at(),
)
"""The whole brief as it was when somebody kept it."""
