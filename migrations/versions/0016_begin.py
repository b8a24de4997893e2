"""A launch takes its audience when sending begins; how many were planned; since when a dispatch is in its state."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "dispatches",
        sa.Column(
            "frozen",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
            comment="its audience was taken at the launch",
        ),
    )
    op.add_column(
        "dispatches",
        sa.Column(
            "planned",
            sa.Integer(),
            nullable=True,
            comment="how many people would have got it when it was launched",
        ),
    )
    op.add_column(
        "dispatches",
        sa.Column(
            "state_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="state since",
        ),
    )
    # What was launched before had its audience taken then.
    op.execute("update dispatches set frozen = true")
