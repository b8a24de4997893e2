"""Requests for the page for leaving are hits too: by them programs are known."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.alter_column(
        "hits",
        "kind",
        existing_type=sa.String(length=8),
        existing_nullable=False,
        comment="open, click or page",
        existing_comment="open or click",
    )
