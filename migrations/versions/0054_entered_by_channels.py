"""Spend entries also come from channels, whose messages cost something."""

from alembic import op

revision = "0054"
down_revision = "0056"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("comment on column spend_entries.source is 'manual, csv, api or channel'")
