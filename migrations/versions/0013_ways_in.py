"""Links for a new password, what became of an invitation's mail, and mails of the sandbox that few may read."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "password_links",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("user_id", sa.UUID(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_password_links_user_id"), ondelete="cascade"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_password_links")),
    )
    op.create_index(op.f("ix_password_links_user_id"), "password_links", ["user_id"], unique=False)
    op.add_column(
        "invitations",
        sa.Column(
            "mail_state",
            sa.String(length=16),
            server_default="none",
            nullable=False,
            comment="none, waiting, sent, refused, not_sent or unknown",
        ),
    )
    op.add_column(
        "invitations",
        sa.Column("mail_detail", sa.Text(), server_default="", nullable=False, comment="the mail server's words"),
    )
    op.add_column(
        "sandbox_mails",
        sa.Column(
            "private",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
            comment="lets somebody in: shown to those who may manage members",
        ),
    )
