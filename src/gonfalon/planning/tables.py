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
    Column("campaign_id", ForeignKey("campaigns.id", ondelete="cascade"), unique=True, comment="null: above campaigns"),
    Column("name", Text, nullable=False, server_default="", comment="the goal in words"),
    Column("owner_id", ForeignKey("users.id"), comment="who answers for it"),
    Column("priority_id", ForeignKey("priorities.id", ondelete="set null"), index=True),
    Column("parent_id", ForeignKey("goals.id", ondelete="set null"), index=True, comment="what a campaign's serves"),
    Column("metric", Text, nullable=False, comment="key in the metric catalogue"),
    Column("baseline", Numeric),
    Column("target", Numeric, nullable=False),
    Column("starts_on", Date, comment="of a goal above; a campaign's begins with its campaign"),
    Column("deadline", Date, nullable=False),
    Column("told_version", Integer, comment="the version that the team was last told"),
    Column("told_at", DateTime(timezone=True)),
    Column("told_by", Text, nullable=False, server_default=""),
    *versioned(),
    created_at(),
    CheckConstraint(
        "case when campaign_id is null then parent_id is null else priority_id is null and starts_on is null end",
        name="place",
    ),
    Index("ix_goals_workspace", "workspace_id", "id"),
)
"""What is to be reached: by a campaign (it has one goal at most), or above campaigns, for a priority of the year.

Only a campaign's goal has a parent, and a parent is of no campaign, so goals are two levels deep and never go in a
circle. Money metrics are in minor units, rates in fractions of one.
"""

budget_lines = Table(
    "budget_lines",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", Integer, nullable=False),
    Column("campaign_id", ForeignKey("campaigns.id", ondelete="cascade"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("resource", String(16), nullable=False, comment="staff, contractor, media or other"),
    Column("planned_minor", BigInteger, nullable=False, comment="net or gross as the workspace counts, with moves"),
    Column("spent_minor", BigInteger, nullable=False, server_default="0"),
    Column("position", Integer, nullable=False, server_default="0"),
    *versioned(),
    created_at(),
    Column(
        "task_id",
        ForeignKey("tasks.id", name="fk_budget_lines_task_id", ondelete="set null", use_alter=True),
        index=True,
        comment="the deliverable it pays for",
    ),
    Column("channel", String(16), nullable=False, server_default="", comment="empty: the deliverable's"),
    Column("currency", String(3), nullable=False),
    Column("quantity", Numeric(12, 3), nullable=False, server_default="1"),
    Column("unit_price_minor", BigInteger, nullable=False, comment="without tax, in the line's currency"),
    Column("tax_rate", Numeric(7, 5), nullable=False, server_default="0", comment="a part of one"),
    Column("spread", String(8), nullable=False, server_default="once", comment="once, daily or monthly"),
    Column("starts_on", Date),
    Column("ends_on", Date, comment="inclusive"),
    Column("rate", Numeric(24, 12), nullable=False, server_default="1", comment="when the plan was last saved"),
    Column("net_minor", BigInteger, nullable=False, comment="of the plan, without moves"),
    Column("gross_minor", BigInteger, nullable=False),
    Column("moved_minor", BigInteger, nullable=False, server_default="0", comment="received from other lines"),
    Column("approved_minor", BigInteger, comment="null: never approved"),
    Column("committed_minor", BigInteger, nullable=False, server_default="0", comment="ordered and not invoiced yet"),
    CheckConstraint("planned_minor >= 0 and spent_minor >= 0", name="amounts"),
    CheckConstraint(
        "quantity >= 0 and unit_price_minor >= 0 and tax_rate >= 0 and rate > 0 and committed_minor >= 0", name="plan"
    ),
    CheckConstraint("ends_on >= starts_on and (spread = 'once' or ends_on is not null)", name="period"),
)
"""Amounts are in the workspace's currency, but for the price of a unit. What is spent and committed is the sum of the
line's entries, written in their transaction."""

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
    Column("note", Text, nullable=False, server_default="", comment="what it says or shows, in words"),
    Column("budget_line_id", ForeignKey("budget_lines.id", ondelete="set null"), comment="what pays for it"),
    Column("done_on", Date, comment="the day it was carried out elsewhere; null for what Gonfalon sends"),
    Column("done_by", Text, nullable=False, server_default=""),
    Column("reached", BigInteger, comment="people it reached, as told by where it was carried out"),
    Column("cost_minor", BigInteger, comment="what it cost there"),
    *versioned(),
    created_at(),
    CheckConstraint("done_on is null or launched_at is null", name="done_or_launched"),
)
