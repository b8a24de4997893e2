"""Campaign templates, playbook pages, lessons and retrospectives."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    templates()
    pages()
    lessons()
    retrospectives()


def templates() -> None:
    """Saved campaigns to begin others from."""
    op.create_table(
        "campaign_templates",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("plan", postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment="a PlanDocument"),
        sa.Column("currency", sa.String(length=3), nullable=False, comment="of the amounts in the plan"),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_by", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_campaign_templates_workspace_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_templates")),
    )
    op.create_index("ix_campaign_templates_workspace", "campaign_templates", ["workspace_id", "id"], unique=False)


def pages() -> None:
    """Pages, and what they said before."""
    op.create_table(
        "playbook_pages",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("body", sa.Text(), server_default="", nullable=False, comment="Markdown"),
        sa.Column("tags", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column(
            "applies",
            postgresql.ARRAY(sa.String(length=16)),
            server_default=sa.text("'{}'"),
            nullable=False,
            comment="beside what it is shown",
        ),
        sa.Column("for_guests", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("starter", sa.String(length=24), nullable=True, comment="which ready-made page it began as"),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_by", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_playbook_pages_workspace_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_playbook_pages")),
    )
    op.create_index(
        "ix_playbook_pages_words",
        "playbook_pages",
        [sa.literal_column("to_tsvector('simple'::regconfig, (title || ' '::text) || body)")],
        unique=False,
        postgresql_using="gin",
    )
    op.create_index("ix_playbook_pages_workspace", "playbook_pages", ["workspace_id", "id"], unique=False)
    op.create_index("uq_playbook_pages_starter", "playbook_pages", ["workspace_id", "starter"], unique=True)
    op.create_table(
        "playbook_page_versions",
        sa.Column("page_id", sa.UUID(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["page_id"], ["playbook_pages.id"], name=op.f("fk_playbook_page_versions_page_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("page_id", "version", name=op.f("pk_playbook_page_versions")),
    )


def lessons() -> None:
    """Findings with their evidence."""
    op.create_table(
        "lessons",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.UUID(), nullable=True, comment="where it was learned"),
        sa.Column("title", sa.Text(), nullable=False, comment="the finding in a sentence"),
        sa.Column("situation", sa.Text(), server_default="", nullable=False),
        sa.Column("change", sa.Text(), server_default="", nullable=False, comment="what was done differently"),
        sa.Column("category", sa.String(length=16), nullable=True),
        sa.Column("type", sa.String(length=16), nullable=True),
        sa.Column("channel", sa.String(length=16), nullable=True),
        sa.Column("audience_id", sa.UUID(), nullable=True),
        sa.Column("metric", sa.String(length=24), nullable=True),
        sa.Column(
            "unit", sa.String(length=8), nullable=True, comment="of effect and range: relative, count, share or money"
        ),
        sa.Column("effect", sa.Numeric(), nullable=True),
        sa.Column("low", sa.Numeric(), nullable=True),
        sa.Column("high", sa.Numeric(), nullable=True),
        sa.Column("evidence_kind", sa.String(length=12), nullable=True, comment="campaign, report, touchpoint or link"),
        sa.Column("evidence_id", sa.UUID(), nullable=True),
        sa.Column("evidence_url", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.String(length=12), server_default="draft", nullable=False, comment="draft or published"),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("owner_id", sa.UUID(), nullable=True, comment="who is told before it expires"),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_by", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("low <= effect and effect <= high", name=op.f("ck_lessons_range")),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audiences.id"], name=op.f("fk_lessons_audience_id"), ondelete="set null"
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_lessons_campaign_id"), ondelete="set null"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_lessons_owner_id"), ondelete="set null"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_lessons_workspace_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lessons")),
    )
    op.create_index(op.f("ix_lessons_campaign_id"), "lessons", ["campaign_id"], unique=False)
    op.create_index("ix_lessons_expiry", "lessons", ["state", "expires_on"], unique=False)
    op.create_index(
        "ix_lessons_words",
        "lessons",
        [
            sa.literal_column(
                "to_tsvector('simple'::regconfig, (((title || ' '::text) || situation) || ' '::text) || change)"
            )
        ],
        unique=False,
        postgresql_using="gin",
    )
    op.create_index("ix_lessons_workspace", "lessons", ["workspace_id", "id"], unique=False)


def retrospectives() -> None:
    """Retrospectives, their passages and next actions."""
    op.create_table(
        "retrospectives",
        sa.Column("id", sa.UUID(), nullable=False, comment="the campaign's"),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True, comment="null: still open"),
        sa.Column("closed_by", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "results",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            nullable=True,
            comment="the numbers as they were shown when it was closed",
        ),
        sa.Column(
            "facts",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            nullable=True,
            comment="money and days as they were then",
        ),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_by", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["campaigns.id"], name=op.f("fk_retrospectives_id"), ondelete="cascade"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retrospectives")),
    )
    op.create_table(
        "retrospective_passages",
        sa.Column("campaign_id", sa.UUID(), nullable=False),
        sa.Column("section", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["retrospectives.id"],
            name=op.f("fk_retrospective_passages_campaign_id"),
            ondelete="cascade",
        ),
        sa.PrimaryKeyConstraint("campaign_id", "section", "version", name=op.f("pk_retrospective_passages")),
    )
    op.create_table(
        "retrospective_actions",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.UUID(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.UUID(), nullable=True),
        sa.Column("task_id", sa.UUID(), nullable=True, comment="the task it became"),
        sa.Column("position", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["retrospectives.id"],
            name=op.f("fk_retrospective_actions_campaign_id"),
            ondelete="cascade",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["users.id"], name=op.f("fk_retrospective_actions_owner_id"), ondelete="set null"
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["tasks.id"], name=op.f("fk_retrospective_actions_task_id"), ondelete="set null"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retrospective_actions")),
    )
    op.create_index(
        op.f("ix_retrospective_actions_campaign_id"), "retrospective_actions", ["campaign_id"], unique=False
    )
