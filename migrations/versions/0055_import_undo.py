"""What imports would do, what they changed, and how they were undone."""

from alembic import op

revision = "0055"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("alter table imports add trial jsonb, add transaction xid8, add undo jsonb")
    op.execute("comment on column imports.trial is 'what it would do, as last found out before the start'")
    op.execute(
        "comment on column imports.transaction is 'which wrote its people: those still of it are untouched since'"
    )
    op.execute("comment on column imports.undo is 'who had it undone, and what that did'")
    op.execute("""
        create table import_changes (
            import_id uuid not null,
            person_id bigint not null,
            workspace_id integer not null,
            before jsonb not null,
            after jsonb not null,
            constraint pk_import_changes primary key (import_id, person_id),
            constraint fk_import_changes_import_id foreign key (import_id) references imports (id) on delete cascade
        )
    """)
    op.execute("comment on column import_changes.before is 'what was known; null: nothing'")
    op.execute("comment on column import_changes.after is 'what the import changed'")


def downgrade() -> None:
    op.execute("drop table import_changes")
    op.execute("alter table imports drop trial, drop transaction, drop undo")
