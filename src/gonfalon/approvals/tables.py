"""Tables of approvals."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
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
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID

from gonfalon.accounts.versions import versioned
from gonfalon.kit.db import created_at, metadata

approval_groups = Table(
    "approval_groups",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("name", Text, nullable=False),
    *versioned(),
    created_at(),
    UniqueConstraint("workspace_id", "name"),
    info={"noun": "approval group"},
)

approval_group_members = Table(
    "approval_group_members",
    metadata,
    Column("group_id", ForeignKey("approval_groups.id", ondelete="cascade"), primary_key=True),
    Column("user_id", ForeignKey("users.id", ondelete="cascade"), primary_key=True, index=True),
    Column("workspace_id", Integer, nullable=False),
)

approval_stand_ins = Table(
    "approval_stand_ins",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", Integer, nullable=False),
    Column("group_id", ForeignKey("approval_groups.id", ondelete="cascade"), nullable=False, index=True),
    Column("for_user_id", ForeignKey("users.id", ondelete="cascade"), nullable=False, comment="a member of the group"),
    Column("user_id", ForeignKey("users.id", ondelete="cascade"), nullable=False, index=True),
    Column("starts_on", Date, comment="inclusive, in the workspace's zone; null: always has been"),
    Column("ends_on", Date, comment="inclusive; null: for good"),
    CheckConstraint("ends_on >= starts_on", name="period"),
    CheckConstraint("user_id <> for_user_id", name="somebody_else"),
)

approval_rules = Table(
    "approval_rules",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("kind", String(16), nullable=False, comment="launch, budget, reallocation, goal, brief or content"),
    Column("position", Integer, nullable=False, server_default="0"),
    Column("enabled", Boolean, nullable=False, server_default="true"),
    Column("over_minor", BigInteger, comment="only above this amount, in the workspace's currency"),
    Column("over_people", BigInteger, comment="only above this many people"),
    Column("channels", ARRAY(Text), nullable=False, server_default=text("'{}'::text[]"), comment="empty: any"),
    Column("categories", ARRAY(Text), nullable=False, server_default=text("'{}'::text[]"), comment="empty: any"),
    Column("risks", ARRAY(Text), nullable=False, server_default=text("'{}'::text[]"), comment="one is enough"),
    Column("steps", JSONB, nullable=False, comment="[{kind, ref, quorum, days}] in order"),
    *versioned(),
    created_at(),
    Index("ix_approval_rules_workspace", "workspace_id", "position", "id"),
    info={"noun": "approval rule"},
)

past_approval_rules = Table(
    "past_approval_rules",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("over_minor", BigInteger),
    Column("over_people", BigInteger),
    Column("channels", ARRAY(Text), nullable=False),
    Column("categories", ARRAY(Text), nullable=False),
    Column("risks", ARRAY(Text), nullable=False),
    Column("steps", JSONB, nullable=False),
    Column("until", DateTime(timezone=True), nullable=False, comment="when it was changed, switched off or deleted"),
    Index("ix_past_approval_rules_workspace", "workspace_id", "kind", "until"),
)
"""Rules as they were in force until they were changed: what they would have asked needs an owner for a while."""

approval_requests = Table(
    "approval_requests",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("campaign_id", ForeignKey("campaigns.id", ondelete="cascade"), index=True),
    Column("kind", String(16), nullable=False),
    Column("subject_id", UUID(as_uuid=True), nullable=False),
    Column("title", Text, nullable=False, comment="the subject's name when it was asked for"),
    Column("note", Text, nullable=False, server_default=""),
    Column("asked_by", ForeignKey("users.id", ondelete="set null"), comment="the member, or who made the API key"),
    Column("asked_by_name", Text, nullable=False),
    Column("state", String(16), nullable=False, comment="waiting, approved, changes, refused, withdrawn or replaced"),
    Column("step", SmallInteger, nullable=False, server_default="0", comment="position of the step that is open"),
    Column("content", JSONB, nullable=False, comment="everything the approval covers, as it was"),
    Column("fingerprint", String(64), nullable=False, comment="of the content"),
    Column("amount_minor", BigInteger),
    Column("audience_size", BigInteger),
    Column("channel", Text, nullable=False, server_default=""),
    Column("category", Text, nullable=False, server_default=""),
    Column("risks", ARRAY(Text), nullable=False, server_default=text("'{}'::text[]")),
    Column("void_since", DateTime(timezone=True), comment="as last noticed; what decides is computed anew each time"),
    Column("changes", JSONB(none_as_null=True), comment="why it is void, as last noticed"),
    Column("settled_at", DateTime(timezone=True), comment="what was approved has happened; nothing voids it any more"),
    Column("decided_at", DateTime(timezone=True)),
    created_at(),
    Index("ix_approval_requests_workspace", "workspace_id", "id"),
    Index("ix_approval_requests_subject", "workspace_id", "kind", "subject_id", "id"),
    Index(
        "uq_approval_requests_waiting",
        "workspace_id",
        "kind",
        "subject_id",
        unique=True,
        postgresql_where=text("state = 'waiting'"),
    ),
    Index(
        "ix_approval_requests_open",
        "workspace_id",
        postgresql_where=text("state in ('waiting', 'approved') and settled_at is null"),
    ),
)

approval_steps = Table(
    "approval_steps",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", Integer, nullable=False),
    Column("request_id", ForeignKey("approval_requests.id", ondelete="cascade"), nullable=False),
    Column("position", SmallInteger, nullable=False),
    Column("approver_kind", String(8), nullable=False, comment="group, role or part"),
    Column("approver_ref", Text, nullable=False),
    Column("label", Text, nullable=False, comment="the group's name when it was asked"),
    Column("quorum", String(8), nullable=False, comment="any or all"),
    Column("days", SmallInteger),
    Column("alone", Boolean, nullable=False, server_default="false", comment="the only owner asked, nobody else can"),
    Column(
        "seats",
        JSONB,
        comment="[[user, [[stand-in, starts, ends]]]] as it was asked; null: asked before that was kept",
    ),
    Column("bench", ARRAY(UUID(as_uuid=True)), comment="who may decide it, as last noticed; for lists"),
    Column("opened_at", DateTime(timezone=True)),
    Column("due_at", DateTime(timezone=True)),
    Column("escalated_at", DateTime(timezone=True), comment="overdue: stand-ins may decide whatever their dates"),
    Column("done_at", DateTime(timezone=True)),
    UniqueConstraint("request_id", "position"),
    Index("ix_approval_steps_due", "due_at", postgresql_where=text("done_at is null and escalated_at is null")),
)

approval_decisions = Table(
    "approval_decisions",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", Integer, nullable=False),
    Column("request_id", ForeignKey("approval_requests.id", ondelete="cascade"), nullable=False, index=True),
    Column("step_id", ForeignKey("approval_steps.id", ondelete="cascade"), nullable=False),
    Column("user_id", ForeignKey("users.id", ondelete="set null")),
    Column("user_name", Text, nullable=False),
    Column("seats", ARRAY(UUID(as_uuid=True)), nullable=False, comment="whom they spoke for, themselves included"),
    Column("verdict", String(8), nullable=False, comment="approve, changes or refuse"),
    Column("reason", Text, nullable=False, server_default=""),
    Column("alone", Boolean, nullable=False, server_default="false", comment="by the only owner, who had asked"),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    UniqueConstraint("step_id", "user_id"),
)
"""One per member and step: said twice, it is said once."""
