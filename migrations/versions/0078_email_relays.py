"""Several relays of one workspace."""

from alembic import op

revision = "0078"
down_revision = "0077"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        create table email_relays (
            id uuid not null,
            workspace_id integer not null references workspaces (id) on delete cascade,
            name text not null,
            provider varchar(16) not null,
            host text not null default '',
            port integer not null default 587,
            security varchar(16) not null default 'starttls',
            username text not null default '',
            password_sealed bytea,
            options jsonb not null default '{}',
            events_key_sealed bytea,
            heard_at timestamptz,
            connections integer not null default 20,
            weight integer not null default 1,
            per_minute integer,
            purpose varchar(16) not null default 'everything',
            paused boolean not null default false,
            created_at timestamptz not null default now(),
            constraint pk_email_relays primary key (id),
            constraint uq_email_relays_workspace_id_name unique (workspace_id, name)
        )
    """)
    op.execute("alter table email_settings add column weight integer not null default 1")
    op.execute("alter table email_settings add column per_minute integer")
    op.execute("alter table email_settings add column domain_rates jsonb not null default '{}'")
    for column, comment in {
        "email_relays.provider": "smtp or a provider''s name",
        "email_relays.security": "none, starttls or tls",
        "email_relays.options": "what a provider with an API wants to know",
        "email_relays.events_key_sealed": "the key by which a provider signs its events",
        "email_relays.heard_at": "when its provider last told of an event, to a minute",
        "email_relays.weight": "its share of connections beside the others''",
        "email_relays.per_minute": "messages; null: no limit",
        "email_relays.purpose": "everything, campaigns or members",
        "email_settings.weight": "the share of connections beside further relays''",
        "email_settings.per_minute": "messages; null: no limit",
        "email_settings.domain_rates": "receivers'' domains that are written to slowly: messages a minute",
    }.items():
        op.execute(f"comment on column {column} is '{comment}'")


def downgrade() -> None:
    op.execute("drop table email_relays")
    op.execute("alter table email_settings drop column weight, drop column per_minute, drop column domain_rates")
