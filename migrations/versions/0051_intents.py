"""Which family of intent events belong to, and the limits between the fifths of a workspace's customers."""

from alembic import op

revision = "0051"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        create table intent_events (
            workspace_id integer not null references workspaces (id) on delete cascade,
            name text not null,
            family varchar(16),
            constraint pk_intent_events primary key (workspace_id, name),
            constraint ck_intent_events_family check (family in ('awareness', 'consideration', 'purchase'))
        )
    """)
    op.execute("""
        create table customer_fifths (
            workspace_id integer not null references workspaces (id) on delete cascade,
            customers bigint not null,
            recency timestamptz[] not null,
            frequency bigint[] not null,
            monetary bigint[] not null,
            taken_at timestamptz not null default now(),
            constraint pk_customer_fifths primary key (workspace_id)
        )
    """)
    op.execute("comment on column intent_events.family is 'NULL: of none, although it would be by its name'")
    op.execute("comment on column customer_fifths.recency is 'four limits, rising'")
    op.execute("comment on column customer_fifths.monetary is 'sums of amounts, minor units'")


def downgrade() -> None:
    op.execute("drop table customer_fifths")
    op.execute("drop table intent_events")
