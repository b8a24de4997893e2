"""Tables of mail that comes back."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
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
)

from gonfalon.kit.db import metadata, row_id

returned_mails = Table(
    "returned_mails",
    metadata,
    row_id(),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("digest", LargeBinary, nullable=False, comment="SHA-256 of the mail: brought twice, it is one"),
    Column("kind", String(16), nullable=False, comment="bounce, delay, complaint, auto_reply or other"),
    Column("code", SmallInteger, nullable=False, server_default="0", comment="of SMTP; 0: not said"),
    Column("status", String(16), nullable=False, server_default="", comment="RFC 3463; empty: not said"),
    Column("detail", Text, nullable=False, server_default="", comment="the other side's words, one line"),
    Column("message_id", BigInteger, comment="the message it is about; null: of none that we know"),
    Column("received_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    UniqueConstraint("workspace_id", "digest"),
    Index("ix_returned_mails_newest", "workspace_id", "id"),
)
"""Mail that came back, a row each; the mails themselves are not kept."""

return_mailboxes = Table(
    "return_mailboxes",
    metadata,
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), primary_key=True),
    Column("host", Text, nullable=False),
    Column("port", Integer, nullable=False),
    Column("security", String(16), nullable=False, comment="none, starttls or tls"),
    Column("username", Text, nullable=False),
    Column("password_sealed", LargeBinary),
    Column("folder", Text, nullable=False, server_default="INBOX"),
    Column("validity", BigInteger, comment="UIDVALIDITY (RFC 3501); null: not read yet"),
    Column("read_to", BigInteger, nullable=False, server_default="0", comment="the last UID that was read"),
    Column("checked_at", DateTime(timezone=True)),
    Column("problem", Text, nullable=False, server_default="", comment="why the last look failed; empty: it did not"),
)
"""Mailboxes that are read for mail that came back."""
