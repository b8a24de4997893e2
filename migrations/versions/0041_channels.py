"""A channel is a thing that one adds: dispatches need no sender identity, touchpoints name any channel's sender."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.alter_column(
        "dispatches",
        "sender_identity_id",
        existing_type=sa.UUID(),
        nullable=True,
        comment="null where the channel names nobody",
    )
    op.alter_column(
        "dispatches",
        "sender",
        existing_type=sa.dialects.postgresql.JSONB(),
        comment="whom it is from, as frozen by its channel",
    )
    op.drop_constraint(op.f("fk_touchpoints_sender_identity_id"), "touchpoints", type_="foreignkey")
    op.alter_column(
        "touchpoints",
        "sender_identity_id",
        existing_type=sa.UUID(),
        comment="a sender of its channel",
    )


def downgrade() -> None:
    op.alter_column("touchpoints", "sender_identity_id", existing_type=sa.UUID(), comment=None)
    op.create_foreign_key(
        op.f("fk_touchpoints_sender_identity_id"),
        "touchpoints",
        "sender_identities",
        ["sender_identity_id"],
        ["id"],
    )
    op.alter_column(
        "dispatches",
        "sender",
        existing_type=sa.dialects.postgresql.JSONB(),
        comment="whom it is from, frozen: Identity by name",
    )
    op.alter_column("dispatches", "sender_identity_id", existing_type=sa.UUID(), nullable=False, comment=None)
