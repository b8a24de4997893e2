"""What brought people to a site, codes of touchpoints, and results that were typed in.

Revision ID: 0032
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0032"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "events",
        sa.Column(
            "arrival", JSONB(none_as_null=True), comment="what the visit came by: UTM values, name of a click id"
        ),
    )
    op.add_column("touchpoints", sa.Column("code", sa.Text(), server_default="", nullable=False, comment="voucher"))
    op.add_column(
        "touchpoints",
        sa.Column("told_conversions", sa.BigInteger(), comment="conversions typed in, that no event tells of"),
    )
    op.add_column(
        "touchpoints", sa.Column("told_revenue_minor", sa.BigInteger(), comment="what the typed conversions brought")
    )
