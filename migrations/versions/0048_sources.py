"""A register of where data comes from, what came by each key, and what came in the last day."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0048"
down_revision = "0042"
branch_labels = None
depends_on = None

NOW = sa.text("now()")


def moment(name: str, *, null: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=null)


def workspace(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id"], ["workspaces.id"], name=op.f(f"fk_{table}_workspace_id"), ondelete="cascade"
    )


def upgrade() -> None:
    op.create_table(
        "sources",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False, comment="file, form, survey, crm, shop, site, app or agency"),
        sa.Column("owner_id", sa.UUID()),
        sa.Column(
            "legal_ground",
            sa.String(16),
            server_default="",
            nullable=False,
            comment="of GDPR's article 6; empty: unsaid",
        ),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("quiet_hours", sa.Integer(), comment="after so many without a sign its owner is told; null: never"),
        sa.Column("told_at", sa.DateTime(timezone=True), comment="when they were told of the present silence"),
        sa.Column("key_id", sa.UUID(), comment="the public key of its pages"),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.Column("updated_by", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        workspace("sources"),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_sources_owner_id"), ondelete="set null"),
        sa.ForeignKeyConstraint(["key_id"], ["api_keys.id"], name=op.f("fk_sources_key_id"), ondelete="set null"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
    )
    op.create_index(op.f("ix_sources_workspace_id"), "sources", ["workspace_id"])
    op.create_table(
        "source_links",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False, comment="key, form or import"),
        sa.Column("ref", sa.UUID(), nullable=False),
        sa.Column("source_id", sa.UUID(), nullable=False),
        workspace("source_links"),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_source_links_source_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "kind", "ref", name=op.f("pk_source_links")),
    )
    op.create_index(op.f("ix_source_links_source_id"), "source_links", ["source_id"])
    op.create_table(
        "signals",
        sa.Column("key_id", sa.UUID(), nullable=False),
        sa.Column(
            "host", sa.Text(), nullable=False, comment="of the page that a message came from; empty for programs"
        ),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False, comment="the first address seen, without what follows its path"),
        moment("first_at"),
        moment("last_at"),
        sa.Column("kept", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("refused", sa.BigInteger(), server_default="0", nullable=False),
        workspace("signals"),
        sa.ForeignKeyConstraint(["key_id"], ["api_keys.id"], name=op.f("fk_signals_key_id"), ondelete="cascade"),
        sa.PrimaryKeyConstraint("key_id", "host", name=op.f("pk_signals")),
    )
    op.create_index(op.f("ix_signals_workspace_id"), "signals", ["workspace_id"])
    op.create_table(
        "receipts",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.UUID(), nullable=False),
        moment("at"),
        sa.Column("kind", sa.String(16), nullable=False, comment="track, page … as it was sent"),
        sa.Column("name", sa.Text(), nullable=False, comment="of the event; empty where there is none"),
        sa.Column("outcome", sa.String(8), nullable=False, comment="kept, twice or refused"),
        sa.Column("code", sa.Text(), server_default="", nullable=False, comment="why it was refused"),
        sa.Column(
            "details",
            postgresql.JSONB(),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
            comment="values of that sentence",
        ),
        sa.Column(
            "changes",
            postgresql.JSONB(),
            server_default=sa.text("'[]'::jsonb"),
            nullable=False,
            comment="what was changed, by code",
        ),
        sa.Column("message", postgresql.JSONB(), comment="as it came, without the key; null where it was too large"),
        sa.Column("understood", postgresql.JSONB()),
        workspace("receipts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipts")),
    )
    op.create_index("ix_receipts_workspace", "receipts", ["workspace_id", "outcome", "id"])
    op.create_index("ix_receipts_at", "receipts", ["at"])
    op.execute("alter table receipts set unlogged")


def downgrade() -> None:
    for table in ("receipts", "signals", "source_links", "sources"):
        op.drop_table(table)
