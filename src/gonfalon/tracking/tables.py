"""Tables of the tracking room: what people did."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
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
from sqlalchemy.dialects.postgresql import JSONB

from gonfalon.kit.db import created_at, followed, metadata, row_id

events = Table(
    "events",
    metadata,
    row_id(),
    Column("workspace_id", Integer, nullable=False),
    Column("person_id", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, comment="when it happened"),
    Column("received_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("source_key", Text, nullable=False, comment="the sender's messageId: the duplicate guard"),
    Column("properties", JSONB, nullable=False, server_default=text("'{}'::jsonb")),
    Column("amount_minor", BigInteger),
    Column("currency", String(3)),
    Column("arrival", JSONB(none_as_null=True), comment="what the visit came by: UTM values, name of a click id"),
    followed(),
    UniqueConstraint("workspace_id", "source_key"),
    Index("ix_events_person", "person_id", "at"),
)
"""Something a person did or that happened to them."""

link_sets = Table(
    "link_sets",
    metadata,
    row_id(),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False, index=True),
    created_at(),
)
"""The numbered destinations of one compiled message content."""

links = Table(
    "links",
    metadata,
    Column("link_set_id", ForeignKey("link_sets.id", ondelete="cascade"), primary_key=True),
    Column("number", SmallInteger, primary_key=True),
    Column("workspace_id", Integer, nullable=False),
    Column("url", Text, nullable=False),
    Column("label", Text, nullable=False, server_default="", comment="the link's text, for reports"),
)

hits = Table(
    "hits",
    metadata,
    row_id(),
    Column("workspace_id", Integer, nullable=False),
    Column("kind", String(8), nullable=False, comment="open, click or page"),
    Column("message_id", BigInteger, nullable=False),
    Column("link_set_id", BigInteger),
    Column("link_number", SmallInteger),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("method", String(8), nullable=False),
    Column("ip", Text, nullable=False, server_default=""),
    Column("user_agent", Text, nullable=False, server_default=""),
    Column("verdict", String(16), nullable=False, comment="human, likely_machine or machine"),
    Column("rule", String(32), nullable=False, comment="name of the rule that decided"),
    Column("rule_version", SmallInteger, nullable=False),
    followed(),
    Index("ix_hits_message", "message_id"),
)
"""Every request for a link or pixel, as it came; the verdict says who is thought to have made it."""
