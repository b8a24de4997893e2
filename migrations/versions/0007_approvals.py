"""Approval rules, groups, requests and decisions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "approval_groups",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_by", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_approval_groups_workspace_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_groups")),
        sa.UniqueConstraint("workspace_id", "name", name=op.f("uq_approval_groups_workspace_id_name")),
    )
    op.create_table(
        "approval_group_members",
        sa.Column("group_id", sa.UUID(), nullable=False),
        sa.Column("user_id", sa.UUID(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["approval_groups.id"], name=op.f("fk_approval_group_members_group_id"), ondelete="cascade"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_approval_group_members_user_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("group_id", "user_id", name=op.f("pk_approval_group_members")),
    )
    op.create_index(op.f("ix_approval_group_members_user_id"), "approval_group_members", ["user_id"], unique=False)
    op.create_table(
        "approval_stand_ins",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.UUID(), nullable=False),
        sa.Column("for_user_id", sa.UUID(), nullable=False, comment="a member of the group"),
        sa.Column("user_id", sa.UUID(), nullable=False),
        sa.Column(
            "starts_on", sa.Date(), nullable=True, comment="inclusive, in the workspace's zone; null: always has been"
        ),
        sa.Column("ends_on", sa.Date(), nullable=True, comment="inclusive; null: for good"),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_approval_stand_ins_period")),
        sa.CheckConstraint("user_id <> for_user_id", name=op.f("ck_approval_stand_ins_somebody_else")),
        sa.ForeignKeyConstraint(
            ["for_user_id"], ["users.id"], name=op.f("fk_approval_stand_ins_for_user_id"), ondelete="cascade"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["approval_groups.id"], name=op.f("fk_approval_stand_ins_group_id"), ondelete="cascade"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_approval_stand_ins_user_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_stand_ins")),
    )
    op.create_index(op.f("ix_approval_stand_ins_group_id"), "approval_stand_ins", ["group_id"], unique=False)
    op.create_index(op.f("ix_approval_stand_ins_user_id"), "approval_stand_ins", ["user_id"], unique=False)
    op.create_table(
        "approval_rules",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind", sa.String(length=16), nullable=False, comment="launch, budget, reallocation, goal, brief or content"
        ),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column("enabled", sa.Boolean(), server_default="true", nullable=False),
        sa.Column(
            "over_minor", sa.BigInteger(), nullable=True, comment="only above this amount, in the workspace's currency"
        ),
        sa.Column("over_people", sa.BigInteger(), nullable=True, comment="only above this many people"),
        sa.Column(
            "channels",
            postgresql.ARRAY(sa.Text()),
            server_default=sa.text("'{}'::text[]"),
            nullable=False,
            comment="empty: any",
        ),
        sa.Column(
            "categories",
            postgresql.ARRAY(sa.Text()),
            server_default=sa.text("'{}'::text[]"),
            nullable=False,
            comment="empty: any",
        ),
        sa.Column(
            "risks",
            postgresql.ARRAY(sa.Text()),
            server_default=sa.text("'{}'::text[]"),
            nullable=False,
            comment="one is enough",
        ),
        sa.Column(
            "steps",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="[{kind, ref, quorum, days}] in order",
        ),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_by", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_approval_rules_workspace_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_rules")),
    )
    op.create_index("ix_approval_rules_workspace", "approval_rules", ["workspace_id", "position", "id"], unique=False)
    op.create_table(
        "approval_requests",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.UUID(), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.UUID(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False, comment="the subject's name when it was asked for"),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("asked_by", sa.UUID(), nullable=True, comment="the member, or who made the API key"),
        sa.Column("asked_by_name", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.String(length=16),
            nullable=False,
            comment="waiting, approved, changes, refused, withdrawn or replaced",
        ),
        sa.Column(
            "step", sa.SmallInteger(), server_default="0", nullable=False, comment="position of the step that is open"
        ),
        sa.Column(
            "content",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="everything the approval covers, as it was",
        ),
        sa.Column("fingerprint", sa.String(length=64), nullable=False, comment="of the content"),
        sa.Column("amount_minor", sa.BigInteger(), nullable=True),
        sa.Column("audience_size", sa.BigInteger(), nullable=True),
        sa.Column("channel", sa.Text(), server_default="", nullable=False),
        sa.Column("category", sa.Text(), server_default="", nullable=False),
        sa.Column("risks", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'::text[]"), nullable=False),
        sa.Column(
            "void_since",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="as last noticed; what decides is computed anew each time",
        ),
        sa.Column(
            "changes",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            nullable=True,
            comment="why it is void, as last noticed",
        ),
        sa.Column(
            "settled_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="what was approved has happened; nothing voids it any more",
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["users.id"], name=op.f("fk_approval_requests_asked_by"), ondelete="set null"
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_approval_requests_campaign_id"), ondelete="cascade"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_approval_requests_workspace_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_requests")),
    )
    op.create_index(op.f("ix_approval_requests_campaign_id"), "approval_requests", ["campaign_id"], unique=False)
    op.create_index(
        "ix_approval_requests_open",
        "approval_requests",
        ["workspace_id"],
        unique=False,
        postgresql_where=sa.text("state in ('waiting', 'approved') and settled_at is null"),
    )
    op.create_index(
        "ix_approval_requests_subject", "approval_requests", ["workspace_id", "kind", "subject_id", "id"], unique=False
    )
    op.create_index("ix_approval_requests_workspace", "approval_requests", ["workspace_id", "id"], unique=False)
    op.create_index(
        "uq_approval_requests_waiting",
        "approval_requests",
        ["workspace_id", "kind", "subject_id"],
        unique=True,
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "approval_steps",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.UUID(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("approver_kind", sa.String(length=8), nullable=False, comment="group, role or part"),
        sa.Column("approver_ref", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False, comment="the group's name when it was asked"),
        sa.Column("quorum", sa.String(length=8), nullable=False, comment="any or all"),
        sa.Column("days", sa.SmallInteger(), nullable=True),
        sa.Column(
            "alone", sa.Boolean(), server_default="false", nullable=False, comment="only who asked could say yes"
        ),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "escalated_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="overdue: stand-ins may decide whatever their dates",
        ),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["request_id"], ["approval_requests.id"], name=op.f("fk_approval_steps_request_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_steps")),
        sa.UniqueConstraint("request_id", "position", name=op.f("uq_approval_steps_request_id_position")),
    )
    op.create_index(
        "ix_approval_steps_due",
        "approval_steps",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("done_at is null and escalated_at is null"),
    )
    op.create_table(
        "approval_decisions",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.UUID(), nullable=False),
        sa.Column("step_id", sa.UUID(), nullable=False),
        sa.Column("user_id", sa.UUID(), nullable=True),
        sa.Column("user_name", sa.Text(), nullable=False),
        sa.Column(
            "seats", postgresql.ARRAY(sa.UUID()), nullable=False, comment="whom they spoke for, themselves included"
        ),
        sa.Column("verdict", sa.String(length=8), nullable=False, comment="approve, changes or refuse"),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["approval_requests.id"], name=op.f("fk_approval_decisions_request_id"), ondelete="cascade"
        ),
        sa.ForeignKeyConstraint(
            ["step_id"], ["approval_steps.id"], name=op.f("fk_approval_decisions_step_id"), ondelete="cascade"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_approval_decisions_user_id"), ondelete="set null"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_decisions")),
        sa.UniqueConstraint("step_id", "user_id", name=op.f("uq_approval_decisions_step_id_user_id")),
    )
    op.create_index(op.f("ix_approval_decisions_request_id"), "approval_decisions", ["request_id"], unique=False)
