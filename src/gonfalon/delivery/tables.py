"""Tables of the delivery room: the send ledger."""

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

from gonfalon.kit.db import created_at, followed, metadata, row_id

dispatches = Table(
    "dispatches",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("touchpoint_id", UUID(as_uuid=True), nullable=False, unique=True),
    Column("campaign_id", UUID(as_uuid=True), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("snapshot_id", ForeignKey("audience_snapshots.id"), nullable=True),
    Column("template_id", UUID(as_uuid=True), nullable=False),
    Column("template_version", Integer, nullable=False),
    Column("sender_identity_id", UUID(as_uuid=True), comment="null where the channel names nobody"),
    Column("sender", JSONB, nullable=False, server_default="{}", comment="whom it is from, as frozen by its channel"),
    Column("topic_id", Integer, nullable=False),
    Column("link_set_id", BigInteger, nullable=True),
    Column("utm", JSONB, nullable=False, server_default="{}", comment="what its links are tagged with: Utm by name"),
    Column("state", String(16), nullable=False, comment="preparing, running, paused, held, finished or cancelled"),
    Column("state_reason", Text, nullable=False, server_default="", comment="a code"),
    Column("state_detail", Text, nullable=False, server_default="", comment="the reason as an English sentence"),
    Column("send_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("per_hour", Integer, comment="pace; null: as fast as the provider takes them"),
    Column("next_lease_at", DateTime(timezone=True), comment="with a pace: when the next batch may leave"),
    Column("holdout_percent", SmallInteger, nullable=False, server_default="0"),
    Column("launched_by", Text, nullable=False),
    Column(
        "frozen", Boolean, nullable=False, server_default=text("false"), comment="its audience was taken at the launch"
    ),
    Column("planned", Integer, comment="how many people would have got it when it was launched"),
    Column("state_at", DateTime(timezone=True), nullable=False, server_default=func.now(), comment="state since"),
    Column("started_at", DateTime(timezone=True), comment="when its messages were written"),
    Column("finished_at", DateTime(timezone=True)),
    Column(
        "stopped_for",
        ARRAY(String(32)),
        nullable=False,
        server_default="{}",
        comment="rules that have held it; none does so twice",
    ),
    Column("progressed_at", DateTime(timezone=True), comment="when a message last got its outcome, to a few seconds"),
    created_at(),
    Index("ix_dispatches_workspace", "workspace_id", "id"),
    Index("ix_dispatches_running", "id", postgresql_where=text("state = 'running'")),
)
"""One launched touchpoint: what is sent, to which snapshot, how fast, and whether it may go on."""

messages = Table(
    "messages",
    metadata,
    row_id(),
    Column("workspace_id", Integer, nullable=False),
    Column("dispatch_id", ForeignKey("dispatches.id"), nullable=False),
    Column("touchpoint_id", UUID(as_uuid=True), nullable=False),
    Column("person_id", BigInteger, nullable=False),
    Column("occurrence", Integer, nullable=False, server_default="0"),
    Column("address", Text, comment="where it goes; null when there is none"),
    Column("state", String(16), nullable=False),
    Column("reason", String(32), nullable=False, server_default=""),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("ended_at", DateTime(timezone=True), comment="when it reached its final state"),
    Column("reply", Text, comment="the server's last answer"),
    followed(index=False),
    UniqueConstraint("touchpoint_id", "person_id", "occurrence"),
    CheckConstraint(
        "state in ('queued', 'accepted', 'deferred', 'rejected', 'unknown', 'withheld')",
        name="state",
    ),
    Index("ix_messages_person", "person_id", "id"),
    Index("ix_messages_dispatch", "dispatch_id", "id"),
    Index(
        "ix_messages_xid",
        text("(xid::text::bigint)"),
        postgresql_using="brin",
        postgresql_with={"pages_per_range": "16", "autosummarize": "on"},
    ),
    postgresql_with={"fillfactor": "50"},
)
"""The send ledger: one row per person and touchpoint, withheld people included. The UNIQUE is the guard.

A row is written twice, when it is expanded and when its outcome is known. So that the second writing touches no index
("heap-only"), none but the BRIN index holds a column that changes, and pages are left half empty for it.

A queued or deferred message is leased while its batch is, and intended while its id is in its sender's in_doubt.
"""

sender_leases = Table(
    "sender_leases",
    metadata,
    row_id(),
    Column("worker", Text, nullable=False, comment="host and process"),
    Column("until", DateTime(timezone=True), nullable=False),
    Column("in_doubt", ARRAY(BigInteger), nullable=False, server_default="{}"),
    Column(
        "tick", BigInteger, nullable=False, server_default="0", comment="number of the last write, for asking again"
    ),
    Column(
        "mark",
        UUID(as_uuid=True),
        nullable=False,
        server_default=text("gen_random_uuid()"),
        comment="its name outside: a restored database gives numbers again, but no marks",
    ),
    created_at(),
)
"""A living sender process. Its id fences it: once the row is gone, nothing it writes counts.

in_doubt are the messages whose final dot it may have sent and whose outcome is not recorded: at most one per open
connection. Recording an intent and an outcome is one write of this row, so the two can't come apart.
"""

send_batches = Table(
    "send_batches",
    metadata,
    row_id(),
    Column("workspace_id", Integer, nullable=False),
    Column("dispatch_id", ForeignKey("dispatches.id"), nullable=False),
    Column("due_at", DateTime(timezone=True), nullable=False),
    Column("message_ids", ARRAY(BigInteger), nullable=False),
    Column("lease", ForeignKey("sender_leases.id", ondelete="set null"), comment="the sender that has it"),
    Column("composed_at", DateTime(timezone=True), comment="first lease; the Date of its mails, kept over retries"),
    Column("tries", SmallInteger, nullable=False, server_default="0", comment="leases that brought nothing, and death"),
    Index("ix_send_batches_free", "dispatch_id", "due_at", "id", postgresql_where=text("lease is null")),
    Index("ix_send_batches_lease", "lease", postgresql_where=text("lease is not null")),
)
"""The queue: messages to be sent, up to a thousand a row. Leased whole, deleted when each has an outcome."""

suppressions = Table(
    "suppressions",
    metadata,
    row_id(),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("address", Text, comment="null once the person was erased"),
    Column("address_hash", LargeBinary, nullable=False, comment="keyed hash of the normalised address"),
    Column("reason", String(32), nullable=False, comment="hard_bounce, complaint, manual, erased or objection"),
    Column("message_id", BigInteger),
    Column("note", Text, nullable=False, server_default=""),
    created_at(),
    followed(),
    UniqueConstraint("workspace_id", "channel", "address_hash"),
    Index("ix_suppressions_address", "workspace_id", "channel", "address"),
)

test_addresses = Table(
    "test_addresses",
    metadata,
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), primary_key=True),
    Column("address", Text, primary_key=True),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("asked_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("confirmed_at", DateTime(timezone=True)),
)
"""Addresses of no members that were asked whether test messages may come; who confirms gets them."""

breakers = Table(
    "breakers",
    metadata,
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), primary_key=True),
    Column("channel", String(16), primary_key=True),
    Column("open_until", DateTime(timezone=True)),
    Column("code", String(32), nullable=False, server_default="", comment="why it is open"),
    Column("reason", Text, nullable=False, server_default="", comment="why in words: the server's or ours, in English"),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("since", DateTime(timezone=True), comment="when the first of these failures was"),
    Column("updated_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)
"""The circuit breaker of a workspace's provider: while open nothing is leased for it."""

lane_stalls = Table(
    "lane_stalls",
    metadata,
    row_id(),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), nullable=False),
    Column("worker", Text, nullable=False),
    Column("batches", Integer, nullable=False),
    created_at(),
)
"""Times that a sender's lane stood still without a reason outside and was remade. None is expected."""

past_leases = Table(
    "past_leases",
    metadata,
    Column("mark", UUID(as_uuid=True), primary_key=True),
    Column("tick", BigInteger, nullable=False),
    created_at(),
)
"""How far each sender that is gone had come; a home that remembers more has met a restored database."""

epochs = Table(
    "epochs",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("number", Integer, Identity(always=False), nullable=False),
    Column("finding", String(32), nullable=False, comment="why it began: same (the first), behind, other_server …"),
    Column("dispatches", Integer, nullable=False, server_default="0", comment="held when it began"),
    Column("mails", Integer, nullable=False, server_default="0", comment="to members, not sent when it began"),
    created_at(),
)
"""The lives of this database: a new one begins when it turns out to be a restored or copied one. See epoch.py."""
