"""Tables of the people room: who we can reach, how, and with what permission."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID

from gonfalon.kit.db import Xid8, created_at, followed, metadata, row_id

attribute_definitions = Table(
    "attribute_definitions",
    metadata,
    Column("id", Integer, Identity(always=False), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("key", String(63), nullable=False, comment="[a-z][a-z0-9_]*, never changes"),
    Column("label", Text, nullable=False),
    Column("type", String(16), nullable=False, comment="text, number, money, date, boolean or choice"),
    Column("choices", JSONB, comment="allowed strings of a choice"),
    Column("description", Text, nullable=False, server_default=""),
    Column("deleted_at", DateTime(timezone=True)),
    created_at(),
    Index(
        "uq_attribute_definitions_key",
        "workspace_id",
        "key",
        unique=True,
        postgresql_where=text("deleted_at is null"),
    ),
)

trait_proposals = Table(
    "trait_proposals",
    metadata,
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), primary_key=True),
    Column("key", String(63), primary_key=True, comment="as an attribute would have it, or a declared one's"),
    Column("name", Text, nullable=False, comment="as the sender writes it"),
    Column("fits", Boolean, nullable=False, comment="false: a declared attribute cannot hold the example"),
    Column("type", String(16), nullable=False, comment="what the values look like"),
    Column("example", Text, nullable=False),
    Column("first_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("last_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("dismissed_at", DateTime(timezone=True)),
)
"""Traits that came with events and that no attribute holds: proposed as attributes, never dropped unsaid."""

people = Table(
    "people",
    metadata,
    row_id(),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("email", Text(collation="C"), comment="primary address, normalised lower case"),
    Column("phone", Text(collation="C"), comment="primary number, E.164"),
    Column("external_id", Text(collation="C"), comment="the person's id in the customer's own system"),
    Column("attributes", JSONB, nullable=False, server_default=text("'{}'::jsonb")),
    Column("undeclared", JSONB, nullable=False, server_default=text("'{}'::jsonb"), comment="traits without attribute"),
    Column("tags", ARRAY(Text), nullable=False, server_default=text("'{}'::text[]")),
    Column("tracking_consent", Boolean, comment="null: not asked"),
    Column("updated_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("erased_at", DateTime(timezone=True)),
    Column("merged_into", BigInteger, comment="who this person turned out to be; the row is empty then"),
    created_at(),
    followed(),
    Index("ix_people_merged", "workspace_id", "merged_into", postgresql_where=text("merged_into is not null")),
    Index("ix_people_workspace", "workspace_id", "id", postgresql_where=text("erased_at is null")),
    Index("uq_people_email", "workspace_id", "email", unique=True),
    Index("uq_people_phone", "workspace_id", "phone", unique=True, postgresql_where=text("phone is not null")),
    Index("uq_people_external", "workspace_id", "external_id", unique=True),
    Index("ix_people_updated", "workspace_id", "updated_at", "id"),
    # Whom an import made: rows lie in the order they were made in, so a few kilobytes find them.
    Index("ix_people_created", "created_at", postgresql_using="brin"),
    Index("ix_people_erased", "workspace_id", "erased_at", postgresql_where=text("erased_at is not null")),
)
"""One row per person. The three columns email, phone and external_id are the primary identities.

