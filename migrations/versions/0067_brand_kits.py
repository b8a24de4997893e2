"""How a workspace's mails look and speak."""

from alembic import op

revision = "0067"
down_revision = "0061"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        create table brand_kits (
            workspace_id integer not null references workspaces (id) on delete cascade,
            version integer not null,
            kit jsonb not null,
            saved_by text not null,
            updated_at timestamptz not null default now(),
            constraint pk_brand_kits primary key (workspace_id)
        )
    """)
    op.execute("comment on column brand_kits.kit is 'colours, faces, logo, foot, tone and words (BrandKit)'")


def downgrade() -> None:
    op.execute("drop table brand_kits")
