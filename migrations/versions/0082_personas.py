"""Described buyers with their figures and findings."""

from alembic import op

revision = "0082"
down_revision = "0086"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        create table personas (
            id uuid not null,
            workspace_id integer not null,
            name text not null,
            summary text not null default '',
            audience_id uuid,
            owner_id uuid,
            portrait jsonb not null,
            before jsonb,
            drifts jsonb not null default '[]',
            reviewed_on date,
            archived_at timestamptz,
            version integer not null default 1,
            updated_at timestamptz not null default now(),
            updated_by text not null default '',
            created_at timestamptz not null default now(),
            constraint pk_personas primary key (id),
            constraint fk_personas_workspace_id_workspaces foreign key (workspace_id)
                references workspaces (id) on delete cascade,
            constraint fk_personas_audience_id_audiences foreign key (audience_id)
                references audiences (id) on delete set null,
            constraint fk_personas_owner_id_users foreign key (owner_id) references users (id) on delete set null
        )
    """)
    op.execute("create index ix_personas_workspace on personas (workspace_id, id)")
    op.execute("create index ix_personas_audience_id on personas (audience_id)")
    op.execute("comment on column personas.portrait is 'what is said of the buyer (personas.model.Portrait)'")
    op.execute(
        "comment on column personas.before is"
        " 'figures of the last review, that later ones are compared with; NULL: none yet'"
    )
    op.execute("comment on column personas.drifts is 'as last looked for'")
    op.execute("comment on column personas.reviewed_on is 'when somebody last said that it still holds; NULL: never'")
    op.execute("""
        create table persona_figures (
            persona_id uuid not null,
            day date not null,
            workspace_id integer not null,
            figures jsonb not null,
            constraint pk_persona_figures primary key (persona_id, day),
            constraint fk_persona_figures_persona_id_personas foreign key (persona_id)
                references personas (id) on delete cascade
        )
    """)
    op.execute("comment on column persona_figures.day is 'in the workspace''s zone'")
    op.execute("comment on column persona_figures.figures is 'personas.model.MemberFigures'")
    op.execute("""
        create table persona_notes (
            id uuid not null,
            workspace_id integer not null,
            persona_id uuid not null,
            kind varchar(16) not null,
            finding text not null,
            evidence text not null default '',
            "on" date not null,
            created_by text not null,
            created_at timestamptz not null default now(),
            constraint pk_persona_notes primary key (id),
            constraint ck_persona_notes_kind check (kind in ('interview', 'survey', 'crm', 'analytics', 'other')),
            constraint fk_persona_notes_persona_id_personas foreign key (persona_id)
                references personas (id) on delete cascade
        )
    """)
    op.execute('create index ix_persona_notes_persona on persona_notes (persona_id, "on")')


def downgrade() -> None:
    op.execute("drop table persona_notes")
    op.execute("drop table persona_figures")
    op.execute("drop table personas")
