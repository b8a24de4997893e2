"""Tables of the email channel."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    false,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID

from gonfalon.kit.db import created_at, metadata, row_id

email_settings = Table(
    "email_settings",
    metadata,
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), primary_key=True),
    Column(
        "provider",
        String(16),
        nullable=False,
        server_default="sandbox",
        comment="sandbox, smtp or a provider with an API",
    ),
    Column("host", Text, nullable=False, server_default=""),
    Column("port", Integer, nullable=False, server_default="587"),
    Column("security", String(16), nullable=False, server_default="starttls", comment="none, starttls or tls"),
    Column("username", Text, nullable=False, server_default=""),
    Column("password_sealed", LargeBinary),
    Column("return_path_domain", Text, nullable=False, server_default=""),
    Column("dkim_domain", Text, nullable=False, server_default=""),
    Column("dkim_selector", Text, nullable=False, server_default=""),
    Column("dkim_key_sealed", LargeBinary),
    Column("hello", Text, nullable=False, server_default="", comment="our name in EHLO; empty: worked out"),
    Column("connections", Integer, nullable=False, server_default="20"),
    Column("options", JSONB, nullable=False, server_default="{}", comment="what a provider with an API wants to know"),
    Column("events_key_sealed", LargeBinary, comment="the key by which a provider signs its events"),
    Column("heard_at", DateTime(timezone=True), comment="when a provider last told of an event, to a minute"),
    Column(
        "weight", Integer, nullable=False, server_default="1", comment="the share of connections beside further relays'"
    ),
    Column("per_minute", Integer, comment="messages; null: no limit"),
    Column(
        "domain_rates",
        JSONB,
        nullable=False,
        server_default="{}",
        comment="receivers' domains that are written to slowly: messages a minute",
    ),
    Column("updated_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)
"""How a workspace's mail leaves. No row means the sandbox: nothing leaves the machine."""

sender_identities = Table(
    "sender_identities",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False, index=True),
    Column("from_name", Text, nullable=False),
    Column("from_address", Text, nullable=False),
    Column("reply_to", Text, nullable=False, server_default=""),
    Column("archived_at", DateTime(timezone=True)),
    created_at(),
)

sandbox_mails = Table(
    "sandbox_mails",
    metadata,
    row_id(),
    Column("workspace_id", Integer, nullable=False, comment="0 when the sender did not say"),
    Column("received_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("mail_from", Text, nullable=False),
    Column("rcpt_to", Text, nullable=False),
    Column("subject", Text, nullable=False, server_default=""),
    Column("size", Integer, nullable=False),
    Column("raw", LargeBinary, nullable=False),
    Column(
        "private",
        Boolean,
        nullable=False,
        server_default=false(),
        comment="lets somebody in: shown to those who may manage members",
    ),
    Column("test", Boolean, nullable=False, server_default=false(), comment="a test message"),
    Index("ix_sandbox_mails_workspace", "workspace_id", "id"),
)
"""What the built-in mail sandbox received."""
