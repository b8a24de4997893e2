"""Tables of the accounts room: who may do what, and who did."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID

from gonfalon.kit.db import created_at, metadata, row_id

workspaces = Table(
    "workspaces",
    metadata,
    Column("id", Integer, Identity(always=False), primary_key=True),
    Column("slug", String(63), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("time_zone", Text, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("language", String(8), nullable=False),
    Column("settings", JSONB, nullable=False, server_default=text("'{}'::jsonb")),
    created_at(),
)

users = Table(
    "users",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("email", Text, nullable=False, unique=True, comment="lower case"),
    Column("name", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("theme", String(8), nullable=False, server_default="auto"),
    Column("password_hash", Text, nullable=False),
    Column("disabled_at", DateTime(timezone=True)),
    created_at(),
)

members = Table(
    "members",
    metadata,
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), primary_key=True),
    Column("user_id", ForeignKey("users.id", ondelete="cascade"), primary_key=True, index=True),
    Column("role", String(16), nullable=False),
    created_at(),
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("email", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("invited_by", ForeignKey("users.id"), nullable=True),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("accepted_at", DateTime(timezone=True)),
    Column("revoked_at", DateTime(timezone=True)),
    Column(
        "mail_state",
        String(16),
        nullable=False,
        server_default="none",
        comment="none, waiting, sent, refused, not_sent or unknown",
    ),
    Column("mail_detail", Text, nullable=False, server_default="", comment="the mail server's words"),
    created_at(),
    Index(
        "uq_invitations_open",
        "workspace_id",
        "email",
        unique=True,
        postgresql_where=text("accepted_at is null and revoked_at is null"),
    ),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("user_id", ForeignKey("users.id", ondelete="cascade"), nullable=False, index=True),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("last_seen_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("user_agent", Text, nullable=False, server_default=""),
    Column("ip", Text, nullable=False, server_default=""),
    created_at(),
)

password_links = Table(
    "password_links",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("user_id", ForeignKey("users.id", ondelete="cascade"), nullable=False, index=True),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    created_at(),
)
"""Links for a new password that can still be used; using one deletes all of its user's."""

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("prefix", String(16), nullable=False, comment="first characters, to recognise the key by"),
    Column("key_hash", LargeBinary, nullable=False, unique=True),
    Column("scopes", ARRAY(Text), nullable=False),
    Column("created_by", ForeignKey("users.id"), nullable=True),
    Column("last_used_at", DateTime(timezone=True)),
    Column("revoked_at", DateTime(timezone=True)),
    created_at(),
)

account_log = Table(
    "account_log",
    metadata,
    row_id(),
    Column("kind", String(24), nullable=False, comment="signed_in, sign_in_refused …: log/model.py"),
    Column("user_id", ForeignKey("users.id", ondelete="cascade")),
    Column("key_id", ForeignKey("api_keys.id", ondelete="cascade")),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), comment="where a request was refused"),
    Column("detail", Text, nullable=False, server_default="", comment="the code or permission; never a secret"),
    Column("ip", Text, nullable=False, server_default=""),
    Column("user_agent", Text, nullable=False, server_default=""),
    Column("hour", DateTime(timezone=True), nullable=False, comment="the same thing again within it is counted"),
    Column("count", Integer, nullable=False, server_default="1"),
    Column("since", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now(), comment="the last time"),
    Index(
        "uq_account_log_again",
        "user_id",
        "key_id",
        "workspace_id",
        "kind",
        "detail",
        "ip",
        "hour",
        unique=True,
        postgresql_nulls_not_distinct=True,
    ),
    Index("ix_account_log_user", "user_id", "id"),
    Index("ix_account_log_workspace", "workspace_id", "id", postgresql_where=text("workspace_id is not null")),
    Index("ix_account_log_at", "at"),
)
"""Who came in, who was refused: of users and keys, kept for store.LOG_DAYS."""

setup_tokens = Table(
    "setup_tokens",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("used_at", DateTime(timezone=True)),
    created_at(),
)

audit_entries = Table(
    "audit_entries",
    metadata,
    row_id(),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("actor_kind", String(16), nullable=False, comment="member, api_key, operator or system"),
    Column("actor_id", Text),
    Column("actor_name", Text, nullable=False),
    Column("action", Text, nullable=False, comment="room.verb_past, e.g. touchpoint.launched"),
    Column("target_type", Text),
    Column("target_id", Text),
    Column("target_name", Text),
    Column("details", JSONB, nullable=False, server_default=text("'{}'::jsonb")),
    Column("campaign_id", UUID(as_uuid=True), comment="the campaign whose story the line is part of"),
    Index("ix_audit_entries_workspace", "workspace_id", "id"),
    Index("ix_audit_entries_target", "workspace_id", "target_type", "target_id", "id"),
    Index(
        "ix_audit_entries_campaign",
        "workspace_id",
        "campaign_id",
        "at",
        "id",
        postgresql_where=text("campaign_id is not null"),
    ),
)


campaign_members = Table(
    "campaign_members",
    metadata,
    Column("campaign_id", ForeignKey("campaigns.id", ondelete="cascade"), primary_key=True),
    Column("user_id", ForeignKey("users.id", ondelete="cascade"), primary_key=True),
    Column("workspace_id", Integer, nullable=False),
    Column("part", String(16), nullable=False, comment="does, reviews, approves or informed"),
    Column("added_by", Text, nullable=False, server_default=""),
    created_at(),
    Index("ix_campaign_members_user", "user_id", "workspace_id"),
)
"""Who has which part in a campaign; what a guest of the workspace may see hangs on it."""
