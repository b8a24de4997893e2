"""Tables of the channel plan."""

from __future__ import annotations

from sqlalchemy import ARRAY, Column, ForeignKey, Index, Integer, SmallInteger, String, Table, Text, text
from sqlalchemy.dialects.postgresql import UUID

from gonfalon.accounts.versions import versioned
from gonfalon.kit.db import created_at, metadata

plan_segments = Table(
    "plan_segments",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", Integer, nullable=False),
    Column("campaign_id", ForeignKey("campaigns.id", ondelete="cascade"), nullable=False),
    Column("audience_id", ForeignKey("audiences.id")),
    Column("name", Text, nullable=False, server_default="", comment="a persona in words; else the audience names it"),
    Column("position", SmallInteger, nullable=False, server_default="0"),
    *versioned(),
    created_at(),
    Index("ix_plan_segments_campaign", "campaign_id", "position"),
    info={"noun": "segment"},
)
"""Whom a campaign speaks to: the rows of its grid."""

plan_contacts = Table(
    "plan_contacts",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", Integer, nullable=False),
    Column("segment_id", ForeignKey("plan_segments.id", ondelete="cascade"), nullable=False, index=True),
    Column("stage", String(16), nullable=False, comment="awareness, consideration, purchase or loyalty"),
    Column("channel", String(16), nullable=False),
    Column("content", String(24), nullable=False, server_default="", comment="kind of content, in words or by code"),
    Column("note", Text, nullable=False, server_default="", comment="what it says"),
    Column(
        "ticked", ARRAY(Text), nullable=False, server_default=text("'{}'::text[]"), comment="codes of the checklist"
    ),
    Column("touchpoint_id", ForeignKey("touchpoints.id", ondelete="set null"), index=True),
    Column("position", SmallInteger, nullable=False, server_default="0"),
    *versioned(),
    created_at(),
    info={"noun": "contact"},
)
"""One contact in a cell of the grid; a cell may hold several."""
