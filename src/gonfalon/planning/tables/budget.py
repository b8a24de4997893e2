"""Tables of the budget."""

from __future__ import annotations

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
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import UUID

from gonfalon.accounts.versions import versioned
from gonfalon.kit.db import created_at, metadata

budget_settings = Table(
    "budget_settings",
    metadata,
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), primary_key=True),
    Column("counts", String(8), nullable=False, server_default="net", comment="net or gross"),
    Column("tax_rate", Numeric(7, 5), nullable=False, server_default="0", comment="proposed for new lines"),
    Column("move_limit_minor", BigInteger, comment="moves above it need an approval; null: the rules alone decide"),
    *versioned(),
)
"""A workspace without a row has the defaults."""

exchange_rates = Table(
    "exchange_rates",
    metadata,
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="cascade"), primary_key=True),
    Column("currency", String(3), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("rate", Numeric(24, 12), nullable=False, comment="the workspace's currency for one of this one"),
    Column("set_by", Text, nullable=False, server_default=""),
    created_at(),
    CheckConstraint("rate > 0", name="rate"),
)
"""The newest rate at or before a day applies to it. What was converted already keeps the rate it was converted at."""

spend_entries = Table(
    "spend_entries",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", Integer, nullable=False),
    Column("campaign_id", ForeignKey("campaigns.id", ondelete="cascade"), nullable=False),
    Column("line_id", ForeignKey("budget_lines.id", ondelete="cascade"), nullable=False),
    Column("kind", String(12), nullable=False, comment="commitment, invoice, media, credit or adjustment"),
    Column("day", Date, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("net_minor", BigInteger, nullable=False, comment="in the entry's currency, like gross_minor"),
    Column("gross_minor", BigInteger, nullable=False),
    Column("tax_rate", Numeric(7, 5), nullable=False, server_default="0"),
    Column("rate", Numeric(24, 12), nullable=False, server_default="1"),
    Column("home_net_minor", BigInteger, nullable=False, comment="in the workspace's currency, like the next two"),
    Column("home_gross_minor", BigInteger, nullable=False),
    Column("counted_minor", BigInteger, nullable=False, comment="net or gross as the workspace counts"),
    Column("supplier", Text, nullable=False, server_default=""),
    Column("reference", Text, nullable=False, server_default=""),
    Column("note", Text, nullable=False, server_default=""),
    Column("source", String(8), nullable=False, comment="manual, csv, api or channel"),
    Column("external_id", Text, comment="the same one twice is the same entry"),
    Column("commitment_id", UUID(as_uuid=True), comment="of a commitment: itself; else the one that it settles"),
    Column("reverses_id", ForeignKey("spend_entries.id", ondelete="cascade"), unique=True),
    Column("entered_by", Text, nullable=False, server_default=""),
    created_at(),
    UniqueConstraint("workspace_id", "external_id"),
    CheckConstraint(
        "case kind when 'adjustment' then true when 'credit' then (net_minor > 0) = (reverses_id is not null)"
        " else (net_minor < 0) = (reverses_id is not null) end",
        name="sign",
    ),
    CheckConstraint("kind <> 'commitment' or commitment_id is not null", name="commitment"),
    Index("ix_spend_entries_line", "line_id", "day"),
    Index("ix_spend_entries_campaign", "campaign_id", "id"),
    Index("ix_spend_entries_day", "workspace_id", "day"),
)
"""What was ordered and paid. Entries are never changed: a wrong one is reversed by a counter-entry."""

budget_moves = Table(
    "budget_moves",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("workspace_id", Integer, nullable=False),
    Column("from_campaign_id", ForeignKey("campaigns.id", ondelete="cascade"), nullable=False, index=True),
    Column("to_campaign_id", ForeignKey("campaigns.id", ondelete="cascade"), nullable=False, index=True),
    Column("from_line_id", ForeignKey("budget_lines.id", ondelete="set null"), index=True),
    Column("to_line_id", ForeignKey("budget_lines.id", ondelete="set null"), index=True),
    Column("from_name", Text, nullable=False),
    Column("to_name", Text, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    Column("state", String(10), nullable=False, comment="waiting, done or withdrawn"),
    Column("asked_by", Text, nullable=False, server_default=""),
    Column("done_at", DateTime(timezone=True)),
    created_at(),
    CheckConstraint("amount_minor > 0", name="amount"),
    CheckConstraint("from_line_id <> to_line_id", name="self"),
)
"""Planned money that goes from one line to another, in the workspace's currency."""

budget_alarms = Table(
    "budget_alarms",
    metadata,
    Column("line_id", ForeignKey("budget_lines.id", ondelete="cascade"), primary_key=True),
    Column("threshold", SmallInteger, primary_key=True, comment="percent of the plan"),
    Column("workspace_id", Integer, nullable=False),
    created_at(),
)
"""That a line went over its plan by so much has been told; nobody is told the same again."""


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
    CheckConstraint("planned_minor >= 0", name="amounts"),
    CheckConstraint(
        "quantity >= 0 and unit_price_minor >= 0 and tax_rate >= 0 and rate > 0 and committed_minor >= 0", name="plan"
    ),
    CheckConstraint("ends_on >= starts_on and (spread = 'once' or ends_on is not null)", name="period"),
    info={"noun": "budget line"},
)
"""Amounts are in the workspace's currency, but for the price of a unit. What is spent and committed is the sum of the
line's entries, written in their transaction."""
