"""Tables of the content room."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, ForeignKey, Index, Integer, LargeBinary, String, Table, Text, func, text
from sqlalchemy.dialects.postgresql import JSONB, UUID

from gonfalon.kit.db import created_at, metadata

templates = Table(
    "templates",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("name", Text, nullable=False),
    Column("channel", String(16), nullable=False, server_default="email"),
    Column("version", Integer, nullable=False, comment="number of the newest version"),
    Column("updated_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("archived_at", DateTime(timezone=True)),
    created_at(),
    Index("ix_templates_workspace", "workspace_id", "id"),
)

template_versions = Table(
    "template_versions",
    metadata,
    Column("template_id", ForeignKey("templates.id", ondelete="cascade"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("workspace_id", Integer, nullable=False),
    Column("subject", Text, nullable=False),
    Column("preheader", Text, nullable=False, server_default=""),
    Column("source", Text, nullable=False, comment="MJML with Liquid"),
    Column("text", Text, comment="own text part; null: made from the HTML"),
    Column("checks", JSONB, nullable=False, server_default=text("'[]'::jsonb")),
    Column("created_by", Text, nullable=False),
    created_at(),
    Column("created_by_id", UUID(as_uuid=True), comment="the member; null: a key, a job, or not kept"),
)
"""Every save is a version; a launched touchpoint names the version it sends."""

brand_kits = Table(
    "brand_kits",
    metadata,
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("kit", JSONB, nullable=False, comment="colours, faces, logo, foot, tone and words (BrandKit)"),
    Column("saved_by", Text, nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)

shared_rows = Table(
    "shared_rows",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("source", Text, nullable=False, comment="MJML of sections, as it stands in mails"),
    Column("version", Integer, nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("archived_at", DateTime(timezone=True)),
    created_at(),
)

assets = Table(
    "assets",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("media_type", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("width", Integer),
    Column("height", Integer),
    Column("digest", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("archived_at", DateTime(timezone=True)),
    created_at(),
)
