"""What the team's manual says of audiences: owner, source, the three questions, when it was last reviewed."""

from alembic import op

revision = "0061"
down_revision = "0055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        create table audience_definitions (
            id uuid not null references audiences (id) on delete cascade,
            workspace_id integer not null references workspaces (id) on delete cascade,
            owner_id uuid references users (id) on delete set null,
            main boolean not null default false,
            ideal boolean not null default false,
            source text not null default '',
            problem text not null default '',
            frustration text not null default '',
            pays text not null default '',
            evidence text not null default '',
            reviewed_on date,
            version integer not null default 1,
            updated_at timestamptz not null default now(),
            updated_by text not null default '',
            constraint pk_audience_definitions primary key (id)
        )
    """)
    op.execute("create index ix_audience_definitions_workspace_id on audience_definitions (workspace_id)")
    for column, comment in {
        "id": "the audience''s",
        "main": "one of the main segments",
        "ideal": "the ideal customer profile",
        "source": "where its data comes from",
        "problem": "who has the problem",
        "frustration": "which frustration is behind it",
        "pays": "what they would pay",
        "evidence": "how that is known",
        "reviewed_on": "when somebody last said that it still holds; NULL: never",
    }.items():
        op.execute(f"comment on column audience_definitions.{column} is '{comment}'")


def downgrade() -> None:
    op.execute("drop table audience_definitions")
