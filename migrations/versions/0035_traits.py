"""Traits that events tell of people and no attribute holds yet."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0035"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "people",
        sa.Column(
            "undeclared",
            postgresql.JSONB(),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
            comment="traits without attribute",
        ),
    )
    op.create_table(
        "trait_proposals",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column(
            "key", sa.String(length=63), nullable=False, comment="as an attribute would have it, or a declared one's"
        ),
        sa.Column("name", sa.Text(), nullable=False, comment="as the sender writes it"),
        sa.Column("fits", sa.Boolean(), nullable=False, comment="false: a declared attribute cannot hold the example"),
        sa.Column("type", sa.String(length=16), nullable=False, comment="what the values look like"),
        sa.Column("example", sa.Text(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("dismissed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_trait_proposals_workspace_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "key", name=op.f("pk_trait_proposals")),
    )


def downgrade() -> None:
    op.drop_table("trait_proposals")
    op.drop_column("people", "undeclared")
