"""Tables of the tracking room: what people did."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
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
from sqlalchemy.dialects.postgresql import JSONB, UUID

from gonfalon.accounts.versions import versioned
from gonfalon.kit.db import Xid8, created_at, followed, metadata, row_id

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

sources = Table(
    "sources",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("kind", String(16), nullable=False, comment="file, form, survey, crm, shop, site, app or agency"),
    Column("owner_id", ForeignKey("users.id", ondelete="set null")),
    Column("legal_ground", String(16), nullable=False, server_default="", comment="of GDPR's article 6; empty: unsaid"),
    Column("note", Text, nullable=False, server_default=""),
    Column("quiet_hours", Integer, comment="after so many without a sign its owner is told; null: never"),
    Column("told_at", DateTime(timezone=True), comment="when they were told of the present silence"),
    Column("key_id", ForeignKey("api_keys.id", ondelete="set null"), comment="the public key of its pages"),
    *versioned(),
    created_at(),
    info={"noun": "source"},
)
"""Where data comes from."""

source_links = Table(
    "source_links",
    metadata,
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), primary_key=True),
    Column("kind", String(8), primary_key=True, comment="key, form or import"),
    Column("ref", UUID(as_uuid=True), primary_key=True),
    Column("source_id", ForeignKey("sources.id", ondelete="cascade"), nullable=False, index=True),
)
"""What brings a source's data: each key, form and import belongs to one source at most."""

signals = Table(
    "signals",
    metadata,
    Column("key_id", ForeignKey("api_keys.id", ondelete="cascade"), primary_key=True),
    Column("host", Text, primary_key=True, comment="of the page that a message came from; empty for programs"),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False, index=True),
    Column("page", Text, nullable=False, comment="the first address seen, without what follows its path"),
    Column("first_at", DateTime(timezone=True), nullable=False),
    Column("last_at", DateTime(timezone=True), nullable=False),
    Column("kept", BigInteger, nullable=False, server_default="0"),
    Column("refused", BigInteger, nullable=False, server_default="0"),
)
"""From where messages came by a key; at most fifty hosts a key."""

receipts = Table(
    "receipts",
    metadata,
    row_id(),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("key_id", UUID(as_uuid=True), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("kind", String(16), nullable=False, comment="track, page … as it was sent"),
    Column("name", Text, nullable=False, comment="of the event; empty where there is none"),
    Column("outcome", String(8), nullable=False, comment="kept, twice or refused"),
    Column("code", Text, nullable=False, server_default="", comment="why it was refused"),
    Column("details", JSONB, nullable=False, server_default=text("'{}'::jsonb"), comment="values of that sentence"),
    Column("changes", JSONB, nullable=False, server_default=text("'[]'::jsonb"), comment="what was changed, by code"),
    Column("message", JSONB(none_as_null=True), comment="as it came, without the key; null where it was too large"),
    Column("understood", JSONB(none_as_null=True)),
    Index("ix_receipts_workspace", "workspace_id", "outcome", "id"),
    Index("ix_receipts_at", "at"),
)
"""What came to the collector in the last day and what became of it, for looking on; unlogged: a crash empties it."""

event_kinds = Table(
    "event_kinds",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("name", Text, nullable=False),
    Column("owner_id", ForeignKey("users.id", ondelete="set null")),
    Column("description", Text, nullable=False, server_default=""),
    Column("first_at", DateTime(timezone=True), nullable=False),
    Column("last_at", DateTime(timezone=True), nullable=False),
    Column("count", BigInteger, nullable=False, server_default="0"),
    Column("told_at", DateTime(timezone=True), comment="when its owner was told of the present silence"),
    *versioned(),
    UniqueConstraint("workspace_id", "name"),
    info={"noun": "event kind"},
)
"""The catalogue of events: every name that has come, at most a thousand a workspace."""

event_days = Table(
    "event_days",
    metadata,
    Column("kind_id", ForeignKey("event_kinds.id", ondelete="cascade"), primary_key=True),
    Column("day", Date, primary_key=True, comment="when they came, in UTC"),
    Column("workspace_id", Integer, nullable=False),
    Column("count", BigInteger, nullable=False),
    Column("longest_pause", Integer, nullable=False, comment="seconds before one of the day, the longest"),
)
"""The rhythm of an event in the last sixty days."""

event_shapes = Table(
    "event_shapes",
    metadata,
    Column("kind_id", ForeignKey("event_kinds.id", ondelete="cascade"), primary_key=True),
    Column("property", Text, primary_key=True),
    Column("type", String(8), primary_key=True, comment="text, number, boolean, list or object"),
    Column("workspace_id", Integer, nullable=False),
    Column("count", BigInteger, nullable=False),
    Column("first_at", DateTime(timezone=True), nullable=False),
    Column("last_at", DateTime(timezone=True), nullable=False),
    Column("told_at", DateTime(timezone=True), comment="when its owner was told that it is another type than usual"),
    Column("settled_at", DateTime(timezone=True), comment="when somebody said that this is right"),
)
"""The properties that an event has had, by type; at most two hundred rows a kind."""

catalogue_reading = Table(
    "catalogue_reading",
    metadata,
    Column("one", Boolean, primary_key=True, server_default=text("true")),
    Column("learned", BigInteger, nullable=False, comment="events up to this id are in the catalogue"),
    Column("seen", BigInteger, nullable=False, comment="the newest id when it was last looked"),
    Column("until", Xid8, nullable=False, comment="once no transaction before this runs, all up to `seen` are there"),
)
"""How far the catalogue has read the events of the installation: one row."""
