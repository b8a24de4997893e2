"""Tables of the audiences room."""

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
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID

from gonfalon.accounts.versions import versioned
from gonfalon.kit.db import Xid8, created_at, followed, metadata, row_id

audiences = Table(
    "audiences",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("kind", String(16), nullable=False, comment="segment or list"),
    Column("name", Text, nullable=False),
    Column("description", Text, nullable=False, server_default=""),
    Column("rule", JSONB, comment="the typed rule tree of a segment"),
    Column("references", ARRAY(Text), nullable=False, server_default=text("'{}'::text[]")),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("created_by", Text, nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("archived_at", DateTime(timezone=True)),
    created_at(),
    Index("ix_audiences_workspace", "workspace_id", "name"),
)

list_members = Table(
    "list_members",
    metadata,
    row_id(),
    Column("workspace_id", Integer, nullable=False),
    Column("audience_id", ForeignKey("audiences.id", ondelete="cascade"), nullable=False),
    Column("person_id", ForeignKey("people.id", ondelete="cascade"), nullable=False, index=True),
    Column("added_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    followed(),
    UniqueConstraint("audience_id", "person_id"),
)

audience_snapshots = Table(
    "audience_snapshots",
    metadata,
    row_id(),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False, index=True),
    Column("audience_id", ForeignKey("audiences.id"), nullable=False),
    Column("rule", JSONB, comment="the rule at that moment"),
    Column("size", BigInteger, nullable=False),
    Column("taken_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)

snapshot_members = Table(
    "snapshot_members",
    metadata,
    Column("snapshot_id", ForeignKey("audience_snapshots.id", ondelete="cascade"), primary_key=True),
    Column("person_id", BigInteger, primary_key=True),
)

intent_events = Table(
    "intent_events",
    metadata,
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("family", String(16), comment="NULL: of none, although it would be by its name"),
    CheckConstraint("family in ('awareness', 'consideration', 'purchase')", name="family"),
)
"""Where a workspace sorts an event otherwise than ``intents.families`` does by its name."""

customer_fifths = Table(
    "customer_fifths",
    metadata,
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), primary_key=True),
    Column("customers", BigInteger, nullable=False),
    Column("recency", ARRAY(DateTime(timezone=True)), nullable=False, comment="four limits, rising"),
    Column("frequency", ARRAY(BigInteger), nullable=False),
    Column("monetary", ARRAY(BigInteger), nullable=False, comment="sums of amounts, minor units"),
    Column("taken_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)

live_audiences = Table(
    "live_audiences",
    metadata,
    Column("audience_id", ForeignKey("audiences.id", ondelete="cascade"), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False, index=True),
    Column("question", String(64), comment="hash of what was asked of everybody last; NULL: not yet"),
    Column("version", Integer, comment="of the audience at that time"),
    Column("refreshed_at", DateTime(timezone=True), comment="the members are those of this moment or later"),
    created_at(),
)
"""Audiences whose members are kept, so that it is known when somebody enters and leaves."""

audience_members = Table(
    "audience_members",
    metadata,
    Column("audience_id", ForeignKey("live_audiences.audience_id", ondelete="cascade"), primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="cascade"), primary_key=True, index=True),
    Column("workspace_id", Integer, nullable=False),
    Column("since", DateTime(timezone=True), nullable=False, server_default=func.now()),
)

membership_changes = Table(
    "membership_changes",
    metadata,
    row_id(),
    Column("workspace_id", Integer, nullable=False),
    Column("audience_id", ForeignKey("audiences.id", ondelete="cascade"), nullable=False),
    Column("person_id", ForeignKey("people.id", ondelete="cascade"), nullable=False),
    Column("entered", Boolean, nullable=False, comment="false: left"),
    Column("cause", String(8), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    CheckConstraint("cause in ('person', 'time', 'rule')", name="cause"),
    Index("ix_membership_changes_audience", "audience_id", "id"),
    Index("ix_membership_changes_person", "person_id", "at"),
)
"""Who entered and left live audiences, and whether they, the passing of time or a new rule was the cause."""

live_cursors = Table(
    "live_cursors",
    metadata,
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), primary_key=True),
    Column("seen", Text, nullable=False, comment="the pg_snapshot up to which changes of people are counted in"),
)

membership_touches = Table(
    "membership_touches",
    metadata,
    row_id(),
    Column("workspace_id", Integer, nullable=False, index=True),
    Column("person_id", BigInteger, nullable=False),
    Column("deleted_by", Xid8, nullable=False, server_default=text("pg_current_xact_id()"), comment="the transaction"),
)
"""People of whom something was deleted that rules ask about: no row is left that would tell."""

audience_sizes = Table(
    "audience_sizes",
    metadata,
    Column("audience_id", ForeignKey("audiences.id", ondelete="cascade"), primary_key=True),
    Column("day", Date, primary_key=True, comment="in the workspace's zone"),
    Column("workspace_id", Integer, nullable=False),
    Column("size", BigInteger, nullable=False),
)
"""How many people an audience had, as first counted on each day."""

audience_definitions = Table(
    "audience_definitions",
    metadata,
    Column("id", ForeignKey("audiences.id", ondelete="cascade"), primary_key=True, comment="the audience's"),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False, index=True),
    Column("owner_id", ForeignKey("users.id", ondelete="set null")),
    Column("main", Boolean, nullable=False, server_default=text("false"), comment="one of the main segments"),
    Column("ideal", Boolean, nullable=False, server_default=text("false"), comment="the ideal customer profile"),
    Column("source", Text, nullable=False, server_default="", comment="where its data comes from"),
    Column("problem", Text, nullable=False, server_default="", comment="who has the problem"),
    Column("frustration", Text, nullable=False, server_default="", comment="which frustration is behind it"),
    Column("pays", Text, nullable=False, server_default="", comment="what they would pay"),
    Column("evidence", Text, nullable=False, server_default="", comment="how that is known"),
    Column("reviewed_on", Date, comment="when somebody last said that it still holds; NULL: never"),
    *versioned(),
    info={"noun": "definition"},
)
"""What the team's manual says of an audience beside its rule."""

