"""The name a workspace's mail server is greeted with."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "email_settings",
        sa.Column("hello", sa.Text(), server_default="", nullable=False, comment="our name in EHLO; empty: worked out"),
    )


def downgrade() -> None:
    op.drop_column("email_settings", "hello")
