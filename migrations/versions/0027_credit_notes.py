"""Credit notes lower what was spent; more can come back than was spent.

Revision ID: 0027
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0015"
branch_labels = None
depends_on = None

_SIGN = (
    "case kind when 'adjustment' then true when 'credit' then (net_minor > 0) = (reverses_id is not null)"
    " else (net_minor < 0) = (reverses_id is not null) end"
)


def upgrade() -> None:
    op.drop_constraint(op.f("ck_budget_lines_amounts"), "budget_lines")
    op.create_check_constraint(op.f("ck_budget_lines_amounts"), "budget_lines", "planned_minor >= 0")
    op.drop_constraint(op.f("ck_spend_entries_sign"), "spend_entries")
    op.create_check_constraint(op.f("ck_spend_entries_sign"), "spend_entries", _SIGN)
    op.alter_column(
        "spend_entries",
        "kind",
        existing_type=sa.String(length=12),
        existing_nullable=False,
        existing_comment="commitment, invoice, media or adjustment",
        comment="commitment, invoice, media, credit or adjustment",
    )