They are compared byte by byte (collation C), so that the unique indexes also serve sorting and searching by prefix.
"""

IDENTITIES = (people.c.email, people.c.phone, people.c.external_id)

tags = Table(
    "tags",
    metadata,
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), primary_key=True),
    Column("name", Text, primary_key=True),
)
"""Every tag that was ever given, to choose from; who carries it is in people.tags."""

identities = Table(
    "identities",
    metadata,
    row_id(),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("person_id", ForeignKey("people.id", ondelete="cascade"), nullable=False, index=True),
    Column("kind", String(16), nullable=False, comment="email, phone, external, anonymous or device"),
    Column("value", Text, nullable=False),
    created_at(),
    UniqueConstraint("workspace_id", "kind", "value"),
)
"""Further identities beside the primary ones: second addresses, anonymous ids, devices."""

person_merges = Table(
    "person_merges",
    metadata,
    row_id(),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("kept_id", ForeignKey("people.id", ondelete="cascade"), nullable=False, index=True),
    Column("gone_id", ForeignKey("people.id", ondelete="cascade"), nullable=False),
    Column("kind", String(16), nullable=False, comment="merge or split"),
    Column(
        "before",
        JSONB,
        nullable=False,
        server_default=text("'{}'::jsonb"),
        comment="both people as they were, so that it can be undone",
    ),
    Column("by", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("undone_at", DateTime(timezone=True)),
    Column("undone_by", Text),
    Index(
        "uq_person_merges_gone",
        "gone_id",
        unique=True,
        postgresql_where=text("kind = 'merge' and undone_at is null"),
    ),
)
"""Who was made one with whom, or split from whom, by a member."""

person_moves = Table(
    "person_moves",
    metadata,
    Column("merge_id", ForeignKey("person_merges.id", ondelete="cascade"), primary_key=True),
    Column("what", String(16), primary_key=True, comment="what an offer calls its things: events, messages"),
    Column("person_id", BigInteger, primary_key=True, comment="whose it was"),
    Column("ref", Text, primary_key=True),
)
"""Whose each thing was before a merge, or what a split takes along. What both may have is noted of both."""

duplicate_pairs = Table(
    "duplicate_pairs",
    metadata,
    Column("low_id", ForeignKey("people.id", ondelete="cascade"), primary_key=True),
    Column("high_id", ForeignKey("people.id", ondelete="cascade"), primary_key=True, index=True),
    Column("workspace_id", Integer, nullable=False),
    Column("kind", String(16), nullable=False, comment="why they may be one (a DuplicateKind)"),
    Column("state", String(16), nullable=False, server_default="proposed", comment="proposed or distinct"),
    Column("found_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("decided_by", Text),
    Column("decided_at", DateTime(timezone=True)),
    Index("ix_duplicate_pairs_workspace", "workspace_id", "state", "kind", "low_id", "high_id"),
)

duplicate_searches = Table(
    "duplicate_searches",
    metadata,
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), primary_key=True),
    Column("asked_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("done_at", DateTime(timezone=True), comment="null: never finished"),
)

erased_identities = Table(
    "erased_identities",
    metadata,
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), primary_key=True),
    Column("hash", LargeBinary, primary_key=True, comment="keyed hash of kind and normalised value"),
    created_at(),
)
"""What erased people were recognised by, unreadable: an import must not bring them back (GDPR Art. 17, 21(3))."""

companies = Table(
    "companies",
    metadata,
    row_id(),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("key", Text, nullable=False, comment="what its source calls it"),
    Column("name", Text, nullable=False),
    Column("properties", JSONB, nullable=False, server_default=text("'{}'::jsonb")),
    Column("updated_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    created_at(),
    followed(),
    UniqueConstraint("workspace_id", "key"),
    Index("ix_companies_workspace", "workspace_id", text("lower(name)"), "id"),
)

company_members = Table(
    "company_members",
    metadata,
    row_id(),
    Column("workspace_id", Integer, nullable=False),
    Column("company_id", ForeignKey("companies.id", ondelete="cascade"), nullable=False),
    Column("person_id", ForeignKey("people.id", ondelete="cascade"), nullable=False, index=True),
    Column("added_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    followed(),
    UniqueConstraint("company_id", "person_id"),
)

topics = Table(
    "topics",
    metadata,
    Column("id", Integer, Identity(always=False), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("key", String(63), nullable=False),
    Column("name", Text, nullable=False),
    Column("description", Text, nullable=False, server_default=""),
    Column("position", Integer, nullable=False, server_default="0"),
    Column("lasts_months", SmallInteger, comment="how long consent to it holds; null: until it is withdrawn"),
    Column("archived_at", DateTime(timezone=True)),
    created_at(),
    UniqueConstraint("workspace_id", "key"),
)

consents = Table(
    "consents",
    metadata,
    row_id(),
    Column("workspace_id", Integer, nullable=False),
    Column("person_id", ForeignKey("people.id", ondelete="cascade"), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("topic_id", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    followed(),
    UniqueConstraint("person_id", "channel", "topic_id"),
    Column("basis", String(32), nullable=False, server_default="consent", comment="the legal ground (a LegalBasis)"),
    Column("expires_at", DateTime(timezone=True), comment="until when it holds; null: until it is withdrawn"),
    CheckConstraint("state in ('granted', 'withdrawn', 'expired')", name="state"),
    Index(
        "ix_consents_expiring",
        "expires_at",
        postgresql_where=text("state = 'granted' and expires_at is not null"),
    ),
)
"""What a person allows now, per channel and topic: the last line of the proof ledger.

