"""Approvals that who is bound by them cannot loosen: rules of before, facts of late, the bench as it was asked."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "past_approval_rules",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("over_minor", sa.BigInteger(), nullable=True),
        sa.Column("over_people", sa.BigInteger(), nullable=True),
        sa.Column("channels", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("categories", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("risks", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("steps", postgresql.JSONB(), nullable=False),
        sa.Column(
            "until",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when it was changed, switched off or deleted",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_past_approval_rules_workspace_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_approval_rules")),
    )
    op.create_index("ix_past_approval_rules_workspace", "past_approval_rules", ["workspace_id", "kind", "until"])
    op.create_table(
        "campaign_facts",
        sa.Column("campaign_id", sa.UUID(), nullable=False),
        sa.Column("category", sa.String(length=16), nullable=False),
        sa.Column(
            "at_stake_minor",
            sa.BigInteger(),
            nullable=False,
            comment="planned or, where that is more, ordered and spent",
        ),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column(
            "at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="it was so then",
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_facts_campaign_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("campaign_id", "category", "at_stake_minor", name=op.f("pk_campaign_facts")),
    )
    op.add_column(
        "approval_steps",
        sa.Column(
            "seats",
            postgresql.JSONB(),
            nullable=True,
            comment="[[user, [[stand-in, starts, ends]]]] as it was asked; null: asked before that was kept",
        ),
    )
    op.add_column(
        "approval_steps",
        sa.Column(
            "bench",
            postgresql.ARRAY(sa.UUID()),
            nullable=True,
            comment="who may decide it, as last noticed; for lists",
        ),
    )
    op.alter_column("approval_steps", "alone", comment="the only owner asked, nobody else can", existing_nullable=False)
    op.add_column(
        "approval_decisions",
        sa.Column(
            "alone",
            sa.Boolean(),
            server_default="false",
            nullable=False,
            comment="by the only owner, who had asked",
        ),
    )
