"""Rows that are kept once for all mails."""

from alembic import op

revision = "0068"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        create table shared_rows (
            id uuid not null,
            workspace_id integer not null references workspaces (id) on delete cascade,
            name text not null,
            source text not null,
            version integer not null,
            updated_at timestamptz not null default now(),
            archived_at timestamptz,
            created_at timestamptz not null default now(),
            constraint pk_shared_rows primary key (id)
        )
    """)
    op.execute("create index ix_shared_rows_workspace_id on shared_rows (workspace_id)")
    op.execute("comment on column shared_rows.source is 'MJML of sections, as it stands in mails'")


def downgrade() -> None:
    op.execute("drop table shared_rows")
