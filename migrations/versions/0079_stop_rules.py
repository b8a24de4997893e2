"""Sends that are held once too much of them comes back."""

from alembic import op

revision = "0079"
down_revision = "0075"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("alter table dispatches add column stopped_for varchar(32)[] not null default '{}'")
    op.execute("comment on column dispatches.stopped_for is 'rules that have held it; none does so twice'")


def downgrade() -> None:
    op.execute("alter table dispatches drop column stopped_for")
