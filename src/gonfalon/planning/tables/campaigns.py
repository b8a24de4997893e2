"""Tables of campaigns."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
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
    func,
)
from sqlalchemy.dialects.postgresql import UUID

from gonfalon.accounts.versions import versioned
from gonfalon.kit.db import created_at, metadata

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
    info={"noun": "campaign"},
)


campaign_facts = Table(
    "campaign_facts",
    metadata,
    Column("campaign_id", ForeignKey("campaigns.id", ondelete="cascade"), primary_key=True),
    Column("category", String(16), primary_key=True),
    Column("at_stake_minor", BigInteger, primary_key=True, comment="planned or, where that is more, ordered and spent"),
    Column("workspace_id", Integer, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now(), comment="it was so then"),
)
"""What campaigns were before they were changed: rules of approvals look at their highest of late."""
