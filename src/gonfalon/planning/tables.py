"""Tables of the planning room."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Numeric,
    SmallInteger,
    String,
    Table,
    Text,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID

from gonfalon.kit.db import created_at, metadata


def versioned() -> list[Column[Any]]:
    """What an optimistic save needs: a number that every save raises, and who saved last, when."""
    return [
        Column("version", Integer, nullable=False, server_default="1"),
        Column("updated_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
        Column("updated_by", Text, nullable=False, server_default=""),
    ]


campaigns = Table(
    "campaigns",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("name", Text, nullable=False),
    Column("description", Text, nullable=False, server_default=""),
    Column("category", String(16), nullable=False, comment="acquisition, monetisation or engagement"),
    Column("type", String(16), nullable=False, server_default="email"),
    Column("parent_id", ForeignKey("campaigns.id", ondelete="set null"), index=True),
    Column("leader_id", ForeignKey("users.id"), nullable=True),
    Column("starts_on", Date),
    Column("ends_on", Date),
    Column(
        "state", String(16), nullable=False, server_default="planned", comment="planned, running, ended or archived"
    ),
    Column(
        "stage", String(8), nullable=False, server_default="plan", comment="plan, audience, create, launch or learn"
    ),
    Column("attribution_basis", String(16), nullable=False, server_default="click", comment="click or delivery"),
    Column("attribution_days", SmallInteger, nullable=False, server_default="7"),
    Column("conversion_event", Text, nullable=False, server_default="Order Completed"),
    *versioned(),
    created_at(),
    Index("ix_campaigns_workspace", "workspace_id", "id"),
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

goals = Table(
    "goals",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", Integer, nullable=False),
    Column("campaign_id", ForeignKey("campaigns.id", ondelete="cascade"), nullable=False, unique=True),
    Column("metric", Text, nullable=False, comment="key in the metric catalogue"),
    Column("baseline", Numeric),
    Column("target", Numeric, nullable=False),
    Column("deadline", Date, nullable=False),
    *versioned(),
    created_at(),
)
"""A campaign has exactly one goal. Money metrics are in minor units, rates in fractions of one."""

budget_lines = Table(
    "budget_lines",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", Integer, nullable=False),
    Column("campaign_id", ForeignKey("campaigns.id", ondelete="cascade"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("resource", String(16), nullable=False, comment="staff, contractor, media or other"),
    Column("planned_minor", BigInteger, nullable=False),
    Column("spent_minor", BigInteger, nullable=False, server_default="0"),
    Column("position", Integer, nullable=False, server_default="0"),
    *versioned(),
    created_at(),
    CheckConstraint("planned_minor >= 0 and spent_minor >= 0", name="amounts"),
)
"""In the workspace's currency."""

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
    Column("sender_identity_id", ForeignKey("sender_identities.id")),
    Column("topic_id", ForeignKey("topics.id")),
    Column("send_at", DateTime(timezone=True), comment="null: at launch"),
    Column("per_hour", Integer),
    Column("holdout_percent", SmallInteger, nullable=False, server_default="0"),
    Column("launched_at", DateTime(timezone=True)),
    Column("launched_by", Text, nullable=False, server_default=""),
    Column("template_version", Integer, comment="frozen at launch"),
    Column("utm", JSONB(none_as_null=True), server_default="{}", comment="own link tags by name; null: links get none"),
    Column("launch_problem", JSONB(none_as_null=True), comment="why the last launch came to nothing: code, sentence"),
    *versioned(),
    created_at(),
)
