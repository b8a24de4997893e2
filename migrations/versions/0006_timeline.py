"""Tasks, dependencies, working calendars and baselines."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recurrences",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.UUID(), nullable=False),
        sa.Column("every", sa.SmallInteger(), nullable=False),
        sa.Column("unit", sa.String(length=8), nullable=False, comment="day, week or month"),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_recurrences_campaign_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recurrences")),
    )
    op.create_index(op.f("ix_recurrences_campaign_id"), "recurrences", ["campaign_id"], unique=False)
    op.create_table(
        "tasks",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.UUID(), nullable=False),
        sa.Column("parent_id", sa.UUID(), nullable=True),
        sa.Column(
            "kind",
            sa.String(length=12),
            server_default="task",
            nullable=False,
            comment="task, deliverable or milestone",
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), server_default="", nullable=False),
        sa.Column("owner_id", sa.UUID(), nullable=True),
        sa.Column(
            "state",
            sa.String(length=10),
            server_default="todo",
            nullable=False,
            comment="todo, doing, review, done or cancelled",
        ),
        sa.Column(
            "duration_days", sa.Integer(), server_default="1", nullable=False, comment="working days; 0 for milestones"
        ),
        sa.Column(
            "effort_hours", sa.Numeric(precision=8, scale=2), nullable=True, comment="null: nobody has estimated it"
        ),
        sa.Column("not_before", sa.Date(), nullable=True),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("fixed_on", sa.Date(), nullable=True, comment="the day a milestone stands on whatever happens"),
        sa.Column("starts_on", sa.Date(), nullable=False, comment="by the scheduler, like ends_on; both inclusive"),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("baseline_starts_on", sa.Date(), nullable=True),
        sa.Column("baseline_ends_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False, comment="among its siblings"),
        sa.Column("touchpoint_id", sa.UUID(), nullable=True),
        sa.Column("recurrence_id", sa.UUID(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_by", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("duration_days >= 0", name=op.f("ck_tasks_duration")),
        sa.CheckConstraint("effort_hours >= 0", name=op.f("ck_tasks_effort")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_tasks_campaign_id"), ondelete="cascade"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_tasks_owner_id"), ondelete="set null"),
        sa.ForeignKeyConstraint(["parent_id"], ["tasks.id"], name=op.f("fk_tasks_parent_id"), ondelete="cascade"),
        sa.ForeignKeyConstraint(
            ["recurrence_id"], ["recurrences.id"], name=op.f("fk_tasks_recurrence_id"), ondelete="set null"
        ),
        sa.ForeignKeyConstraint(
            ["touchpoint_id"], ["touchpoints.id"], name=op.f("fk_tasks_touchpoint_id"), ondelete="set null"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
    )
    op.create_index("ix_tasks_campaign", "tasks", ["campaign_id", "position"], unique=False)
    op.create_index("ix_tasks_dates", "tasks", ["workspace_id", "ends_on", "starts_on"], unique=False)
    op.create_index("ix_tasks_owner", "tasks", ["workspace_id", "owner_id", "ends_on", "id"], unique=False)
    op.create_index(op.f("ix_tasks_parent_id"), "tasks", ["parent_id"], unique=False)
    op.create_index(op.f("ix_tasks_recurrence_id"), "tasks", ["recurrence_id"], unique=False)
    op.create_index(op.f("ix_tasks_touchpoint_id"), "tasks", ["touchpoint_id"], unique=False)
    op.create_table(
        "task_links",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.UUID(), nullable=False),
        sa.Column("predecessor_id", sa.UUID(), nullable=False),
        sa.Column("successor_id", sa.UUID(), nullable=False),
        sa.Column("kind", sa.String(length=2), server_default="fs", nullable=False, comment="fs, ss, ff or sf"),
        sa.Column(
            "lag_days", sa.SmallInteger(), server_default="0", nullable=False, comment="working days, may be negative"
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("predecessor_id <> successor_id", name=op.f("ck_task_links_self")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_task_links_campaign_id"), ondelete="cascade"
        ),
        sa.ForeignKeyConstraint(
            ["predecessor_id"], ["tasks.id"], name=op.f("fk_task_links_predecessor_id"), ondelete="cascade"
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["tasks.id"], name=op.f("fk_task_links_successor_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_links")),
        sa.UniqueConstraint("predecessor_id", "successor_id", name=op.f("uq_task_links_predecessor_id_successor_id")),
    )
    op.create_index(op.f("ix_task_links_campaign_id"), "task_links", ["campaign_id"], unique=False)
    op.create_index(op.f("ix_task_links_successor_id"), "task_links", ["successor_id"], unique=False)
    op.create_table(
        "work_calendars",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.UUID(), nullable=True, comment="null: the workspace's own"),
        sa.Column(
            "weekdays",
            postgresql.ARRAY(sa.SmallInteger()),
            nullable=True,
            comment="Monday is 0; null: as the workspace",
        ),
        sa.Column("hours_per_day", sa.Numeric(precision=4, scale=2), nullable=True, comment="null: as the workspace"),
        sa.Column(
            "country", sa.String(length=2), server_default="", nullable=False, comment="whose public holidays are free"
        ),
        sa.Column("region", sa.String(length=8), server_default="", nullable=False),
        sa.Column("days_off", postgresql.ARRAY(sa.Date()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_by", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_work_calendars_user_id"), ondelete="cascade"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_work_calendars_workspace_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_calendars")),
        sa.UniqueConstraint(
            "workspace_id",
            "user_id",
            name=op.f("uq_work_calendars_workspace_id_user_id"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index(op.f("ix_work_calendars_user_id"), "work_calendars", ["user_id"], unique=False)
    op.create_table(
        "baselines",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.UUID(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "dates", postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment="task id → [first day, last day]"
        ),
        sa.Column(
            "chosen", sa.SmallInteger(), server_default="0", nullable=False, comment="1: the one that tasks are held to"
        ),
        sa.Column("created_by", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_baselines_campaign_id"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_baselines")),
    )
    op.create_index(op.f("ix_baselines_campaign_id"), "baselines", ["campaign_id"], unique=False)
    op.create_foreign_key(
        op.f("fk_budget_lines_task_id"), "budget_lines", "tasks", ["task_id"], ["id"], ondelete="set null"
    )
