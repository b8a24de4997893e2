"""Forms, what visitors saw of them, and what they answered."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0040"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "forms",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False, comment="form, survey or contest"),
        sa.Column(
            "state", sa.String(length=16), server_default="draft", nullable=False, comment="draft, open or closed"
        ),
        sa.Column(
            "definition",
            postgresql.JSONB(),
            nullable=False,
            comment="as last saved; visitors see the published version",
        ),
        sa.Column("published", sa.Integer(), nullable=True, comment="number of the version that visitors see"),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_by", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_forms_workspace_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forms")),
    )
    op.create_index("ix_forms_workspace", "forms", ["workspace_id", "id"])
    op.create_table(
        "form_versions",
        sa.Column("form_id", sa.UUID(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("definition", postgresql.JSONB(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["form_id"], ["forms.id"], name=op.f("fk_form_versions_form_id"), ondelete="cascade"),
        sa.PrimaryKeyConstraint("form_id", "number", name=op.f("pk_form_versions")),
    )
    op.create_table(
        "form_answers",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.UUID(), nullable=False),
        sa.Column("key", sa.UUID(), nullable=False, comment="made by the page: sent twice, it counts once"),
        sa.Column("number", sa.Integer(), nullable=False, comment="the version that was answered"),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False, comment="taken, waiting, held, refused or expired"),
        sa.Column("single", sa.Boolean(), nullable=False, comment="whether one of each person counts"),
        sa.Column("values", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column(
            "source",
            postgresql.JSONB(),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
            comment="page, arrival, ip, agent",
        ),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column(
            "decided_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when it was confirmed, taken or refused",
        ),
        sa.Column("decided_by", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["form_id"], ["forms.id"], name=op.f("fk_form_answers_form_id"), ondelete="cascade"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_answers")),
        sa.UniqueConstraint("form_id", "key", name=op.f("uq_form_answers_form_id_key")),
    )
    op.create_index("ix_form_answers_form", "form_answers", ["form_id", "id"])
    op.create_index(
        "ix_form_answers_open",
        "form_answers",
        ["workspace_id"],
        postgresql_where=sa.text("state in ('waiting', 'held')"),
    )
    op.create_index(
        "ix_form_answers_person", "form_answers", ["person_id"], postgresql_where=sa.text("person_id is not null")
    )
    op.create_index(
        "uq_form_answers_single",
        "form_answers",
        ["form_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("single and state = 'taken'"),
    )


def downgrade() -> None:
    op.drop_table("form_answers")
    op.drop_table("form_versions")
    op.drop_table("forms")
