"""Priorities and goals above campaigns, briefs, the channel plan."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    briefs()


def briefs() -> None:
    """Passages, their changes, and kept versions."""
    op.create_table(
        "brief_changes",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.UUID(), nullable=False),
        sa.Column("passage_id", sa.UUID(), nullable=False),
        sa.Column("section", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_brief_changes_campaign_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brief_changes")),
        sa.UniqueConstraint("passage_id", "version", name=op.f("uq_brief_changes_passage_id_version")),
    )
    op.create_index("ix_brief_changes_campaign", "brief_changes", ["campaign_id", "id"], unique=False)
    op.create_table(
        "brief_passages",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.UUID(), nullable=False),
        sa.Column("section", sa.String(length=20), nullable=False),
        sa.Column("parent_id", sa.UUID(), nullable=True, comment="a message's audience passage"),
        sa.Column("audience_id", sa.UUID(), nullable=True),
        sa.Column(
            "kind", sa.String(length=12), nullable=True, comment="a message's start: motivation, objection or trigger"
        ),
        sa.Column("position", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_by", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["audience_id"], ["audiences.id"], name=op.f("fk_brief_passages_audience_id")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_brief_passages_campaign_id"), ondelete="cascade"
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["brief_passages.id"], name=op.f("fk_brief_passages_parent_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brief_passages")),
    )
    op.create_index(
        "ix_brief_passages_campaign", "brief_passages", ["campaign_id", "section", "position"], unique=False
    )
    op.create_index(
        "ix_brief_passages_words",
        "brief_passages",
        [sa.literal_column("to_tsvector('simple'::regconfig, text)")],
        unique=False,
        postgresql_using="gin",
    )
    op.create_table(
        "brief_versions",
        sa.Column("campaign_id", sa.UUID(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "content", postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment="the passages as they were"
        ),
        sa.Column("by", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_brief_versions_campaign_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("campaign_id", "number", name=op.f("pk_brief_versions")),
    )
