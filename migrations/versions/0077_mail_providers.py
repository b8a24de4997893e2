"""Mail by providers' APIs, and what they tell of it."""

from alembic import op

revision = "0077"
down_revision = "0080"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        alter table email_settings
            add column options jsonb not null default '{}',
            add column events_key_sealed bytea,
            add column heard_at timestamptz
    """)
    for column, comment in {
        "provider": "sandbox, smtp or a provider with an API",
        "options": "what a provider with an API wants to know",
        "events_key_sealed": "the key by which a provider signs its events",
        "heard_at": "when a provider last told of an event, to a minute",
    }.items():
        op.execute(f"comment on column email_settings.{column} is '{comment}'")


def downgrade() -> None:
    op.execute("update email_settings set provider = 'sandbox', password_sealed = null where provider <> 'smtp'")
    op.execute("alter table email_settings drop column options, drop column events_key_sealed, drop column heard_at")
    op.execute("comment on column email_settings.provider is 'sandbox or smtp'")
