"""Type, parent, stage and members of a campaign."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("campaigns", sa.Column("type", sa.String(length=16), server_default="email", nullable=False))
    op.add_column("campaigns", sa.Column("parent_id", sa.UUID(), nullable=True))
    op.add_column(
        "campaigns",
        sa.Column(
            "stage",
            sa.String(length=8),
            server_default="plan",
            nullable=False,
            comment="plan, audience, create, launch or learn",
        ),
    )
    op.execute(
        "update campaigns set stage = case when state = 'running' then 'launch' when state = 'ended' then 'learn'"
        " when exists (select 1 from touchpoints t where t.campaign_id = campaigns.id and t.launched_at is not null)"
        " then 'learn' else 'plan' end where state <> 'planned'"
    )
    op.create_index(op.f("ix_campaigns_parent_id"), "campaigns", ["parent_id"], unique=False)
    op.create_foreign_key(
        op.f("fk_campaigns_parent_id"), "campaigns", "campaigns", ["parent_id"], ["id"], ondelete="set null"
    )
    op.create_table(
        "campaign_members",
        sa.Column("campaign_id", sa.UUID(), nullable=False),
        sa.Column("user_id", sa.UUID(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=16), nullable=False, comment="does, reviews, approves or informed"),
        sa.Column("added_by", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaigns.id"],
            name=op.f("fk_campaign_members_campaign_id"),
            ondelete="cascade",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_campaign_members_user_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("campaign_id", "user_id", name=op.f("pk_campaign_members")),
    )
    op.create_index("ix_campaign_members_user", "campaign_members", ["user_id", "workspace_id"], unique=False)
