"""A catalogue of events: what comes, in which rhythm, with which properties."""

import sqlalchemy as sa
from alembic import op

from gonfalon.kit.db import Xid8

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

NOW = sa.text("now()")


def moment(name: str, *, null: bool = False, comment: str | None = None) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=null, comment=comment)


def kind(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["kind_id"], ["event_kinds.id"], name=op.f(f"fk_{table}_kind_id"), ondelete="cascade"
    )


def upgrade() -> None:
    op.create_table(
        "event_kinds",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.UUID()),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        moment("first_at"),
        moment("last_at"),
        sa.Column("count", sa.BigInteger(), server_default="0", nullable=False),
        moment("told_at", null=True, comment="when its owner was told of the present silence"),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.Column("updated_by", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_event_kinds_workspace_id"), ondelete="cascade"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_event_kinds_owner_id"), ondelete="set null"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_kinds")),
        sa.UniqueConstraint("workspace_id", "name", name=op.f("uq_event_kinds_workspace_id_name")),
    )
    op.create_table(
        "event_days",
        sa.Column("kind_id", sa.UUID(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False, comment="when they came, in UTC"),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("longest_pause", sa.Integer(), nullable=False, comment="seconds before one of the day, the longest"),
        kind("event_days"),
        sa.PrimaryKeyConstraint("kind_id", "day", name=op.f("pk_event_days")),
    )
    op.create_table(
        "event_shapes",
        sa.Column("kind_id", sa.UUID(), nullable=False),
        sa.Column("property", sa.Text(), nullable=False),
        sa.Column("type", sa.String(8), nullable=False, comment="text, number, boolean, list or object"),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        moment("first_at"),
        moment("last_at"),
        moment("told_at", null=True, comment="when its owner was told that it is another type than usual"),
        moment("settled_at", null=True, comment="when somebody said that this is right"),
        kind("event_shapes"),
        sa.PrimaryKeyConstraint("kind_id", "property", "type", name=op.f("pk_event_shapes")),
    )
    op.create_table(
        "catalogue_reading",
        sa.Column("one", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("learned", sa.BigInteger(), nullable=False, comment="events up to this id are in the catalogue"),
        sa.Column("seen", sa.BigInteger(), nullable=False, comment="the newest id when it was last looked"),
        sa.Column(
            "until",
            Xid8(),
            nullable=False,
            comment="once no transaction before this runs, all up to `seen` are there",
        ),
        sa.PrimaryKeyConstraint("one", name=op.f("pk_catalogue_reading")),
    )
    # What came long ago says little of the rhythm today.
    op.execute(
        "insert into catalogue_reading (learned, seen, until)"
        " select greatest(coalesce(max(id), 0) - 200000, 0), greatest(coalesce(max(id), 0) - 200000, 0),"
        " pg_current_xact_id() from events"
    )


def downgrade() -> None:
    for table in ("catalogue_reading", "event_shapes", "event_days", "event_kinds"):
        op.drop_table(table)