personas = Table(
    "personas",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("name", Text, nullable=False),
    Column("summary", Text, nullable=False, server_default=""),
    Column("audience_id", ForeignKey("audiences.id", ondelete="set null"), index=True),
    Column("owner_id", ForeignKey("users.id", ondelete="set null")),
    Column("portrait", JSONB, nullable=False, comment="what is said of the buyer (personas.model.Portrait)"),
    Column("before", JSONB, comment="figures of the last review, that later ones are compared with; NULL: none yet"),
    Column("drifts", JSONB, nullable=False, server_default=text("'[]'::jsonb"), comment="as last looked for"),
    Column("reviewed_on", Date, comment="when somebody last said that it still holds; NULL: never"),
    Column("archived_at", DateTime(timezone=True)),
    *versioned(),
    created_at(),
    Index("ix_personas_workspace", "workspace_id", "id"),
    info={"noun": "persona"},
)

persona_figures = Table(
    "persona_figures",
    metadata,
    Column("persona_id", ForeignKey("personas.id", ondelete="cascade"), primary_key=True),
    Column("day", Date, primary_key=True, comment="in the workspace's zone"),
    Column("workspace_id", Integer, nullable=False),
    Column("figures", JSONB, nullable=False, comment="personas.model.MemberFigures"),
)
"""What the people of a persona were like, as measured each week."""

persona_notes = Table(
    "persona_notes",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", Integer, nullable=False),
    Column("persona_id", ForeignKey("personas.id", ondelete="cascade"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("finding", Text, nullable=False),
    Column("evidence", Text, nullable=False, server_default=""),
    Column("on", Date, nullable=False),
    Column("created_by", Text, nullable=False),
    created_at(),
    CheckConstraint("kind in ('interview', 'survey', 'crm', 'analytics', 'other')", name="kind"),
    Index("ix_persona_notes_persona", "persona_id", "on"),
)
"""Findings of research behind a persona."""
