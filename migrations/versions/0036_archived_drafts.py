"""Drafts of touchpoints and campaign templates are archived, not deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "touchpoints",
        sa.Column(
            "archived_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="a draft that was put away; no list or figure counts it",
        ),
    )
    op.create_check_constraint(
        op.f("ck_touchpoints_archived_as_draft"),
        "touchpoints",
        "archived_at is null or (launched_at is null and done_on is null)",
    )
    op.add_column("campaign_templates", sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("campaign_templates", "archived_at")
    op.drop_constraint(op.f("ck_touchpoints_archived_as_draft"), "touchpoints", type_="check")
    op.drop_column("touchpoints", "archived_at")
