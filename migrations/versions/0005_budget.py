"""Currencies, tax, commitments, spend and reallocation."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    line = "budget_lines"
    op.add_column(line, sa.Column("task_id", sa.UUID(), nullable=True, comment="the deliverable it pays for"))
    op.add_column(
        line,
        sa.Column(
            "channel", sa.String(length=16), server_default="", nullable=False, comment="empty: the deliverable's"
        ),
    )
    op.add_column(line, sa.Column("currency", sa.String(length=3), nullable=True))
    op.add_column(line, sa.Column("quantity", sa.Numeric(precision=12, scale=3), server_default="1", nullable=False))
    op.add_column(
        line,
        sa.Column("unit_price_minor", sa.BigInteger(), nullable=True, comment="without tax, in the line's currency"),
    )
    op.add_column(
        line,
        sa.Column(
            "tax_rate", sa.Numeric(precision=7, scale=5), server_default="0", nullable=False, comment="a part of one"
        ),
    )
    op.add_column(
        line,
        sa.Column(
            "spread", sa.String(length=8), server_default="once", nullable=False, comment="once, daily or monthly"
        ),
    )
    op.add_column(line, sa.Column("starts_on", sa.Date(), nullable=True))
    op.add_column(line, sa.Column("ends_on", sa.Date(), nullable=True, comment="inclusive"))
    op.add_column(
        line,
        sa.Column(
            "rate",
            sa.Numeric(precision=24, scale=12),
            server_default="1",
            nullable=False,
            comment="when the plan was last saved",
        ),
    )
    op.add_column(line, sa.Column("net_minor", sa.BigInteger(), nullable=True, comment="of the plan, without moves"))
    op.add_column(line, sa.Column("gross_minor", sa.BigInteger(), nullable=True))
    op.add_column(
        line,
        sa.Column(
            "moved_minor", sa.BigInteger(), server_default="0", nullable=False, comment="received from other lines"
        ),
    )
    op.add_column(line, sa.Column("approved_minor", sa.BigInteger(), nullable=True, comment="null: never approved"))
    op.add_column(
        line,
        sa.Column(
            "committed_minor",
            sa.BigInteger(),
            server_default="0",
            nullable=False,
            comment="ordered and not invoiced yet",
        ),
    )
    # A line of before is so much of the workspace's currency, without tax.
    op.execute(
        "update budget_lines l set currency = w.currency, unit_price_minor = l.planned_minor,"
        " net_minor = l.planned_minor, gross_minor = l.planned_minor from workspaces w where w.id = l.workspace_id"
    )
    for name in ("currency", "unit_price_minor", "net_minor", "gross_minor"):
        op.alter_column(line, name, nullable=False)
    op.alter_column(line, "planned_minor", comment="net or gross as the workspace counts, with moves")
    op.create_index(op.f("ix_budget_lines_task_id"), line, ["task_id"], unique=False)
    op.create_check_constraint(
        op.f("ck_budget_lines_plan"),
        line,
        "quantity >= 0 and unit_price_minor >= 0 and tax_rate >= 0 and rate > 0 and committed_minor >= 0",
    )
    op.create_check_constraint(
        op.f("ck_budget_lines_period"), line, "ends_on >= starts_on and (spread = 'once' or ends_on is not null)"
    )
    op.create_table(
        "budget_alarms",
        sa.Column("line_id", sa.UUID(), nullable=False),
        sa.Column("threshold", sa.SmallInteger(), nullable=False, comment="percent of the plan"),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"], ["budget_lines.id"], name=op.f("fk_budget_alarms_line_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("line_id", "threshold", name=op.f("pk_budget_alarms")),
    )
    op.create_table(
        "budget_settings",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("counts", sa.String(length=8), server_default="net", nullable=False, comment="net or gross"),
        sa.Column(
            "tax_rate",
            sa.Numeric(precision=7, scale=5),
            server_default="0",
            nullable=False,
            comment="proposed for new lines",
        ),
        sa.Column(
            "move_limit_minor",
            sa.BigInteger(),
            nullable=True,
            comment="moves above it need an approval; null: the rules alone decide",
        ),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_by", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_budget_settings_workspace_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_budget_settings")),
    )
    op.create_table(
        "exchange_rates",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "rate",
            sa.Numeric(precision=24, scale=12),
            nullable=False,
            comment="the workspace's currency for one of this one",
        ),
        sa.Column("set_by", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("rate > 0", name=op.f("ck_exchange_rates_rate")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_exchange_rates_workspace_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "currency", "day", name=op.f("pk_exchange_rates")),
    )
    op.create_table(
        "budget_moves",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("from_campaign_id", sa.UUID(), nullable=False),
        sa.Column("to_campaign_id", sa.UUID(), nullable=False),
        sa.Column("from_line_id", sa.UUID(), nullable=True),
        sa.Column("to_line_id", sa.UUID(), nullable=True),
        sa.Column("from_name", sa.Text(), nullable=False),
        sa.Column("to_name", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False, comment="waiting, done or withdrawn"),
        sa.Column("asked_by", sa.Text(), server_default="", nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_budget_moves_amount")),
        sa.CheckConstraint("from_line_id <> to_line_id", name=op.f("ck_budget_moves_self")),
        sa.ForeignKeyConstraint(
            ["from_campaign_id"], ["campaigns.id"], name=op.f("fk_budget_moves_from_campaign_id"), ondelete="cascade"
        ),
        sa.ForeignKeyConstraint(
            ["from_line_id"], ["budget_lines.id"], name=op.f("fk_budget_moves_from_line_id"), ondelete="set null"
        ),
        sa.ForeignKeyConstraint(
            ["to_campaign_id"], ["campaigns.id"], name=op.f("fk_budget_moves_to_campaign_id"), ondelete="cascade"
        ),
        sa.ForeignKeyConstraint(
            ["to_line_id"], ["budget_lines.id"], name=op.f("fk_budget_moves_to_line_id"), ondelete="set null"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_moves")),
    )
    op.create_index(op.f("ix_budget_moves_from_campaign_id"), "budget_moves", ["from_campaign_id"], unique=False)
    op.create_index(op.f("ix_budget_moves_from_line_id"), "budget_moves", ["from_line_id"], unique=False)
    op.create_index(op.f("ix_budget_moves_to_campaign_id"), "budget_moves", ["to_campaign_id"], unique=False)
    op.create_index(op.f("ix_budget_moves_to_line_id"), "budget_moves", ["to_line_id"], unique=False)
    op.create_table(
        "spend_entries",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.UUID(), nullable=False),
        sa.Column("line_id", sa.UUID(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False, comment="commitment, invoice, media or adjustment"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False, comment="in the entry's currency, like gross_minor"),
        sa.Column("gross_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_rate", sa.Numeric(precision=7, scale=5), server_default="0", nullable=False),
        sa.Column("rate", sa.Numeric(precision=24, scale=12), server_default="1", nullable=False),
        sa.Column(
            "home_net_minor", sa.BigInteger(), nullable=False, comment="in the workspace's currency, like the next two"
        ),
        sa.Column("home_gross_minor", sa.BigInteger(), nullable=False),
        sa.Column("counted_minor", sa.BigInteger(), nullable=False, comment="net or gross as the workspace counts"),
        sa.Column("supplier", sa.Text(), server_default="", nullable=False),
        sa.Column("reference", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("source", sa.String(length=8), nullable=False, comment="manual, csv or api"),
        sa.Column("external_id", sa.Text(), nullable=True, comment="the same one twice is the same entry"),
        sa.Column(
            "commitment_id", sa.UUID(), nullable=True, comment="of a commitment: itself; else the one that it settles"
        ),
        sa.Column("reverses_id", sa.UUID(), nullable=True),
        sa.Column("entered_by", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "kind <> 'commitment' or commitment_id is not null", name=op.f("ck_spend_entries_commitment")
        ),
        sa.CheckConstraint(
            "kind = 'adjustment' or (net_minor < 0) = (reverses_id is not null)", name=op.f("ck_spend_entries_sign")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_spend_entries_campaign_id"), ondelete="cascade"
        ),
        sa.ForeignKeyConstraint(
            ["line_id"], ["budget_lines.id"], name=op.f("fk_spend_entries_line_id"), ondelete="cascade"
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["spend_entries.id"], name=op.f("fk_spend_entries_reverses_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spend_entries")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_spend_entries_reverses_id")),
        sa.UniqueConstraint("workspace_id", "external_id", name=op.f("uq_spend_entries_workspace_id_external_id")),
    )
    op.create_index("ix_spend_entries_campaign", "spend_entries", ["campaign_id", "id"], unique=False)
    op.create_index("ix_spend_entries_day", "spend_entries", ["workspace_id", "day"], unique=False)
    op.create_index("ix_spend_entries_line", "spend_entries", ["line_id", "day"], unique=False)
    # What was spent before there were entries is one.
    op.execute(
        "insert into spend_entries (id, workspace_id, campaign_id, line_id, kind, day, currency, net_minor,"
        " gross_minor, home_net_minor, home_gross_minor, counted_minor, source, entered_by)"
        " select gen_random_uuid(), workspace_id, campaign_id, id, 'adjustment', updated_at::date, currency,"
        " spent_minor, spent_minor, spent_minor, spent_minor, spent_minor, 'manual', updated_by"
        " from budget_lines where spent_minor > 0"
    )
