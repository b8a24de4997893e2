"""Goals above campaigns are archived, not deleted."""

from alembic import op

revision = "0089"
down_revision = "0083"
branch_labels = None
depends_on = None

WITHOUT = "case when campaign_id is null then parent_id is null else priority_id is null and starts_on is null"


def upgrade() -> None:
    op.execute("alter table goals add column archived_at timestamptz")
    op.execute("comment on column goals.archived_at is 'of a goal above only'")
    op.execute("alter table goals drop constraint ck_goals_place")
    op.execute(f"alter table goals add constraint ck_goals_place check ({WITHOUT} and archived_at is null end)")


def downgrade() -> None:
    op.execute("alter table goals drop constraint ck_goals_place")
    op.execute("delete from goals where archived_at is not null")
    op.execute(f"alter table goals add constraint ck_goals_place check ({WITHOUT} end)")
    op.execute("alter table goals drop column archived_at")
