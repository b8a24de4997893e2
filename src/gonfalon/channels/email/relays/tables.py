"""Tables of relays."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID

from gonfalon.kit.db import created_at, metadata

email_relays = Table(
    "email_relays",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("name", Text, nullable=False),
    Column("provider", String(16), nullable=False, comment="smtp or a provider's name"),
    Column("host", Text, nullable=False, server_default=""),
    Column("port", Integer, nullable=False, server_default="587"),
    Column("security", String(16), nullable=False, server_default="starttls", comment="none, starttls or tls"),
    Column("username", Text, nullable=False, server_default=""),
    Column("password_sealed", LargeBinary),
    Column("options", JSONB, nullable=False, server_default="{}", comment="what a provider with an API wants to know"),
    Column("events_key_sealed", LargeBinary, comment="the key by which a provider signs its events"),
    Column("heard_at", DateTime(timezone=True), comment="when its provider last told of an event, to a minute"),
    Column("connections", Integer, nullable=False, server_default="20"),
    Column(
        "weight", Integer, nullable=False, server_default="1", comment="its share of connections beside the others'"
    ),
    Column("per_minute", Integer, comment="messages; null: no limit"),
    Column(
        "purpose", String(16), nullable=False, server_default="everything", comment="everything, campaigns or members"
    ),
    Column("paused", Boolean, nullable=False, server_default=false()),
    created_at(),
    UniqueConstraint("workspace_id", "name"),
)
"""Further ways out of a workspace, beside the one in its email settings."""
