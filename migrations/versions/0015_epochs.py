"""Lives of the database, and how far senders that are gone had come: a restored or copied database holds and asks."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "sender_leases",
        sa.Column(
            "mark",
            sa.UUID(),
            server_default=sa.text("gen_random_uuid()"),
            nullable=False,
            comment="its name outside: a restored database gives numbers again, but no marks",
        ),
    )
    op.create_table(
        "past_leases",
        sa.Column("mark", sa.UUID(), nullable=False),
        sa.Column("tick", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_past_leases")),
    )
    op.create_table(
        "epochs",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("number", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "finding",
            sa.String(length=32),
            nullable=False,
            comment="why it began: same (the first), behind, other_server …",
        ),
        sa.Column("dispatches", sa.Integer(), server_default="0", nullable=False, comment="held when it began"),
        sa.Column(
            "mails", sa.Integer(), server_default="0", nullable=False, comment="to members, not sent when it began"
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_epochs")),
    )
