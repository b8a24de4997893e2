"""Sending that stands still says so: progress of dispatches, tries of batches, stalls of lanes, age of breakers."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "dispatches",
        sa.Column(
            "progressed_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when a message last got its outcome, to a few seconds",
        ),
    )
    op.add_column(
        "send_batches",
        sa.Column(
            "tries",
            sa.SmallInteger(),
            server_default="0",
            nullable=False,
            comment="leases that brought nothing, and death",
        ),
    )
    op.add_column(
        "breakers",
        sa.Column("since", sa.DateTime(timezone=True), nullable=True, comment="when the first of these failures was"),
    )
    op.create_table(
        "lane_stalls",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("worker", sa.Text(), nullable=False),
        sa.Column("batches", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_lane_stalls_workspace_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lane_stalls")),
    )
