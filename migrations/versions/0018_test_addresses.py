"""Addresses that take test messages though they are no member's, and which mails of the sandbox are tests."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "test_addresses",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_test_addresses_workspace_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "address", name=op.f("pk_test_addresses")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_test_addresses_token_hash")),
    )
    op.add_column(
        "sandbox_mails",
        sa.Column("test", sa.Boolean(), server_default=sa.text("false"), nullable=False, comment="a test message"),
    )


def downgrade() -> None:
    op.drop_column("sandbox_mails", "test")
    op.drop_table("test_addresses")
