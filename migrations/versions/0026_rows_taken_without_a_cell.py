"""Rows of a file that are taken without one of their cells are told of too.

Revision ID: 0026
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "import_rejects",
        sa.Column(
            "taken", sa.Boolean(), server_default=sa.text("false"), nullable=False, comment="taken, without a cell"
        ),
    )
    op.alter_column("import_rejects", "reason", comment="a code of imports.reasons.REASONS")


def downgrade() -> None:
    op.drop_column("import_rejects", "taken")
    op.alter_column("import_rejects", "reason", comment="a code of imports.rules.REASONS")