Workspace and topic are no foreign keys (here and in the proofs): every row is written by one statement that joins both,
topics are never deleted, and checking four keys a row would double the time of an import.
"""

consent_wordings = Table(
    "consent_wordings",
    metadata,
    Column("id", Integer, Identity(always=False), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("text", Text, nullable=False),
    # A digest, because an index entry holds only 2.7 KB and a wording may be longer.
    Index("uq_consent_wordings_text", "workspace_id", text("md5(text)"), unique=True),
)
"""Every exact wording that people agreed to, once per workspace."""

consent_proofs = Table(
    "consent_proofs",
    metadata,
    row_id(),
    Column("workspace_id", Integer, nullable=False),
    Column("person_id", ForeignKey("people.id", ondelete="cascade"), nullable=False, index=True),
    Column("channel", String(16), nullable=False),
    Column("topic_id", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, comment="when the person said it"),
    Column("recorded_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("source", String(32), nullable=False, comment="a ConsentSource"),
    Column("wording_id", Integer),
    Column("details", JSONB, nullable=False, server_default=text("'{}'::jsonb"), comment="import, message, ip, actor"),
    Column("basis", String(32), nullable=False, server_default="consent", comment="the legal ground (a LegalBasis)"),
    Column("expires_at", DateTime(timezone=True), comment="until when it holds; null: until it is withdrawn"),
    Index(
        "ix_consent_proofs_unsubscribed",
        "workspace_id",
        postgresql_where=text("state = 'withdrawn' and details ? 'message'"),
    ),
)
"""Append-only proof (GDPR Art. 7(1)): who, when, how and under which exact wording."""

imports = Table(
    "imports",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False, index=True),
    Column("file_name", Text, nullable=False),
    Column("file_path", Text, nullable=False, comment="below the home folder, removed when done"),
    Column("file_size", BigInteger, nullable=False),
    Column("state", String(16), nullable=False, comment="uploaded, running, finished, failed or cancelled"),
    Column("detected", JSONB, nullable=False, server_default=text("'{}'::jsonb")),
    Column("plan", JSONB, nullable=False, server_default=text("'{}'::jsonb"), comment="mapping and consent source"),
    Column("progress", JSONB, nullable=False, server_default=text("'{}'::jsonb")),
    Column("result", JSONB, nullable=False, server_default=text("'{}'::jsonb")),
    Column("error", Text),
    Column("trial", JSONB, comment="what it would do, as last found out before the start"),
    Column("transaction", Xid8, comment="which wrote its people: those still of it are untouched since"),
    Column("undo", JSONB, comment="who had it undone, and what that did"),
    Column("created_by", Text, nullable=False),
    Column("started_at", DateTime(timezone=True)),
    Column("finished_at", DateTime(timezone=True)),
    created_at(),
)

import_changes = Table(
    "import_changes",
    metadata,
    Column("import_id", ForeignKey("imports.id", ondelete="cascade"), primary_key=True),
    Column("person_id", BigInteger, primary_key=True),
    Column("workspace_id", Integer, nullable=False),
    Column("before", JSONB, nullable=False, comment="what was known; null: nothing"),
    Column("after", JSONB, nullable=False, comment="what the import changed"),
)
"""What imports changed in people who were known, kept for a week so that it can be undone."""

import_rejects = Table(
    "import_rejects",
    metadata,
    Column("import_id", ForeignKey("imports.id", ondelete="cascade"), primary_key=True),
    Column("line", BigInteger, primary_key=True, comment="line of the file, the header is 1"),
    Column("workspace_id", Integer, nullable=False),
    Column("taken", Boolean, nullable=False, server_default=text("false"), comment="taken, without a cell"),
    Column("reason", String(32), nullable=False, comment="a code of imports.reasons.REASONS"),
    Column("field", Text, nullable=False, server_default="", comment="name of the column at fault"),
    Column("raw", Text, nullable=False, comment="the row's cells as a JSON array"),
)
"""Rows of the file that were not taken, or not whole, kept for download with the reason."""
