"""The account log: who signed in, who was refused."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account_log",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False, comment="signed_in, sign_in_refused …: log/model.py"),
        sa.Column("user_id", sa.UUID(), nullable=True),
        sa.Column("key_id", sa.UUID(), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=True, comment="where a request was refused"),
        sa.Column(
            "detail",
            sa.Text(),
            server_default="",
            nullable=False,
            comment="the code or permission; never a secret",
        ),
        sa.Column("ip", sa.Text(), server_default="", nullable=False),
        sa.Column("user_agent", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "hour",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="the same thing again within it is counted",
        ),
        sa.Column("count", sa.Integer(), server_default="1", nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column(
            "at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False, comment="the last time"
        ),
        sa.ForeignKeyConstraint(["key_id"], ["api_keys.id"], name=op.f("fk_account_log_key_id"), ondelete="cascade"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_account_log_user_id"), ondelete="cascade"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_account_log_workspace_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_log")),
    )
    op.create_index(
        "uq_account_log_again",
        "account_log",
        ["user_id", "key_id", "workspace_id", "kind", "detail", "ip", "hour"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    op.create_index("ix_account_log_user", "account_log", ["user_id", "id"])
    op.create_index(
        "ix_account_log_workspace",
        "account_log",
        ["workspace_id", "id"],
        postgresql_where=sa.text("workspace_id is not null"),
    )
    op.create_index("ix_account_log_at", "account_log", ["at"])
