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
    goals()
    touchpoints()
    channel_plan()


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


def goals() -> None:
    """Priorities of a year, and goals above campaigns beside the campaigns' own."""
    op.create_table(
        "priorities",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.String(length=12),
            nullable=False,
            comment="leads, purchases, loyalty, spend, awareness or new_audience",
        ),
        sa.Column("owner_id", sa.UUID(), nullable=True),
        sa.Column("position", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_by", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_priorities_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_priorities")),
    )
    op.create_index("ix_priorities_year", "priorities", ["workspace_id", "year", "position"], unique=False)
    op.alter_column("goals", "campaign_id", nullable=True, comment="null: above campaigns")
    op.add_column("goals", sa.Column("name", sa.Text(), server_default="", nullable=False, comment="the goal in words"))
    op.add_column("goals", sa.Column("owner_id", sa.UUID(), nullable=True, comment="who answers for it"))
    op.add_column("goals", sa.Column("priority_id", sa.UUID(), nullable=True))
    op.add_column("goals", sa.Column("parent_id", sa.UUID(), nullable=True, comment="what a campaign's serves"))
    op.add_column(
        "goals",
        sa.Column(
            "starts_on", sa.Date(), nullable=True, comment="of a goal above; a campaign's begins with its campaign"
        ),
    )
    op.add_column(
        "goals",
        sa.Column("told_version", sa.Integer(), nullable=True, comment="the version that the team was last told"),
    )
    op.add_column("goals", sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("goals", sa.Column("told_by", sa.Text(), server_default="", nullable=False))
    op.create_foreign_key(op.f("fk_goals_owner_id"), "goals", "users", ["owner_id"], ["id"])
    op.create_foreign_key(
        op.f("fk_goals_priority_id"), "goals", "priorities", ["priority_id"], ["id"], ondelete="set null"
    )
    op.create_foreign_key(op.f("fk_goals_parent_id"), "goals", "goals", ["parent_id"], ["id"], ondelete="set null")
    op.create_index(op.f("ix_goals_priority_id"), "goals", ["priority_id"], unique=False)
    op.create_index(op.f("ix_goals_parent_id"), "goals", ["parent_id"], unique=False)
    op.create_index("ix_goals_workspace", "goals", ["workspace_id", "id"], unique=False)
    op.create_check_constraint(
        op.f("ck_goals_place"),
        "goals",
        "case when campaign_id is null then parent_id is null else priority_id is null and starts_on is null end",
    )


def touchpoints() -> None:
    """What touchpoints of other channels need: words, who pays, and how they were carried out."""
    op.add_column(
        "touchpoints",
        sa.Column("note", sa.Text(), server_default="", nullable=False, comment="what it says or shows, in words"),
    )
    op.add_column("touchpoints", sa.Column("budget_line_id", sa.UUID(), nullable=True, comment="what pays for it"))
    op.add_column(
        "touchpoints",
        sa.Column(
            "done_on",
            sa.Date(),
            nullable=True,
            comment="the day it was carried out elsewhere; null for what Gonfalon sends",
        ),
    )
    op.add_column("touchpoints", sa.Column("done_by", sa.Text(), server_default="", nullable=False))
    op.add_column(
        "touchpoints",
        sa.Column(
            "reached",
            sa.BigInteger(),
            nullable=True,
            comment="people it reached, as told by where it was carried out",
        ),
    )
    op.add_column("touchpoints", sa.Column("cost_minor", sa.BigInteger(), nullable=True, comment="what it cost there"))
    op.create_foreign_key(
        op.f("fk_touchpoints_budget_line_id"),
        "touchpoints",
        "budget_lines",
        ["budget_line_id"],
        ["id"],
        ondelete="set null",
    )
    op.create_check_constraint(
        op.f("ck_touchpoints_done_or_launched"), "touchpoints", "done_on is null or launched_at is null"
    )


def channel_plan() -> None:
    """Segments and contacts of a campaign's grid."""
    op.create_table(
        "plan_segments",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.UUID(), nullable=False),
        sa.Column("audience_id", sa.UUID(), nullable=True),
        sa.Column(
            "name",
            sa.Text(),
            server_default="",
            nullable=False,
            comment="a persona in words; else the audience names it",
        ),
        sa.Column("position", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_by", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["audience_id"], ["audiences.id"], name=op.f("fk_plan_segments_audience_id")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_plan_segments_campaign_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_segments")),
    )
    op.create_index("ix_plan_segments_campaign", "plan_segments", ["campaign_id", "position"], unique=False)
    op.create_table(
        "plan_contacts",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("segment_id", sa.UUID(), nullable=False),
        sa.Column(
            "stage", sa.String(length=16), nullable=False, comment="awareness, consideration, purchase or loyalty"
        ),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column(
            "content",
            sa.String(length=24),
            server_default="",
            nullable=False,
            comment="kind of content, in words or by code",
        ),
        sa.Column("note", sa.Text(), server_default="", nullable=False, comment="what it says"),
        sa.Column(
            "ticked",
            sa.ARRAY(sa.Text()),
            server_default=sa.text("'{}'::text[]"),
            nullable=False,
            comment="codes of the checklist",
        ),
        sa.Column("touchpoint_id", sa.UUID(), nullable=True),
        sa.Column("position", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_by", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["segment_id"], ["plan_segments.id"], name=op.f("fk_plan_contacts_segment_id"), ondelete="cascade"
        ),
        sa.ForeignKeyConstraint(
            ["touchpoint_id"], ["touchpoints.id"], name=op.f("fk_plan_contacts_touchpoint_id"), ondelete="set null"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_contacts")),
    )
    op.create_index(op.f("ix_plan_contacts_segment_id"), "plan_contacts", ["segment_id"], unique=False)
    op.create_index(op.f("ix_plan_contacts_touchpoint_id"), "plan_contacts", ["touchpoint_id"], unique=False)
