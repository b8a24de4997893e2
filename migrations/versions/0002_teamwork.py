"""Comments, followers, notices and presence."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "presence",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("thing_kind", sa.String(length=16), nullable=False),
        sa.Column("thing_id", sa.UUID(), nullable=False),
        sa.Column("user_id", sa.UUID(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "thing_kind", "thing_id", "user_id", name=op.f("pk_presence")),
        prefixes=["unlogged"],
    )
    op.create_table(
        "comments",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("thing_kind", sa.String(length=16), nullable=False),
        sa.Column("thing_id", sa.UUID(), nullable=False),
        sa.Column("campaign_id", sa.UUID(), nullable=True),
        sa.Column("parent_id", sa.UUID(), nullable=True, comment="the comment that began the thread"),
        sa.Column("author_id", sa.UUID(), nullable=True, comment="null: an API key, or nobody any more"),
        sa.Column(
            "author_name", sa.Text(), nullable=False, comment="as it was then; members are shown by their present name"
        ),
        sa.Column(
            "body", sa.Text(), nullable=False, comment="plain text; a mention is <@member id>; empty once removed"
        ),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "resolved_at", sa.DateTime(timezone=True), nullable=True, comment="of a thread: on its first comment"
        ),
        sa.Column("resolved_by", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_comments_author_id"), ondelete="set null"),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_comments_campaign_id"), ondelete="cascade"
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["comments.id"], name=op.f("fk_comments_parent_id"), ondelete="cascade"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_comments_workspace_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
    )
    op.create_index(
        "ix_comments_campaign", "comments", ["workspace_id", "campaign_id", "created_at", "id"], unique=False
    )
    op.create_index("ix_comments_parent", "comments", ["parent_id", "id"], unique=False)
    op.create_index("ix_comments_thing", "comments", ["workspace_id", "thing_kind", "thing_id", "id"], unique=False)
    op.create_table(
        "followers",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("thing_kind", sa.String(length=16), nullable=False),
        sa.Column("thing_id", sa.UUID(), nullable=False),
        sa.Column("campaign_id", sa.UUID(), nullable=True),
        sa.Column("user_id", sa.UUID(), nullable=False),
        sa.Column(
            "muted",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
            comment="left by choice; nothing joins them again",
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_followers_campaign_id"), ondelete="cascade"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_followers_user_id"), ondelete="cascade"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_followers_workspace_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "thing_kind", "thing_id", "user_id", name=op.f("pk_followers")),
    )
    op.create_table(
        "notice_mails",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.UUID(), nullable=False),
        sa.Column(
            "digest_on",
            sa.Date(),
            nullable=True,
            comment="the day of a daily digest, in the workspace's zone; null: an immediate mail",
        ),
        sa.Column(
            "state",
            sa.String(length=16),
            server_default="waiting",
            nullable=False,
            comment="then handing_over, then its fate",
        ),
        sa.Column("tries", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("detail", sa.Text(), server_default="", nullable=False),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_notice_mails_user_id"), ondelete="cascade"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_notice_mails_workspace_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_mails")),
        sa.UniqueConstraint(
            "workspace_id", "user_id", "digest_on", name=op.f("uq_notice_mails_workspace_id_user_id_digest_on")
        ),
    )
    op.create_index(
        "ix_notice_mails_open",
        "notice_mails",
        ["id"],
        unique=False,
        postgresql_where=sa.text("state in ('waiting', 'handing_over')"),
    )
    op.create_table(
        "notice_settings",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.UUID(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("delivery", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_notice_settings_user_id"), ondelete="cascade"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_notice_settings_workspace_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "user_id", "kind", name=op.f("pk_notice_settings")),
    )
    op.create_table(
        "notices",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("thing_kind", sa.String(length=16), nullable=False),
        sa.Column("thing_id", sa.UUID(), nullable=False),
        sa.Column("campaign_id", sa.UUID(), nullable=True),
        sa.Column("user_id", sa.UUID(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("actor_id", sa.UUID(), nullable=True),
        sa.Column(
            "actor_name", sa.Text(), nullable=False, comment="as it was then; members are shown by their present name"
        ),
        sa.Column("title", sa.Text(), nullable=False, comment="the thing's name then"),
        sa.Column(
            "parameters",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
            comment="of the sentence",
        ),
        sa.Column(
            "delivery",
            sa.String(length=8),
            nullable=False,
            comment="now, daily or off: what the member had chosen then",
        ),
        sa.Column("once", sa.Text(), nullable=True, comment="with it, a member is told the same only once"),
        sa.Column("mail_id", sa.BigInteger(), nullable=True, comment="the one mail it went in"),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["users.id"], name=op.f("fk_notices_actor_id"), ondelete="set null"),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_notices_campaign_id"), ondelete="cascade"
        ),
        sa.ForeignKeyConstraint(["mail_id"], ["notice_mails.id"], name=op.f("fk_notices_mail_id"), ondelete="set null"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_notices_user_id"), ondelete="cascade"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_notices_workspace_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint(
            "workspace_id",
            "user_id",
            "kind",
            "thing_id",
            "once",
            name=op.f("uq_notices_workspace_id_user_id_kind_thing_id_once"),
        ),
    )
    op.create_index(op.f("ix_notices_mail_id"), "notices", ["mail_id"], unique=False)
    op.create_index("ix_notices_member", "notices", ["workspace_id", "user_id", "id"], unique=False)
    op.create_index(
        "ix_notices_unmailed",
        "notices",
        ["workspace_id", "user_id"],
        unique=False,
        postgresql_where=sa.text("mail_id is null and read_at is null and delivery <> 'off'"),
    )
    op.create_index(
        "ix_notices_unread",
        "notices",
        ["workspace_id", "user_id"],
        unique=False,
        postgresql_where=sa.text("read_at is null"),
    )
    op.create_index("ix_notices_thing", "notices", ["workspace_id", "thing_kind", "thing_id"], unique=False)
    op.add_column(
        "audit_entries",
        sa.Column("campaign_id", sa.UUID(), nullable=True, comment="the campaign whose story the line is part of"),
    )
    op.execute(
        "update audit_entries a set campaign_id = c.id from campaigns c where a.workspace_id = c.workspace_id"
        " and a.target_type = 'campaign' and a.target_id = c.id::text"
    )
    op.execute(
        "update audit_entries a set campaign_id = t.campaign_id from touchpoints t"
        " where a.workspace_id = t.workspace_id"
        " and a.target_type = 'touchpoint' and a.target_id = t.id::text"
    )
    op.create_index(
        "ix_audit_entries_campaign",
        "audit_entries",
        ["workspace_id", "campaign_id", "at", "id"],
        unique=False,
        postgresql_where=sa.text("campaign_id is not null"),
    )
