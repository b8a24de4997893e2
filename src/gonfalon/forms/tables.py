"""Tables of the forms room."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
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
from sqlalchemy.dialects.postgresql import JSONB, UUID

from gonfalon.accounts.versions import versioned
from gonfalon.kit.db import created_at, metadata, row_id

forms = Table(
    "forms",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", String(16), nullable=False, comment="form, survey or contest"),
    Column("state", String(16), nullable=False, server_default="draft", comment="draft, open or closed"),
    Column("definition", JSONB, nullable=False, comment="as last saved; visitors see the published version"),
    Column("published", Integer, comment="number of the version that visitors see"),
    Column("archived_at", DateTime(timezone=True)),
    *versioned(),
    created_at(),
    Index("ix_forms_workspace", "workspace_id", "id"),
    info={"noun": "form"},
)

form_versions = Table(
    "form_versions",
    metadata,
    Column("form_id", ForeignKey("forms.id", ondelete="cascade"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("workspace_id", Integer, nullable=False),
    Column("definition", JSONB, nullable=False),
    Column("created_by", Text, nullable=False),
    created_at(),
)
"""What visitors saw when: every answer names the version that it answers."""

form_answers = Table(
    "form_answers",
    metadata,
    row_id(),
    Column("workspace_id", Integer, nullable=False),
    Column("form_id", ForeignKey("forms.id", ondelete="cascade"), nullable=False),
    Column("key", UUID(as_uuid=True), nullable=False, comment="made by the page: sent twice, it counts once"),
    Column("number", Integer, nullable=False, comment="the version that was answered"),
    Column("person_id", BigInteger),
    Column("state", String(16), nullable=False, comment="taken, waiting, held, refused or expired"),
    Column("single", Boolean, nullable=False, comment="whether one of each person counts"),
    Column("values", JSONB, nullable=False, server_default=text("'{}'::jsonb")),
    Column("source", JSONB, nullable=False, server_default=text("'{}'::jsonb"), comment="page, arrival, ip, agent"),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("decided_at", DateTime(timezone=True), comment="when it was confirmed, taken or refused"),
    Column("decided_by", Text, nullable=False, server_default=""),
    UniqueConstraint("form_id", "key"),
    Index("ix_form_answers_form", "form_id", "id"),
    Index("ix_form_answers_open", "workspace_id", postgresql_where=text("state in ('waiting', 'held')")),
    Index("ix_form_answers_person", "person_id", postgresql_where=text("person_id is not null")),
    Index(
        "uq_form_answers_single",
        "form_id",
        "person_id",
        unique=True,
        postgresql_where=text("single and state = 'taken'"),
    ),
)
"""What visitors sent, and what became of it."""
