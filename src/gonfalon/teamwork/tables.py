"""Tables of the teamwork room."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID

from gonfalon.kit.db import created_at, metadata, row_id


def _thing() -> list[Column[Any]]:
    """A thing of the workspace. What is said about a campaign goes when the campaign is deleted."""
    return [
        Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
        Column("thing_kind", String(16), nullable=False),
        Column("thing_id", UUID(as_uuid=True), nullable=False),
        Column("campaign_id", ForeignKey("campaigns.id", ondelete="cascade"), nullable=True),
    ]


comments = Table(
    "comments",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    *_thing(),
    Column("parent_id", ForeignKey("comments.id", ondelete="cascade"), comment="the comment that began the thread"),
    Column("author_id", ForeignKey("users.id", ondelete="set null"), comment="null: an API key, or nobody any more"),
    Column("author_name", Text, nullable=False, comment="as it was then; members are shown by their present name"),
    Column("body", Text, nullable=False, comment="plain text; a mention is <@member id>; empty once removed"),
    Column("edited_at", DateTime(timezone=True)),
    Column("removed_at", DateTime(timezone=True)),
    Column("resolved_at", DateTime(timezone=True), comment="of a thread: on its first comment"),
    Column("resolved_by", Text, nullable=False, server_default=""),
    Column("version", Integer, nullable=False, server_default="1"),
    created_at(),
    Index("ix_comments_thing", "workspace_id", "thing_kind", "thing_id", "id"),
    Index("ix_comments_campaign", "workspace_id", "campaign_id", "created_at", "id"),
    Index("ix_comments_parent", "parent_id", "id"),
)

followers = Table(
    "followers",
    metadata,
    *_thing(),
    Column("user_id", ForeignKey("users.id", ondelete="cascade"), nullable=False),
    Column(
        "muted",
        Boolean,
        nullable=False,
        server_default=text("false"),
        comment="left by choice; nothing joins them again",
    ),
    created_at(),
    PrimaryKeyConstraint("workspace_id", "thing_kind", "thing_id", "user_id"),
)

notice_mails = Table(
    "notice_mails",
    metadata,
    row_id(),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("user_id", ForeignKey("users.id", ondelete="cascade"), nullable=False),
    Column("digest_on", Date, comment="the day of a daily digest, in the workspace's zone; null: an immediate mail"),
    Column("state", String(16), nullable=False, server_default="waiting", comment="then handing_over, then its fate"),
    Column("tries", SmallInteger, nullable=False, server_default="0"),
    Column("detail", Text, nullable=False, server_default=""),
    Column("handed_at", DateTime(timezone=True)),
    created_at(),
    UniqueConstraint("workspace_id", "user_id", "digest_on"),
    Index("ix_notice_mails_open", "id", postgresql_where=text("state in ('waiting', 'handing_over')")),
)
"""One mail to one member. It leaves `waiting` in a transaction of its own before it is handed over."""

notices = Table(
    "notices",
    metadata,
    Column("id", BigInteger, Identity(always=False), primary_key=True),
    *_thing(),
    Column("user_id", ForeignKey("users.id", ondelete="cascade"), nullable=False),
    Column("kind", String(24), nullable=False),
    Column("actor_id", ForeignKey("users.id", ondelete="set null")),
    Column("actor_name", Text, nullable=False, comment="as it was then; members are shown by their present name"),
    Column("title", Text, nullable=False, comment="the thing's name then"),
    Column("parameters", JSONB, nullable=False, server_default=text("'{}'::jsonb"), comment="of the sentence"),
    Column("delivery", String(8), nullable=False, comment="now, daily or off: what the member had chosen then"),
    Column("once", Text, comment="with it, a member is told the same only once"),
    Column(
        "mail_id", ForeignKey("notice_mails.id", ondelete="set null"), index=True, comment="the one mail it went in"
    ),
    Column("read_at", DateTime(timezone=True)),
    created_at(),
    UniqueConstraint("workspace_id", "user_id", "kind", "thing_id", "once"),
    Index("ix_notices_thing", "workspace_id", "thing_kind", "thing_id"),
    Index("ix_notices_member", "workspace_id", "user_id", "id"),
    Index("ix_notices_unread", "workspace_id", "user_id", postgresql_where=text("read_at is null")),
    Index(
        "ix_notices_unmailed",
        "workspace_id",
        "user_id",
        postgresql_where=text("mail_id is null and read_at is null and delivery <> 'off'"),
    ),
)

notice_settings = Table(
    "notice_settings",
    metadata,
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), primary_key=True),
    Column("user_id", ForeignKey("users.id", ondelete="cascade"), primary_key=True),
    Column("kind", String(24), primary_key=True),
    Column("delivery", String(8), nullable=False),
)
"""Only what a member chose; everything else follows model.NOTICES."""

presence = Table(
    "presence",
    metadata,
    Column("workspace_id", Integer, primary_key=True),
    Column("thing_kind", String(16), primary_key=True),
    Column("thing_id", UUID(as_uuid=True), primary_key=True),
    Column("user_id", UUID(as_uuid=True), primary_key=True),
    Column("seen_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    prefixes=["unlogged"],
)
"""Who looks at what right now; worth nothing after 45 seconds, so not worth a log."""
