"""Remarks know the link that they were made by, so that its user sees the replies to them and no others."""

from alembic import op

revision = "0086"
down_revision = "0085"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "alter table review_pins add column link_id uuid"
        " constraint fk_review_pins_link_id_review_links references review_links (id) on delete set null"
    )
    op.execute("comment on column review_pins.link_id is 'by which it was made; null: none'")


def downgrade() -> None:
    op.execute("alter table review_pins drop column link_id")
