"""Whom an import made is found without reading everybody."""

from alembic import op

revision = "0080"
down_revision = "0068"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_people_created", "people", ["created_at"], postgresql_using="brin")


def downgrade() -> None:
    op.drop_index("ix_people_created", "people")
