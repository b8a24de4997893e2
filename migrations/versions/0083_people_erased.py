"""An index of the few people who were erased: what came before is not written down afterwards."""

from alembic import op

revision = "0083"
down_revision = "0082"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("create index ix_people_erased on people (workspace_id, erased_at) where erased_at is not null")


def downgrade() -> None:
    op.execute("drop index ix_people_erased")
